"""Tasks for people: what is late, what is due, what waits; one line each where the terminal is wide enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from qmsctl.cli.formats.table import columns_of, cut_to, table
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD, DIM, RED, YELLOW
from qmsctl.core.library import Library
from qmsctl.core.office.people import Person
from qmsctl.core.tasks.task import Task
from qmsctl.core.tasks.task_words import days_words, unit_words, when_words, whose_words
from qmsctl.mend import command
from qmsctl.message import Message, _

_WIDE, _WHO, _ID = 100, 18, 16


def todo_lines(session: Session, library: Library, tasks: list[Task], last: date, whose: Person | None) -> Iterator[str]:
    """The list, and on standard error whose it is."""
    if whose is not None:
        session.say(_("{name}'s tasks; for everybody: {command}", name=whose.name, command=command("todo", all=True)))
    if not tasks:
        session.say(_("nothing is late, waits, or is due until {day}", day=last))
    elif session.terminal.folds:
        yield from _sections(session, library, tasks, last)
    else:
        yield _whole(session, library, tasks)


def _whole(session: Session, library: Library, tasks: list[Task]) -> str:
    """A table with a line a task, for other programs."""
    headings = (_("Due"), _("When"), _("Id"), _("What"), _("Title"), _("In charge"), _("Unit"), _("Next"))
    words, known = session.words, dict[object, tuple[str, ...]]()
    rows = []
    for task in tasks:
        key = task.due, task.since, task.people, task.owners, task.unit
        if key not in known:
            told = (task.due or "", when_words(library, task), whose_words(library, task), unit_words(library, task))
            known[key] = tuple(map(words, told))
        due, when, whose, unit = known[key]
        rows.append([due, when, words(task.id), words(task.what), words(task.title), whose, unit, words(task.next.hint)])
    return table(session.terminal, [session.words(each) for each in headings], rows)


def _sections(session: Session, library: Library, tasks: list[Task], last: date) -> Iterator[str]:
    late = [task for task in tasks if task.days_late(library.today) > 0]
    soon = [task for task in tasks if task.due and task not in late]
    waiting = [task for task in tasks if task.due is None]
    found = (
        (_("Late: {count}", count=len(late)), RED, late),
        (_("Due until {day}: {count}", day=last, count=len(soon)), YELLOW, soon),
        (_("Waiting, without a day: {count}", count=len(waiting)), BOLD, waiting),
    )
    lines = _Lines(session, library, tasks)
    shown = [each for each in found if each[2]]
    for number, (heading, colour, own) in enumerate(shown):
        if number:
            yield ""
        yield session.colour(session.words(heading), colour)
        for task in own:
            yield from lines.of(task)


class _Lines:
    """The lines of tasks, in columns that are as wide for all of them."""

    def __init__(self, session: Session, library: Library, tasks: Sequence[Task]) -> None:
        self._session, self._library = session, library
        self._width = session.terminal.width
        self._days = max(columns_of(self._when(task)) for task in tasks)
        self._id = min(_ID, max(len(task.id) for task in tasks))
        self._is_ones_own = len({self._whose(task) for task in tasks}) == 1
        self._who = min(_WHO, max(columns_of(self._whose(task)) for task in tasks))

    def _whose(self, task: Task) -> str:
        return self._session.words(whose_words(self._library, task))

    def _when(self, task: Task) -> str:
        """The days alone: the heading says whether they are over or still to come."""
        if task.due is not None:
            late = task.days_late(self._library.today)
            return self._session.words(days_words(abs(late)) if late else _("today"))
        return self._session.words(days_words((self._library.today - task.since).days)) if task.since else ""

    def of(self, task: Task) -> Iterator[str]:
        """One line, and others for what does not fit. A command is never broken, so that it can be taken over as it is."""
        words = self._session.words
        front = [words(task.due or task.since or "").ljust(10), cut_to(self._when(task), self._days), cut_to(task.id, self._id)]
        wide = self._width >= _WIDE
        front += [cut_to(self._whose(task), self._who)] if wide else []
        start = "  " + "  ".join(front) + "  "
        told = words(_told(task))
        then = words(task.next.hint)
        room = self._width - columns_of(start)
        if wide and columns_of(told) + 2 + columns_of(then) <= room:
            yield f"{start}{told}  {self._session.colour(then, DIM)}"
            return
        yield start + cut_to(told, room).rstrip()
        before = "" if wide or self._is_ones_own else f"{self._whose(task)}  "
        if 14 + columns_of(before) + columns_of(then) + 2 <= self._width:
            yield " " * 14 + before + self._session.colour(f"→ {then}", DIM)
            return
        if before:
            yield " " * 14 + before.rstrip()
        yield self._session.colour(f"    → {then}", DIM)


def _told(task: Task) -> Message:
    return _("{what}: {title}", what=task.what, title=task.title)
