"""A list as columns and rows: what its print, its spreadsheet, its CSV and its JSON are all made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import ClassVar, Protocol

from qmsctl.message import Label, Message
from qmsctl.reports.parts.cell import Piece
from qmsctl.reports.parts.cover import Cover
from qmsctl.value import dataclass

TEXT, DAY, NUMBER = "text", "day", "number"

Value = str | int | Decimal | date | Label | Message | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``kind`` says what most of its cells are, and one that is not ``printed`` stands only in files for machines."""

    key: str
    label: Message | Label
    kind: str = TEXT
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list. A row has a value for each column, ``None`` where there is none; ``by`` is the column whose values part the print."""

    id: str
    title: Message | Label
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    by: str = ""

    @property
    def printed(self) -> tuple[tuple[int, Column], ...]:
        """The columns of the print, each with its place in a row."""
        return tuple((place, each) for place, each in enumerate(self.columns) if each.printed and each.key != self.by)

    @property
    def groups(self) -> Iterator[tuple[Value, tuple[tuple[Value, ...], ...]]]:
        """The rows as the print parts them: what they have in common, and they."""
        place = next((at for at, each in enumerate(self.columns) if each.key == self.by), None)
        if place is None:
            return iter([(None, self.rows)] if self.rows else [])
        return ((value, tuple(rows)) for value, rows in groupby(self.rows, key=lambda row: row[place]))


class Book(Protocol):
    """A report that is lists and nothing else."""

    @property
    def cover(self) -> Cover:
        """Whose lists, of which day."""

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The lists, in their order; ids are unique."""


@dataclass(frozen=True, slots=True)
class Lists:
    """A page that is lists and nothing else."""

    SHEETS: ClassVar = ("report", "sheets")

    cover: Cover
    sheets: tuple[Sheet, ...]


def text_of(pieces: Iterable[Piece]) -> Value:
    """Several pieces in one cell; one alone keeps what it is."""
    found = tuple(each.text for each in pieces)
    if len(found) < 2:
        return found[0] if found else None
    return Message("; ".join(f"{{part{number}}}" for number in range(len(found))), {f"part{number}": each for number, each in enumerate(found)})


def listed(words: Iterable[object]) -> Value:
    """Words in one cell, ``None`` where there is none."""
    found = tuple(words)
    return Message("{words}", {"words": found}) if found else None


