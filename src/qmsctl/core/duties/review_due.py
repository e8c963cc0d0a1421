"""When a document is next to be reviewed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.office.duration import Duration
from qmsctl.core.records.counted import counted
from qmsctl.core.records.working_days import works
from qmsctl.core.signoffs.round import Round
from qmsctl.value import dataclass

REVIEW_TYPE = "periodic-review"
"""The record type that a person is told to begin; which types count as reviews of a document, they say themselves."""


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """The day by which a text is to be reviewed, the last review, and the field that sets the day.

    ``field`` is ``review_by`` or ``checked``, or ``revision`` where the period runs from the approval.
    """

    due: date
    last: date
    field: str


def kept(library: Library) -> Mapping[str, date]:
    """The last day on which a finished periodic review kept each document."""
    found: dict[str, date] = {}
    for document, day, record in _verdicts(library):
        if record.text("verdict") == "keep":
            found[document] = max(day, found.get(document, day))
    return found


def last_verdicts(library: Library) -> Mapping[str, tuple[date, Item]]:
    """The last finished review of each document, with its day; of two on one day the one of the higher id."""
    found: dict[str, tuple[date, Item]] = {}
    for document, day, record in _verdicts(library):
        known = found.get(document)
        if known is None or (day, record.id) > (known[0], known[1].id):
            found[document] = (day, record)
    return found


def _verdicts(library: Library) -> Iterator[tuple[str, date, Item]]:
    """Every document that a finished review names, with the day of the review."""
    for record in counted(library, "todo", "reviews", Period(None, library.today)):
        if day := record.day("date"):
            yield from ((document, day, record) for document in record.texts("document"))


def review_due(library: Library, text: Item, last: date, period: Duration | None) -> ReviewDue | None:
    """The next review of ``text`` after that of the day ``last``; its ``review_by`` only shortens."""
    regular = ReviewDue(period.after(last, works(library)), last, "revision") if period else None
    own = text.day("review_by")
    if own is not None and own > last and (regular is None or own < regular.due):
        return ReviewDue(own, last, "review_by")
    return regular


def check_due(library: Library, text: Item, period: Duration | None) -> ReviewDue | None:
    """When an external document is to be compared again with what its issuer has in force."""
    checked = text.day("checked")
    return ReviewDue(period.after(checked, works(library)), checked, "checked") if checked and period else None


def next_review(library: Library, in_force: Round, kept_on: Mapping[str, date]) -> ReviewDue | None:
    """The next review of a document in force; ``kept_on`` is what :func:`kept` found."""
    text = in_force.copy
    if text is None or in_force.approved_on is None:
        return None
    last = max(in_force.approved_on, kept_on.get(text.id, in_force.approved_on))
    return review_due(library, text, last, library.config.review_period(text.type.name))


def review_of(library: Library, subject: str, kept_on: Mapping[str, date]) -> tuple[Item, ReviewDue] | None:
    """The next review of a document in force, or the next look at the issuer of an external one, with its text."""
    standing, working = library.standing(subject), library.by_id.get(subject)
    if working and "checked" in working.type.fields:
        over = standing.withdrawn or _is_over(working, library)
        due = None if over else check_due(library, working, library.config.review_period(working.type.name))
        return (working, due) if due else None
    found = standing.in_force
    text = working or (found.copy if found else None)
    due = next_review(library, found, kept_on) if found else None
    return (text, due) if text and due else None


def _is_over(law: Item, library: Library) -> bool:
    """True for an external text that its issuer has replaced or let end."""
    until = law.day("in_force_until")
    return bool(law.texts("superseded_by")) or (until is not None and until < library.today)
