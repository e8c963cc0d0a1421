"""The stamp of a print: what it is worth to whoever holds it."""

from __future__ import annotations

from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.signoffs.round import Round
from qmsctl.core.signoffs.status import Standing
from qmsctl.message import Message, _
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """The words at the foot of every page; where it lies ``across`` the page, nobody is to work by the print."""

    words: Message
    across: bool = False


UNCONTROLLED = Stamp(_("UNCONTROLLED COPY"))
DRAFT = Stamp(_("DRAFT"), across=True)


def controlled(copy: str) -> Stamp:
    """That of a numbered copy, for which :func:`~qmsctl.core.records.controlled_copy.controlled_copy` was asked."""
    return Stamp(_("CONTROLLED DOCUMENT – Copy no. {copy}", copy=copy))


def stamp(found: Round | None, library: Library) -> Stamp:
    """That of a print nobody has numbered."""
    if found is None or found.approved_on is None:
        return DRAFT
    standing = library.standing(found.dossier.subject)
    match standing.status_of(found):
        case "superseded":
            later = _later(found, standing)
            return Stamp(_("NO LONGER IN FORCE – replaced by revision {revision} from {day}", revision=f"{later.revision:02}", day=later.effective_on), across=True)
        case "withdrawn":
            return Stamp(_("NO LONGER IN FORCE – withdrawn from {day}", day=found.withdrawn_on), across=True)
        case "approved" if _begins(found) > library.today:
            return Stamp(_("UNCONTROLLED COPY – in force from {day}", day=found.effective_on))
        case _:
            return UNCONTROLLED


def _begins(found: Round) -> date:
    assert found.effective_on is not None  # a text that is approved has its day
    return found.effective_on


def _later(found: Round, standing: Standing) -> Round:
    """The revision that took its place, on the earliest day."""
    return min((each for each in standing.approved if each.revision > found.revision), key=_begins)
