"""The headings of a body: rows of ``#`` before them, a row of ``=`` or ``-`` under them, or a line in bold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from qmsctl.regex import regex

# Searched for in a text with a newline before it: a literal at the front is ten times as fast as "^".
_MARKED = regex(r"\n {0,3}(?:(#{1,6})[ \t]+([^\n]*)|(=++|-++)[ \t\r]*(?=\n|\Z))")
"""The marks of a heading with its text, or a row of ``=`` or ``-``."""
_BOLD = regex(r"(?:\A|(?<=\n)[ \t\r]*)\n(\*\*|__)(?=[^\s*_])([^*_`<\[\\\n]*[^*_`<\[\\\s])\1(:?)(?=[ \t\r]*(?:\n|\Z))")
_TEXT = regex(r"\S")
_WORD = regex(r"[^\W_]|%")
_FENCED = regex(r"~~~")
_PROSE = regex(r"[^\s~]")

_ENDS = regex(r"\s*$| {0,3}(?:#{1,6}(?:\s|$)|~~~|([*_])[ \t]*(?:\1[ \t]*){2,}\r?$|-[ \t]*(?:-[ \t]*){2,}\r?$)")
"""A line that is no part of a paragraph and lets none begin before it."""

_OPENS = regex(r" {0,3}(?:>|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$))")
"""The first line of an item or a quotation: the lines after it are a part of that."""

_INTERRUPTS = regex(r" {0,3}(?:>|(?:[-+*]|1[.)])[ \t]+\S)")
"""The same within a paragraph, where a number is only a number."""

_INNER_FENCE = regex(r"[ \t]+(?:`{3}|~{3})")
"""A fence that belongs to an item, and ends with it on the next line that is less indented."""

_CODE = regex(r"(?: {4}| {0,3}\t)")
_DEFINITION = regex(r" {0,3}\[[^\]\n]+\]:[ \t]*\S+[ \t\r]*$")
_DELIMITERS = regex(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t\r]*$")
_PIPE = regex(r"(?<!\\)\|")


class Heading(NamedTuple):
    """A heading of level 1 to 6; ``filled`` if text or a deeper heading follows it, ``written`` if more than hints do.

    It is ``worded`` if what is written holds a letter, a digit or only fenced code, and not stops and dashes.

    It begins on ``line`` and ends on the line ``last``; its ``text`` is Markdown as written.
    """

    level: int
    text: str
    line: int
    filled: bool
    written: bool
    last: int
    worded: bool


_heading = lru_cache(maxsize=8192)(Heading._make)
"""Kept once: files that were made from one template have most of them in common."""

_Place: TypeAlias = tuple[int, int, int, str]
"""A heading as it stands in the text: its start, its end, its level and its words."""


def with_bold(lined: str, is_heading: Callable[[str], bool]) -> str:
    """``lined`` with ``##`` before each line in bold that is a heading by its words, below an empty line; nothing moves.

    Where such a text is printed its lines are written so, too: what is a heading for rules is one on paper.
    """
    return _BOLD.sub(lambda found: _marked(found) if is_heading(found[2] + found[3]) else found[0], lined)


def has_bold(lined: str) -> bool:
    """True if there is a line that is bold from its beginning, so that it is worth while to look closer."""
    return ("*" in lined and "\n**" in lined) or ("_" in lined and "\n__" in lined)


def _marked(found: re.Match[str]) -> str:
    return f"{found[0][: found.start(1) - found.start()]}## {found[2]}{found[3]} "


def find_headings(lined: str, first_line: int, hints: Sequence[tuple[int, int]]) -> Iterator[Heading]:
    """The headings of ``lined``, which is a newline and the prose of a body that begins on ``first_line``.

    ``hints`` are the spans of a template's words to the writer.
    """
    marks = [*_MARKED.finditer(lined)]
    found = [(*m.span(), len(m[1]), _heading_text(m[2])) for m in marks if m[1]]
    if len(found) < len(marks):
        found = sorted([*found, *_underlined(lined, (m for m in marks if m[3]))])
    line, counted, hint = first_line, 0, 0
    for (start, begins, level, text), (end, _begins, below, _text) in zip(found, [*found[1:], (len(lined), 0, 0, "")], strict=False):
        line += lined.count("\n", counted, start)
        last = line + lined.count("\n", start + 1, begins)
        counted = start
        own = []
        while hint < len(hints) and hints[hint][0] < end:
            if hints[hint][0] >= begins:
                own.append(hints[hint])
            hint += 1
        filled = written = worded = below > level or _has(_WORD, lined, begins, end, own)
        if not worded:
            filled = _TEXT.search(lined, begins, end) is not None
            written = filled and (not own or _has(_TEXT, lined, begins, end, own))
            worded = written and _is_code(lined, begins, end, own)
        yield _heading((level, text, line, filled, written, last, worded))


def _is_code(lined: str, start: int, end: int, hints: Sequence[tuple[int, int]]) -> bool:
    """True if there is a data block or other fenced code between ``start`` and ``end``, and no text beside the hints."""
    return _FENCED.search(lined, start, end) is not None and not _has(_PROSE, lined, start, end, hints)


def _has(what: re.Pattern[str], lined: str, start: int, end: int, hints: Sequence[tuple[int, int]]) -> bool:
    """True if such a thing stands between ``start`` and ``end`` beside the hints."""
    if not hints:
        return what.search(lined, start, end) is not None
    starts, ends = [start, *(after for _before, after in hints)], [*(before for before, _after in hints), end]
    return any(what.search(lined, here, there) for here, there in zip(starts, ends, strict=True))


@lru_cache(maxsize=8192)
def _heading_text(written: str) -> str:
    """The heading without the row of ``#`` that may close it; kept once, for many files have the same."""
    text = written.rstrip()
    bare = text.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else text


class _Paragraph(NamedTuple):
    """Where a paragraph begins, and whether it is one of an item, a quotation or a table."""

    start: int
    within: bool


def _underlined(lined: str, rows: Iterable[re.Match[str]]) -> Iterator[_Place]:
    """Paragraphs with a row of ``=`` or ``-`` under them, but for the head of a table of one column. Each line is looked at once."""
    floor, open_one = 0, None
    for found in rows:
        paragraph = _paragraph(lined, floor, found.start(), open_one)
        floor, open_one = found.end(), None
        text = lined[paragraph.start : found.start()].strip()
        if text and not paragraph.within and _heads_a_table(lined, found):
            open_one = paragraph._replace(within=True)
        elif text and not paragraph.within:
            yield paragraph.start, found.end(), 1 if found[3][0] == "=" else 2, text
        elif found[3][0] == "=" or found[3] == "--":
            open_one = paragraph


def _paragraph(lined: str, floor: int, end: int, open_one: _Paragraph | None) -> _Paragraph:
    """The paragraph that goes to ``end``; what stands above ``floor`` is a part of it only if it is an ``open_one``."""
    start, lines = end, list[str]()
    while start > floor:
        above = lined.rfind("\n", 0, start)
        line = lined[above + 1 : start]
        if _ENDS.match(line):
            break
        lines.append(line)
        start = above
    lines.reverse()
    if open_one and start == floor:
        return _Paragraph(open_one.start, open_one.within or any(map(_INTERRUPTS.match, lines)))
    while lines and (_CODE.match(lines[0]) or _DEFINITION.match(lines[0])):
        start += 1 + len(lines.pop(0))
    within = _is_within(lines)
    fence = next((number for number in range(len(lines) - 1, -1, -1) if _INNER_FENCE.match(lines[number])), -1) if within else -1
    if 0 <= fence < len(lines) - 1:
        start += sum(map(len, lines[: fence + 1])) + fence + 1
        within = _is_within(lines[fence + 1 :])
    return _Paragraph(start, within)


def _is_within(lines: Sequence[str]) -> bool:
    return bool(lines and _OPENS.match(lines[0])) or any(map(_INTERRUPTS.match, lines)) or any(_is_table(*pair) for pair in pairwise(lines))


def _heads_a_table(lined: str, underline: re.Match[str]) -> bool:
    """True if the line above is a row of one cell, so that the underline parts the head of a table from its rows."""
    header = lined[lined.rfind("\n", 0, underline.start()) + 1 : underline.start()]
    return len(underline[3]) > 1 and header.strip() != "|" and not _CODE.match(header) and _is_table(header, underline[3])


def _is_table(header: str, delimiters: str) -> bool:
    return "|" in header and _DELIMITERS.match(delimiters) is not None and _columns(header) == _columns(delimiters)


def _columns(row: str) -> int:
    inner = row.strip()
    return len(_PIPE.findall(inner.removeprefix("|").removesuffix("|"))) + 1
