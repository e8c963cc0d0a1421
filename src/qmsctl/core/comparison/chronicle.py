"""What became of a document or record: its submissions or signed states, in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from qmsctl.core.dossier import Dossier
from qmsctl.core.library import Library
from qmsctl.core.signoffs.round import Round
from qmsctl.core.signoffs.status import Standing
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Chapter:
    """One submission of a document. ``status`` is that of its revision, ``returned``, or ``overtaken``.

    It is in force from ``start`` to ``end``, both included: both ``None`` where it never is, ``end`` alone
    while no end is known.
    """

    round: Round
    status: str
    start: date | None
    end: date | None


def chapters(library: Library, subject: str) -> tuple[Chapter, ...]:
    """The submissions of a document, oldest first; those of which later ones took the place among them."""
    standing = library.standing(subject)
    found = sorted(standing.rounds, key=lambda each: (each.revision, each.dossier.signoffs[0].at))
    return tuple(_chapter(each, standing) for each in found)


def chapter(library: Library, found: Round) -> Chapter:
    """The place of one submission in the history of its document."""
    return _chapter(found, library.standing(found.dossier.subject))


def _chapter(found: Round, standing: Standing) -> Chapter:
    start, end = _in_force(found, standing.approved)
    return Chapter(found, _status(found, standing), start, end)


def _status(found: Round, standing: Standing) -> str:
    if found.approved_on is not None:
        return standing.status_of(found)
    if found.returned:
        return "returned"
    return "in-review" if found is standing.under_way else "overtaken"


def _in_force(found: Round, approved: Sequence[Round]) -> tuple[date | None, date | None]:
    """First and last day in force: until a higher revision takes effect or this one is withdrawn."""
    start = found.effective_on
    if found.approved_on is None or start is None:
        return None, None
    ends = [each.effective_on for each in approved if each.revision > found.revision]
    known = [day for day in (*ends, found.withdrawn_on) if day is not None]
    if not known:
        return start, None
    last = min(known) - timedelta(days=1)
    return (start, last) if start <= last else (None, None)


def signed_copies(library: Library, subject: str) -> tuple[Dossier, ...]:
    """The dossiers of a record in which something was signed, oldest first."""
    found = (dossier for dossier in library.dossiers.get(subject, ()) if dossier.signoffs)
    return tuple(sorted(found, key=lambda dossier: (dossier.signoffs[0].at, dossier.folder)))
