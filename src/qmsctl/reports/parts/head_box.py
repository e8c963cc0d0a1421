"""The box at the head of every printed page: whose document it is, what it is called, and its marks.

The box does not grow with its words: what is long is set smaller, and nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from math import ceil

from qmsctl.message import Label, Message, _
from qmsctl.regex import regex
from qmsctl.value import dataclass

HEIGHT = 24
"""Millimetres; more only where the smallest letters do not fit."""

_WIDTHS = (46.0, 62.0, 46.0)
"""Millimetres of the three cells, their edges and a reserve taken off: 30, 40 and 30 per cent of the width of the text."""

_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0, 7.0)
_POINT = 0.3528
_LEADING = 1.22
_BROAD = 1.12
_DIGITS = 8
_PIECE = 6
_LONG = regex(r"\S{17,}")
_BREAK = "\u200b"
"""A place without width where a line may end."""

_CAPITAL, _SMALL, _BLANK = 0.76, 0.62, 0.34
"""Widths of letters of a broad serif face, as shares of its size."""

Word = Message | Label | str | date
Mark = tuple[Message | Label, Message | str | date]
"""A name and its value."""


@dataclass(frozen=True, slots=True)
class HeadBox:
    """The three cells of the box. ``marks`` are the lines of the last one, before that of the pages."""

    agency: str
    kind: Label
    title: str
    marks: tuple[Mark, ...]

    @property
    def sizes(self) -> tuple[float, float, float]:
        """The size of the letters in points, cell by cell."""
        agency, title, marks = (_size(cell, width) for cell, width in zip(self._cells, _WIDTHS, strict=True))
        return agency, title, min(marks, 10.0)

    @property
    def height(self) -> int:
        """The height of the box in millimetres."""
        needed = (_height(cell, width, size) for cell, width, size in zip(self._cells, _WIDTHS, self.sizes, strict=True))
        return max(HEIGHT, *(ceil(each) + 1 for each in needed))

    @property
    def _cells(self) -> tuple[tuple[str, ...], ...]:
        marks = (f"{_broadest(name)}: {_broadest(value)}" for name, value in self.marks)
        return (self.agency.upper(),), (_broadest(self.kind).upper(), self.title), (*marks, _("Page").text + ": 100/100")


def _broadest(word: Word) -> str:
    """The longest form of a word in any language it is written in; a translated one is taken to be half as long again."""
    match word:
        case Label():
            return max(word.texts.values(), key=len, default="")
        case Message():
            return str(word) + "x" * (len(str(word)) // 2)
        case _:
            return str(word)


def _size(cell: Iterable[str], width: float) -> float:
    texts = tuple(cell)
    return next((size for size in _SIZES if _height(texts, width, size) <= HEIGHT - 1), _SIZES[-1])


def _height(cell: Iterable[str], width: float, size: float) -> float:
    return sum(_lines(text, width / (size * _POINT)) for text in cell) * size * _POINT * _LEADING


def _lines(text: str, room: float) -> int:
    """How many lines of ``room`` (in units of the size) a text takes at most."""
    lines, used = 1, 0.0
    for word in text.split():
        length = sum(_letters(word))
        if used and used + length > room:
            lines, used = lines + 1, 0.0
        lines += int(length // room)
        used += length % room + _BLANK
    return lines


def _letters(word: str) -> Iterator[float]:
    for each in word:
        yield _BROAD if ord(each) > 0x2E80 or each in "MWmw@%—…" else _SMALL if each.islower() else _CAPITAL


def margins(head: HeadBox, stamp: Message | None, digest: str) -> tuple[tuple[str, tuple[object, ...]], ...]:
    """The words in the margins of every page, in parts, by the mark the style sheet of the paper has in their place."""
    lines = (part for name, value in head.marks for part in (name, ": ", value, "\n"))
    return (
        ("agency", (_breakable(head.agency.upper()),)),
        ("kind", (head.kind,)),
        ("title", (_breakable(head.title),)),
        ("marks", tuple(_breakable(each) if isinstance(each, str) else each for each in lines)),
        ("page", (_("Page"),)),
        ("stamp", (stamp or "",)),
        ("digest", (_("Check code {digits}", digits=digest[:_DIGITS]),)),
    )


def _breakable(text: str) -> str:
    """A text with places in its long words where a line may end: a box in a margin knows no other."""
    return _LONG.sub(lambda word: _BREAK.join(word[0][place : place + _PIECE] for place in range(0, len(word[0]), _PIECE)), text)


def measures(head: HeadBox) -> tuple[tuple[str, float], ...]:
    """The measures of the box, by their marks in the style sheet: points, and millimetres for its height."""
    names = ("agency-size", "title-size", "marks-size")
    return (*zip(names, head.sizes, strict=True), ("head-height", head.height), ("head-room", head.height + 15))


def capitals(label: Label) -> Label:
    """A label as it stands above a title."""
    return Label({lang: text.upper() for lang, text in label.texts.items()})
