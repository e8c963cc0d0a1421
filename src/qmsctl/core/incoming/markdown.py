"""Plain text as Markdown that shows it, sign for sign."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from qmsctl.core.text.characters import hidden
from qmsctl.regex import regex

_SIGNS = regex(r"[\\`*\[\]<|]|~(?=~)|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_OPENING = regex(r"(?:[#>]|[-+](?=\s|$)|[=-]+$|~~~)")
_NUMBERED = regex(r"(\d{1,9})([.)])(?=\s|$)")
_UNSEEN = regex("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def plain_line(text: str) -> str:
    """The text composed, on one line, without signs that nobody can see."""
    return seen(" ".join(text.split()))


def seen(text: str) -> str:
    """The text composed, without signs that nobody can see."""
    shown = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    while found := hidden(shown):
        shown = shown.replace(found.group(), "")
    return shown


def inline(text: str) -> str:
    """A text within a line."""
    return _SIGNS.sub(lambda found: "\\" + found[0], plain_line(text))


def paragraph(text: str) -> str:
    """A text that begins a line, and no list, heading or rule with it."""
    shown = inline(text)
    shown = _NUMBERED.sub(lambda found: f"{found[1]}\\{found[2]}", shown, count=1) if _NUMBERED.match(shown) else shown
    return f"\\{shown}" if _OPENING.match(shown) else shown


def item(text: str, level: int, *, numbered: bool) -> str:
    """An item of a list, as deep as it lies."""
    return f"{'   ' * min(level, 3)}{'1.' if numbered else '-'} {paragraph(text)}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table, its first row the heads; paragraphs in a cell stand in one line, for a cell of Markdown has no other."""
    shown = [[" ".join(inline(line) for line in cell.split("\n")) for cell in row] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in shown]
    return "\n".join((lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]))
