"""The case registers of a library: one record for each procedure and month, and the file of its cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.cases.cells import Cells
from qmsctl.core.cases.table import Fault, Table, read_ids, read_table
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.working_time import YEARS, OfficeClock
from qmsctl.core.procedures.steps import Step, steps_of
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.proof.named_digest import not_here
from qmsctl.core.source import EntryKind
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.values import path_problem
from qmsctl.errors import RepositoryError
from qmsctl.regex import regex
from qmsctl.value import dataclass

TYPE = "case-register"
DATA = "data"

_MONTH = regex(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month | None:
        """The month that ``text`` writes as ``2026-10``, or ``None``."""
        found = _MONTH.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found and int(found[1]) in YEARS else None

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        year, month = divmod(12 * self.year + self.number, 12)
        return date.fromordinal(date(year, month + 1, 1).toordinal() - 1)

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.number)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"


def clock_of(library: Library) -> OfficeClock:
    """The clock of the office, with its public holidays."""
    return OfficeClock(library.config.timetable, library.config.zone, library.outside.public_holidays)


def registers(library: Library, procedure: str | None = None) -> Iterator[Item]:
    """The case registers, of one procedure if it is named, by month."""
    found = (item for item in library.by_type.get(TYPE, ()) if procedure in (None, item.text("procedure")))
    yield from sorted(found, key=lambda item: (item.text("month") or "", item.id))


def month_of(register: Item) -> Month | None:
    """The month a register is of."""
    return Month.parse(register.text("month") or "")


def data_path(register: Item) -> str | None:
    """Where its cases are, if it names a file inside the system."""
    node = register.node(DATA)
    path = node.text("path") if isinstance(node, MappingNode) else None
    return path if path and path_problem(path) is None else None


def table_of(register: Item, library: Library) -> Table | None:
    """The cases of a register; ``None`` where it names no file, or one that is not there."""
    path = data_path(register)
    if path is None or library.files.get(path) is not EntryKind.FILE:
        return None
    if library.outside.pointer(path):
        return Table((), (), (Fault(0, not_here(path)),))
    steps = steps_ever(register.text("procedure") or "", library)
    try:
        return read_table(library.outside.read(path), steps, Cells(library.config.zone, library.config.writing.day_first))
    except RepositoryError as error:
        return Table((), (), (Fault(0, error.message),))


def ids_in(register: Item, library: Library) -> tuple[str, ...]:
    """The ids of the cases of a register, whatever else its file says; none where it cannot be read."""
    path = data_path(register)
    if path is None or library.files.get(path) is not EntryKind.FILE or library.outside.pointer(path):
        return ()
    try:
        return read_ids(library.outside.read(path))
    except RepositoryError:
        return ()


def steps_ever(procedure: str, library: Library) -> Mapping[str, Step]:
    """The steps of a procedure by number, those of the working text first, then those that earlier revisions had."""
    known: dict[str, Step] = {}
    for text in reversed(_texts(procedure, library)):
        for step in steps_of(text):
            known.setdefault(step.no, step)
    return known


def text_on(procedure: str, day: date, library: Library) -> Item | None:
    """The text of a procedure that held on ``day``: the latest in effect, else the first there ever was."""
    begun = [r for r in library.standing(procedure).approved if r.effective_on and r.effective_on <= day]
    if begun:
        return text_of(begun[-1], library)
    return next(iter(_texts(procedure, library)), None)


def steps_on(procedure: str, day: date, library: Library) -> tuple[Step, ...]:
    """Its steps on ``day``."""
    found = text_on(procedure, day, library)
    return steps_of(found) if found else ()


def _texts(procedure: str, library: Library) -> list[Item]:
    """The texts of a procedure, the oldest first: of its approved revisions, then the working one."""
    found = [text_of(each, library) for each in library.standing(procedure).approved]
    found.append(library.by_id.get(procedure))
    return [text for text in found if text is not None]
