"""What waits for whoever sits here, and what is late in the own unit: each with the button that does it."""

from __future__ import annotations

from collections.abc import Iterable

from qmsctl.core.library import Library
from qmsctl.core.office.people import Person
from qmsctl.core.tasks.task import ESCALATED, RETURNED, SIGN, Task
from qmsctl.core.tasks.task_words import unit_words, when_words, whose_words
from qmsctl.core.tasks.tasks import tasks
from qmsctl.message import Label, Message
from qmsctl.value import dataclass
from qmsctl.web.mends import Way, ways

MOST = 60
"""So many lines of a list; the rest is counted."""
AHEAD = 45
"""Days for which what is to come is shown."""
_OTHERS_WAIT = frozenset({SIGN, RETURNED, ESCALATED})


@dataclass(frozen=True, slots=True)
class Line:
    """One task: what, about which document or record, whose, how late, and the ways to do it."""

    id: str
    title: str
    what: Label | Message
    is_known: bool
    whose: str
    unit: str
    when: Message | str
    is_late: bool
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A list; ``more`` did not fit."""

    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Home:
    """The first page. Nothing is known to wait for nobody known."""

    mine: Lines
    late: Lines


def home(library: Library, me: Person | None) -> Home:
    """The page of a person."""
    found = sorted((each for each in tasks(library) if each.due is None or each.days_late(library.today) >= -AHEAD), key=lambda each: _order(library, each))
    mine = [each for each in found if me is not None and me.id in each.people]
    units = me.units_on(library.today) if me else ()
    late = [each for each in found if each not in mine and each.days_late(library.today) > 0 and (each.unit in units or set(units) & set(each.owners))]
    return Home(_lines(library, mine), _lines(library, late))


def _order(library: Library, task: Task) -> int:
    """What is late comes first, then what somebody else waits for, then what falls due."""
    return 0 if task.days_late(library.today) > 0 else 1 if task.kind in _OTHERS_WAIT else 2 if task.due else 3


def _lines(library: Library, found: Iterable[Task]) -> Lines:
    every = tuple(found)
    return Lines(tuple(_line(library, each) for each in every[:MOST]), max(0, len(every) - MOST))


def _line(library: Library, task: Task) -> Line:
    late = task.days_late(library.today) > 0
    return Line(task.id, task.title, task.what, task.id in library.stems, whose_words(library, task), unit_words(library, task), when_words(library, task), late, ways(task.next, library))
