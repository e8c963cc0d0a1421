"""Fenced code of a Markdown body: data blocks, and the prose that is left."""

from __future__ import annotations

import re
from typing import NamedTuple

from qmsctl.core.text.line_numbers import LineNumbers
from qmsctl.core.text.nodes import Node
from qmsctl.core.text.plain_yaml import read_fields
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.message import Message, _
from qmsctl.regex import regex

# Searched for in a text with a newline before it: a literal at the front is ten times as fast as "^".
_FENCE = regex(r"\n {0,3}((?>`{3,}|~{3,}))((?>[^\n`]*))$", re.MULTILINE)

_TOLD = 100
_CODE = "~~~"
"""Stands in the prose where a fenced block stood; it is nothing to those who look for links and headings."""


class Block(NamedTuple):
    """A fenced data block: ``rows`` is its YAML, ``problem`` why it could not be read.

    ``line`` is that of the opening fence; ``start``/``end`` span the YAML in the file's text.
    """

    name: str
    line: int
    start: int
    end: int
    rows: Node | None
    problem: tuple[Message, int] | None


class Fenced(NamedTuple):
    """What was found: data blocks, other fences by name and line, and the body with a mark in place of code, lines kept.

    ``loose`` is that body once more, without what may be no code. Of the other fences the first hundred are told.
    """

    blocks: tuple[Block, ...]
    others: tuple[tuple[str, int], ...]
    prose: str
    loose: str


def fences(body: str, start: int, first_line: int, data_blocks: frozenset[str]) -> Fenced:
    """The fenced code of ``body``, which begins at ``start`` of its file, on ``first_line``.

    A fence within an item of a list ends with it, so what is less indented than its fence may be prose; and then a
    fence after it that seems to open may close, or the other way round.
    """
    if "```" not in body and ("~" not in body or "~~~" not in body):
        return Fenced((), (), body, body)
    cutter = _Cutter(body, start, first_line, data_blocks)
    for fence in _FENCE.finditer("\n" + body):
        cutter.take(fence)
    return cutter.rest()


class _Cutter:
    """Goes through the fences of a body, the next after the last."""

    def __init__(self, body: str, start: int, first_line: int, data_blocks: frozenset[str]) -> None:
        self._body = body
        self._start = start
        self._known = data_blocks
        self._lines = LineNumbers(body, first_line)
        self._position = 0
        self._opened: re.Match[str] | None = None
        self._is_sure = True
        self._blocks: list[Block] = []
        self._others: list[tuple[str, int]] = []
        self._prose: list[str] = []
        self._loose: list[str] = []

    def take(self, fence: re.Match[str]) -> None:
        """A line of a fence: it opens, closes what is open, or is part of it."""
        if self._opened is None:
            self._opened = fence
            self._add(self._body[self._position : fence.start()])
        elif fence.group(1).startswith(self._opened.group(1)) and not fence.group(2).strip():
            self._close(self._opened, fence)

    def rest(self) -> Fenced:
        """All that was found, once the last fence has been taken."""
        if self._opened is None:
            self._add(self._body[self._position :])
        else:
            self._unclosed(self._opened)
        prose = "".join(self._prose)
        loose = prose if self._prose == self._loose else "".join(self._loose)
        return Fenced(tuple(self._blocks), tuple(self._others), prose, loose)

    def _close(self, opened: re.Match[str], fence: re.Match[str]) -> None:
        name, line = opened.group(2).strip(), self._lines.at(opened.start())
        if name in self._known:
            self._blocks.append(_block(name, self._body, opened.end(), fence.start(), self._start, line))
        else:
            self._other(name, line)
        self._position = fence.end() - 1
        code = self._body[opened.start() : self._position]
        self._is_sure = self._is_sure and _is_whole(code)
        self._add(_CODE + "\n" * code.count("\n"), None if self._is_sure else code)
        self._opened = None

    def _unclosed(self, opened: re.Match[str]) -> None:
        name, line = opened.group(2).strip(), self._lines.at(opened.start())
        if name in self._known:
            unclosed = _("it is not closed by a line of {fence}", fence=opened.group(1))
            self._blocks.append(Block(name, line, self._start + opened.end(), self._start + len(self._body), None, (unclosed, line)))
        else:
            self._other(name, line)
        code = self._body[opened.start() :]
        self._add("\n" * code.count("\n"), None if self._is_sure and _is_whole(code) else code)

    def _other(self, name: str, line: int) -> None:
        if name and len(self._others) < _TOLD:
            self._others.append((name, line))

    def _add(self, prose: str, loose: str | None = None) -> None:
        """The prose, and what stands for it where there may be no code."""
        self._prose.append(prose)
        self._loose.append(prose if loose is None else loose)


def _is_whole(code: str) -> bool:
    """True if no line of the fenced code is less indented than its fence."""
    first, *rest = code.split("\n")
    indent = len(first) - len(first.lstrip(" "))
    return not indent or all(len(line) - len(line.lstrip(" ")) >= indent for line in rest if line.strip())


def _block(name: str, body: str, inner: int, end: int, start: int, line: int) -> Block:
    rows: Node | None = None
    problem: tuple[Message, int] | None = None
    try:
        rows = read_fields(body[inner:end], line + 1)
    except YamlRefused as error:
        problem = (error.message, error.line)
    return Block(name, line, start + inner, start + end, rows, problem)
