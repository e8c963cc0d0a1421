"""What is said of a sign-off that does not count once it has been given again: it stays in sight, and is no error."""

from __future__ import annotations

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.proof.filing import signoff_at
from qmsctl.core.proof.worth import taken_up
from qmsctl.core.signoffs.approval import day_of
from qmsctl.message import _
from qmsctl.value import replace


def as_note(problem: Problem, library: Library) -> Problem:
    """The problem, no more than a note where the sign-off it speaks of was given again since."""
    found = _given_again(problem.path, library)
    if found is None:
        return problem
    said = _("{message}; {name} signed again on {day}", message=problem.message,
             name=library.people.name(found.person), day=day_of(found, library.config))
    return replace(problem, message=said, mend=None, severity=Severity.NOTE)


def _given_again(path: str, library: Library) -> SignOff | None:
    place = signoff_at(path.removesuffix(".sig"), library)
    return taken_up(*place, library) if place else None
