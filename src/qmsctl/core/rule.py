"""A rule is a module; this is what the engine needs of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.value import dataclass

Check = Callable[[Library], Iterator[Problem]]
Takes = Callable[[Library, str], object]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule: its id, severity, the clauses it serves, its page and its check.

    ``calendar`` rules depend on the day: they warn, and fail only under ``--strict``. ``office`` rules
    rest on who holds which role and who has to sign; they say nothing while that cannot be read.
    Rules on which the proof of sign-offs rests are not ``ignorable``, in an office of the format ``firm_from`` or later.
    What ``taken_up`` rules say of a sign-off that was given again since is no more than a note. What one finds that
    ``waits`` is mended by more sign-offs. Of a text that was adopted from paper what is ``about`` form is a note.
    What it says of a file rests on no more than what it ``sees``, and of an id on what it ``takes``; where ``drafts`` is not set, on no working text.
    All that it says, mends too, rests of an id on what ``words`` it; of one that ``stays``, on what it sees of the file of which it is said.
    Where a change is judged, what is ``of_old`` may say something else of what is as it was.
    """

    id: str
    severity: Severity
    clauses: Mapping[str, tuple[str, ...]]
    page: str
    check: Check
    calendar: bool = False
    office: bool = False
    ignorable: bool = True
    firm_from: int = 1
    taken_up: bool = False
    waits: bool = False
    about: About = About.PROOF
    sees: Sight = Sight.WHOLE
    takes: Takes | None = None
    words: Takes | None = None
    stays: bool = False
    drafts: bool = True
    of_old: bool = False
