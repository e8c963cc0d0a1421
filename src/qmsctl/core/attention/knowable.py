"""What can be known of an office a while ago: only what dated facts and sign-offs tell."""

from __future__ import annotations

from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.proof.closing import signed_states
from qmsctl.core.records.state_on import begun_on, days_reached
from qmsctl.core.signoffs.approval import day_of


def first_day(library: Library) -> date | None:
    """The day of the earliest fact: a sign-off, or the beginning of a record."""
    signed = (day_of(each, library.config) for dossiers in library.dossiers.values() for dossier in dossiers for each in dossier.signoffs)
    begun = (day for record in library.records if (day := begun_on(record)))
    return min((*signed, *begun), default=None)


def has_undated_ends(library: Library, day: date) -> bool:
    """True if a record that was there on ``day`` is closed today, and nothing says since when: it may have been open then."""
    return any(_is_undated(record.id, library) for record in library.records if library.is_closed(record) and (begun_on(record) or day) <= day)


def _is_undated(name: str, library: Library) -> bool:
    record = library.by_id[name]
    state = record.type.states[record.status or ""]
    dated = any(record.day(each) for each in days_reached(record.type, state))
    return bool(record.type.dues) and not dated and not signed_states(record, library)


def has_later_checks(library: Library, day: date) -> bool:
    """True if an external document was compared with its issuer's after ``day``: when it had been before is not known."""
    return any((checked := item.day("checked")) is not None and checked > day for item in library.documents)
