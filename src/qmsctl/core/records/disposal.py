"""Records that were destroyed by the rules: their files may be gone, their sign-offs stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import StateSignOff, signed_states
from qmsctl.core.signoffs.approval import day_of
from qmsctl.value import dataclass

FIELD = "disposes"
"""The field in which a record names those to be destroyed."""

ERASES = "erases"
"""The field in which it names single files, such as those with personal data, of what is kept."""

DESTROYED = "destroyed"
"""The status of such a record."""


@dataclass(frozen=True, slots=True)
class Destruction:
    """A record that was destroyed: by which disposal, on which day, and the last text of it that was signed.

    ``day`` is the one the disposal names, that of its approval until it does.
    """

    subject: str
    disposal: Item
    day: date
    copy: Item | None


def disposed(library: Library) -> Mapping[str, str]:
    """Ids that are listed in the copy somebody entitled signed when approving their disposal, each with its id.

    A record that is closed without that approval, because it was refused, allows nothing.
    """
    return {subject: record.id for record, approval in _approvals(library) for subject in approval.copy.texts(FIELD)}


def erased(library: Library) -> Mapping[str, str]:
    """The paths of files that an approved disposal lets go, each with its id; whatever lies there again is no other file."""
    return {path: record.id for record, approval in _approvals(library) for path in approval.copy.texts(ERASES)}


def destroyed(library: Library) -> Mapping[str, Destruction]:
    """The disposed records whose files are gone, by id."""
    found: dict[str, Destruction] = {}
    for record, approval in _approvals(library):
        day = record.day("done") or day_of(approval.signoff, library.config)
        for subject in approval.copy.texts(FIELD):
            if subject not in library.by_id and subject not in library.stems:
                found.setdefault(subject, Destruction(subject, record, day, last_copy(subject, library)))
    return found


def proposed(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Ids that a disposal lists which is neither carried out nor refused, with the ids of those disposals."""
    found: dict[str, list[str]] = defaultdict(list)
    for record in disposals(library):
        if not library.is_closed(record):
            for subject in record.texts(FIELD):
                found[subject].append(record.id)
    return {subject: tuple(ids) for subject, ids in found.items()}


def disposals(library: Library) -> Iterator[Item]:
    """Every record that lists others to be destroyed."""
    return (record for record in (library.whole or library).records if FIELD in record.type.fields)


def approved_on(disposal: Item, library: Library) -> date | None:
    """The day a disposal was approved, or ``None``."""
    approval = _approval(disposal, library)
    return day_of(approval.signoff, library.config) if approval else None


def last_copy(subject: str, library: Library) -> Item | None:
    """The last text of a record that was signed."""
    dossiers = library.dossiers.get(subject, ())
    signed = [d for d in dossiers if d.revision is None and d.copy and d.signoffs]
    return max(signed, key=lambda dossier: dossier.signoffs[-1].at).copy if signed else None


def _approvals(library: Library) -> Iterator[tuple[Item, StateSignOff]]:
    for record in disposals(library):
        approval = _approval(record, library)
        if approval:
            yield record, approval


def _approval(disposal: Item, library: Library) -> StateSignOff | None:
    signed = signed_states(disposal, library)
    return next((each for each in signed if each.signoff.meaning == "approve" and not each.reopened), None)
