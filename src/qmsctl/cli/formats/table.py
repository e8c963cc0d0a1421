"""Rows as a table for people, as JSON, and as CSV that no spreadsheet will run."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from unicodedata import combining, east_asian_width

from qmsctl.cli.terminal import Terminal
from qmsctl.core.text.characters import HIDDEN, hidden, visible
from qmsctl.regex import regex

_GAP, _READABLE, _LEAST = 2, 30, 12
_NARROWER = (60, 24, 20, 18, 16, 14, 12, 10, 0)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROLS = ("\t", "\r", "\n")
_BEGINS = r"[%s\t\r\n][^\S\t\r\n]*+(?=[=@＝＠]|[+＋－-](?! ))"
_WITHIN = {",": regex(_BEGINS % ";"), ";": regex(_BEGINS % ",")}
"""Where a formula begins for a spreadsheet that takes another sign for the separator: then quotes within a line hold nothing together."""
NARROW = regex("[\0-\u02ff\u1e00-\u1eff\u2010-\u2027]*")
"""Letters and signs of one column each; Vietnamese is written in them where accents are composed."""


def wrapped(terminal: Terminal, text: str, first: str = "", below: str = "") -> str:
    """``text`` as wide as the terminal, its later lines indented by ``below``; in one line where a program reads it."""
    if not terminal.folds:
        return first + text
    width = max(terminal.width, len(below) + 20)
    import textwrap

    lines = textwrap.wrap(text, width, initial_indent=first, subsequent_indent=below, break_on_hyphens=False)
    return "\n".join(lines) or first.rstrip()


def table(terminal: Terminal, headings: Sequence[str], rows: Sequence[Sequence[str]], spare: Sequence[int] = ()) -> str:
    """A table as wide as the terminal; to a program as wide as it is, a row one line.

    Where the terminal is too narrow for readable columns, those that are ``spare`` are left out, the first one first.
    """
    shown = [[visible(cell) for cell in row] for row in rows] if hidden(_all(rows)) else rows
    if terminal.folds and spare and _is_crowded(headings, shown, terminal.width):
        kept = [place for place in range(len(headings)) if place != spare[0]]
        later = [kept.index(place) for place in spare[1:]]
        return table(terminal, [headings[place] for place in kept], [[row[place] for place in kept] for row in shown], later)
    return _fitted(terminal, headings, shown) if terminal.folds else _unwrapped([headings, *shown])


def _unwrapped(lines: Sequence[Sequence[str]]) -> str:
    """Columns two spaces apart, a row one line."""
    text = _all(lines)
    flat = [[cell.replace("\n", " ") for cell in line] for line in lines] if "\n" in text else lines
    breadth = len if NARROW.fullmatch(text.replace("\n", " ")) else columns_of
    columns = (_padded(column, breadth) for column in zip(*flat, strict=True))
    return "\n".join("  ".join(line).rstrip() for line in zip(*columns, strict=True))


def _padded(column: Sequence[str], breadth: Callable[[str], int]) -> Iterable[str]:
    """The cells, all as wide as the widest of them."""
    width = max(map(breadth, column))
    return map(str.ljust, column, repeat(width)) if breadth is len else [cell + " " * (width - breadth(cell)) for cell in column]


def _all(lines: Sequence[Sequence[str]]) -> str:
    """All cells as one text, of which things are asked at once."""
    return "".join(chain.from_iterable(lines))


def columns_of(text: str) -> int:
    """How many columns of a terminal the text takes: letters of East Asia two, marks above a letter none."""
    if NARROW.fullmatch(text):
        return len(text)
    return sum(0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text)


def cut_to(text: str, width: int) -> str:
    """``text`` in exactly so many columns: filled up with spaces, or cut off with an ellipsis."""
    if columns_of(text) > width:
        kept = text
        while kept and columns_of(kept) >= width:
            kept = kept[:-1]
        text = f"{kept.rstrip()}…" if width > 0 else ""
    return text + " " * (width - columns_of(text))


def _fitted(terminal: Terminal, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    found = Table(box=None, pad_edge=False, show_edge=False, header_style="bold" if terminal.is_coloured() else "")
    for heading, own in zip(headings, _widths(headings, rows, terminal.width), strict=True):
        found.add_column(Text(heading), overflow="fold", width=own)
    for row in rows:
        found.add_row(*map(Text, row))
    buffer = io.StringIO()
    console = Console(file=buffer, width=terminal.width, force_terminal=terminal.is_coloured(), markup=False, emoji=False, highlight=False)
    console.print(found)
    return "\n".join(line.rstrip() for line in buffer.getvalue().rstrip("\n").split("\n"))


def _widths(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int | None]:
    """How wide each column is. No word is split; the widest column, of ``None``, gets what the others leave."""
    columns = list(zip(headings, *rows, strict=True))
    whole = [max(map(_broad, cells)) for cells in columns]
    if sum(whole) + _GAP * len(whole) <= width:
        return [None] * len(whole)
    words = [max((columns_of(word) for cell in cells for word in cell.split()), default=0) for cells in columns]
    bodies = [max(map(_broad, cells[1:]), default=0) for cells in columns]
    widest = bodies.index(max(bodies))
    for most in _NARROWER:
        own = [max(word, min(most, cells)) for word, cells in zip(words, bodies, strict=True)]
        left = width - sum(own) + own[widest] - _GAP * len(own)
        if left >= _READABLE:
            break
    return [None if place == widest or left < _LEAST else each for place, each in enumerate(own)]


def _is_crowded(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    """True if columns as wide as they are, none wider than is readable, do not stand side by side."""
    whole = [min(_READABLE, max(map(_broad, cells))) for cells in zip(headings, *rows, strict=True)]
    return sum(whole) + _GAP * len(whole) > width


def _broad(cell: str) -> int:
    """How wide the widest line of a cell is."""
    return max(map(columns_of, cell.split("\n")))


def as_json(value: object) -> str:
    """JSON with Vietnamese letters as they are, and what nobody can see as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return HIDDEN.sub(lambda found: json.dumps(found.group())[1:-1], text)


def as_csv(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[Sequence[bool]] | None = None, separator: str = ","
) -> str:
    """CSV with CRLF line ends; what would be a formula begins with an apostrophe, unless ``numbers`` says that it is a number."""
    import csv

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n", delimiter=separator)
    writer.writerow([_harmless(visible(each), separator) for each in headings])
    are_numbers = numbers or [[False] * len(row) for row in rows]
    for row, kinds in zip(rows, are_numbers, strict=True):
        writer.writerow([cell if is_number else _harmless(visible(cell), separator) for cell, is_number in zip(row, kinds, strict=True)])
    return buffer.getvalue().removesuffix("\r\n")


def _harmless(cell: str, separator: str) -> str:
    rest = _WITHIN[separator].sub(r"\g<0>'", cell)
    return f"'{rest}" if cell.startswith(_CONTROLS) or cell.lstrip().startswith(_FORMULA) else rest
