"""Code spans: ``` `…` ```. What stands in them is neither a link nor HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qmsctl.regex import regex

_PARAGRAPH_END = regex(r"(\n[ \t\r]*(?=\n))")
_BLOCK = regex(r"^(?:[ \t]*(?:[#>*+=|:~_<\[-]|\d+[.)])| {4}|\t)", re.MULTILINE)
"""A line that may begin something else than the paragraph before it: a heading, an item, a quotation, a table, a definition."""

_NOT_LINE_END = regex(r"[^\n]")
_RUN = regex(r"(?<!\\)`+")


def blank_code(prose: str) -> str:
    """``prose`` with spaces in place of its code spans; every other character keeps its place."""
    if "`" not in prose:
        return prose
    pieces = prose.split("`")
    if "" not in pieces[1:-1] and ("\\" not in prose or "\\`" not in prose):
        return _blank_single(pieces)
    parts: list[str] = []
    done = 0
    mark = prose.find("`")
    while mark >= 0:
        start = prose.rfind("\n", done, mark) + 1 or done
        end = prose.find("\n", mark)
        end = len(prose) if end < 0 else end
        parts += [prose[done:start], _blank(prose[start:end])]
        done = end
        mark = prose.find("`", done)
    return "".join((*parts, prose[done:]))


def _blank_single(parts: list[str]) -> str:
    """The same for what stands before, between and after backticks of which no two are neighbours: two on a line are code with what is between."""
    kept, at = [parts[0]], 1
    while at < len(parts):
        if at + 1 < len(parts) and "\n" not in parts[at]:
            kept += " " * (len(parts[at]) + 2), parts[at + 1]
            at += 2
        else:
            kept += "`", parts[at]
            at += 1
    return "".join(kept)


def blank_across(prose: str) -> str:
    """The same for code spans that go over the end of a line, within a paragraph."""
    parts = _PARAGRAPH_END.split(prose)
    return "".join(part if "`" not in part else _blank(part) for part in parts)


def blank_sure(prose: str) -> str:
    """The same, with what is written kept where a line between may end the paragraph: there nobody is sure what is code."""
    parts = _PARAGRAPH_END.split(prose)
    return "".join(part if "`" not in part or _is_unsure(part) else _blank(part) for part in parts)


def _is_unsure(part: str) -> bool:
    """True if code would go over the end of a line, and a line of the part may begin another block."""
    return _BLOCK.search(part) is not None and blank_code(part) != _blank(part)


def _blank(text: str) -> str:
    kept: list[str] = []
    end = 0
    for start, stop in _spans(text):
        kept += [text[end:start], _NOT_LINE_END.sub(" ", text[start:stop])]
        end = stop
    return "".join((*kept, text[end:]))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Each run of backticks up to the next run as long as it."""
    runs = [found.span() for found in _RUN.finditer(text)]
    closing: list[int] = []
    seen: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        closing.append(seen.get(length, 0))
        seen[length] = number
    closing.reverse()
    number = 0
    while number < len(runs):
        if closing[number]:
            yield runs[number][0], runs[closing[number]][1]
        number = (closing[number] or number) + 1
