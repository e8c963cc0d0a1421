"""A table as another program keeps it: cells with what they show, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from qmsctl.message import Message
from qmsctl.value import dataclass

FIRST_DAY = date(1899, 12, 30)
"""The day 0 of Excel's numbers of days, from March 1900 on."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows, and the number or moment it holds, if it holds one.

    Of a ``formula`` nothing is known: what it showed last is not what it says. ``parts`` are the entries of a list in it.
    """

    text: str = ""
    number: Decimal | None = None
    moment: datetime | None = None
    formula: bool = False
    parts: tuple[Mapping[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """True where nobody sees anything."""
        return not (self.text or self.formula or self.parts)


EMPTY = Cell()


class Row(NamedTuple):
    """The cells of a row; ``line`` is its number in the file."""

    line: int
    cells: tuple[Cell, ...]


class Span(NamedTuple):
    """A cell over several: the line and the place of its corner, how many lines and columns it takes."""

    line: int
    column: int
    lines: int
    columns: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; ``name`` is empty where the file has only one. ``first_day`` is what its numbers of days count from."""

    rows: tuple[Row, ...]
    name: str = ""
    spans: tuple[Span, ...] = ()
    first_day: date = FIRST_DAY
    hidden: bool = False

    def filled(self) -> tuple[Row, ...]:
        """Its rows, what stands over several cells in each of them."""
        corners = {(span.line, span.column): span for span in self.spans}
        if not corners:
            return self.rows
        return tuple(Row(line, tuple(cells)) for line, cells in _spread(self.rows, corners))

    def day(self, number: Decimal) -> datetime | None:
        """The moment that a number of days means; ``None`` for one that means none in our times."""
        if not _EARLIEST <= number < _LATEST:
            return None
        seconds = round(number * 86400)
        return datetime(self.first_day.year, self.first_day.month, self.first_day.day) + timedelta(seconds=seconds)  # noqa: DTZ001 — a moment of the office's own clock


_EARLIEST, _LATEST = 18_000, 80_000
"""Days from 1949 to 2119: other numbers are numbers."""


def _spread(rows: Sequence[Row], corners: Mapping[tuple[int, int], Span]) -> Iterator[tuple[int, list[Cell]]]:
    below: dict[int, tuple[int, Cell]] = {}
    for line, given in rows:
        cells = list(given)
        for column in range(len(cells)):
            span = corners.get((line, column))
            if span is not None:
                for each in range(column, min(column + span.columns, len(cells))):
                    below[each] = (line + span.lines, given[column])
            last, cell = below.get(column, (0, EMPTY))
            if line < last:
                cells[column] = cell
        yield line, cells


@dataclass(frozen=True, slots=True)
class Workbook:
    """The tables of a file; ``notes`` name what it has besides."""

    sheets: tuple[Sheet, ...]
    notes: tuple[Message, ...] = ()
