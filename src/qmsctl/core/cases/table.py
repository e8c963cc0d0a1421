"""A data file of cases: its bytes to cases or to what is wrong with them, a line at a time, and back."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from qmsctl.core.cases.case import Case
from qmsctl.core.cases.cells import (
    Cells,
    read_count,
    write_due,
    write_moment,
    write_stops,
)
from qmsctl.core.cases.columns import FIXED, Header, case_column, header
from qmsctl.core.text.characters import hidden, name_of
from qmsctl.core.text.csv_rows import NoRows, csv_rows, lines_of
from qmsctl.core.types.kinds import shortened
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.value import dataclass

MAX_BYTES = 4 * 1024 * 1024
MAX_CASES = 20_000
MAX_FAULTS = 200

_SEPARATORS = (",", ";", "\t")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ARCHIVE = b"PK\x03\x04"
_ID = regex(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}", re.ASCII)

_MOMENT = _("a moment such as 2026-03-25 09:30")
_DUE = _("a moment or a day, such as 2026-03-25 17:00")
_STOPS = _("stops such as 2026-03-25 09:30..2026-03-27 08:00")
_COUNT = _("yes, no, or how often")

_Value = TypeVar("_Value")


class Fault(NamedTuple):
    """What is wrong on a line of a data file; line 0 stands for the file."""

    line: int
    message: Message


@dataclass(frozen=True, slots=True)
class Table:
    """The cases of a file as far as it can be read, the steps it has columns for, and what cannot be read."""

    cases: tuple[Case, ...]
    steps: tuple[str, ...]
    faults: tuple[Fault, ...]


def read_table(data: bytes, steps: Collection[str], cells_of: Cells) -> Table:
    """Read a data file; ``steps`` are the numbers of the procedure's steps, ``cells_of`` the office that reads its cells."""
    text = _text(data)
    if isinstance(text, Fault):
        return Table((), (), (text,))
    found = _rows(text)
    first = next(found, None)
    if isinstance(first, Fault) or first is None:
        return Table((), (), (first or Fault(0, _("the file is empty; the first line names the columns")),))
    line, cells = first
    columns = header(cells, steps)
    if not isinstance(columns, Header):
        return Table((), (), tuple(Fault(line, message) for message in columns))
    return read_rows(found, columns, cells_of)


def read_ids(data: bytes) -> tuple[str, ...]:
    """The ids of the cases alone, for whoever compares them; as far as the file can be read."""
    text = _text(data)
    rows = [] if isinstance(text, Fault) else [each[1] for each in _rows(text) if not isinstance(each, Fault)]
    place = case_column(rows[0]) if rows else None
    return () if place is None else tuple(cells[place] for cells in rows[1:] if len(cells) > place and cells[place])


def _text(data: bytes) -> str | Fault:
    if len(data) > MAX_BYTES:
        return Fault(0, _("the file is larger than {limit} MB", limit=MAX_BYTES // 1024 // 1024))
    if data.startswith(_ARCHIVE):
        return Fault(0, _("this is a workbook; save it as “CSV UTF-8” and give that file"))
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        return Fault(data.count(b"\n", 0, error.start) + 1, _("the file is not UTF-8 text; save it as “CSV UTF-8”"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = hidden(text.replace("\t", " "))
    if seen:
        line = text.count("\n", 0, text.index(seen.group())) + 1
        return Fault(line, _("hidden character {name} is not allowed here", name=name_of(seen.group())))
    return text


_SEPARATOR_LINE = regex(r"(\"?)sep=([,;\t|])\1\2*", re.IGNORECASE)
"""What Excel reads as the separator of the lines below: no row of the table."""

_Rows = Iterable[tuple[int, Sequence[str]] | Fault]


def _rows(text: str) -> Iterator[tuple[int, list[str]] | Fault]:
    """Every row that is not blank with its line; a fault where the quotes do not match, and then no more."""
    lines = lines_of(text)
    given = _SEPARATOR_LINE.fullmatch(lines[0].rstrip(" \n")) if lines else None
    above = 1 if given else 0
    try:
        for line, cells in csv_rows(lines[above:], given[2] if given else _separator(lines)):
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield line + above, stripped
    except NoRows as error:
        yield Fault(error.line + above, error.message)


def _separator(lines: Sequence[str]) -> str:
    """The one that the first line with anything on it has most of."""
    first = next((line for line in lines if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def read_rows(rows: _Rows, columns: Header, written: Cells, *, quoting: bool = True) -> Table:
    """The cases in rows with their lines, under these columns; ``quoting`` whether what is wrong with a cell is said with what stands there."""
    cases: list[Case] = []
    faults: list[Fault] = []
    for row in rows:
        if len(faults) >= MAX_FAULTS:
            break
        if isinstance(row, Fault):
            faults.append(row)
        elif len(cases) == MAX_CASES:
            faults.append(Fault(row[0], _("a file may have {limit} cases at most", limit=MAX_CASES)))
            break
        else:
            line, cells = row
            reader = _Reader(line, columns, cells, written, quoting=quoting)
            cases += reader.case()
            faults += reader.faults
    return Table(tuple(cases), columns.steps, tuple(faults))


class _Reader:
    """Reads one row and keeps what is wrong with it."""

    def __init__(self, line: int, columns: Header, cells: Sequence[str], written: Cells, *, quoting: bool) -> None:
        self.faults: list[Fault] = []
        self._line = line
        self._steps = columns.steps
        self._written = written
        self._quoting = quoting
        width = len(columns.names)
        self._cells: Mapping[str, str] = dict(zip(columns.names, [*cells, *[""] * width], strict=False))
        if any(cells[width:]):
            self._fault(_("{cells} cells in this row; there are {columns} columns", cells=max(n for n, cell in enumerate(cells, 1) if cell), columns=width))
        for text in (cell for name, cell in zip(columns.names, cells, strict=False) if cell and not name):
            self._fault(_("“{text}” stands in a column without a heading", text=shortened(text)))

    def case(self) -> Iterator[Case]:
        """The case of the row, unless something is wrong with it."""
        name = self._cells["case"]
        if not _ID.fullmatch(name):
            self._expect("case", name, _("the id of a case: letters A–Z, digits and . _ / -"))
        received = self._read("received", self._written.moment, _MOMENT, required=True)
        steps = [(step, self._read(step, self._written.moment, _MOMENT)) for step in self._steps]
        stops = self._read("stops", self._written.stops, _STOPS) or ()
        supplements = self._read("supplements", read_count, _COUNT)
        due = self._read("due", self._written.due, _DUE)
        finished = self._read("finished", self._written.moment, _MOMENT)
        if self.faults or received is None:
            return
        yield Case(
            id=name, line=self._line, received=received, due=due,
            steps=tuple((step, at) for step, at in steps if at is not None), stops=stops,
            supplements=len(stops) if supplements is None else supplements,
            finished=finished, released_by=self._cells.get("released_by", ""),
        )

    def _read(self, name: str, read: Callable[[str], _Value | None], expected: Message, *, required: bool = False) -> _Value | None:
        text = self._cells.get(name, "")
        if not text and not required:
            return None
        value = read(text)
        if value is None:
            self._expect(name, text, expected)
        return value

    def _expect(self, name: str, text: str, expected: Message) -> None:
        message = _("got “{text}”; expected {expected}", text=shortened(text), expected=expected) if self._quoting else _("expected {expected}", expected=expected)
        self._fault(_("“{field}”: {problem}", field=name, problem=message))

    def _fault(self, message: Message) -> None:
        self.faults.append(Fault(self._line, message))


class _Lines(list[str]):
    """Takes what a writer of CSV writes, a line at a time."""

    write = list[str].append


def write_table(cases: Iterable[Case], steps: Sequence[str]) -> bytes:
    """A data file as the system keeps it: UTF-8, commas, English keys, a case a line."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow((*FIXED[:3], *steps, *FIXED[3:]))
    for case in cases:
        at = dict(case.steps)
        writer.writerow((
            case.id, write_moment(case.received), write_due(case.due) if case.due else "",
            *(write_moment(at[step]) if step in at else "" for step in steps),
            write_stops(case.stops), case.supplements,
            write_moment(case.finished) if case.finished else "", case.released_by,
        ))
    return "".join(lines).encode()
