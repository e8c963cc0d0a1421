"""Fenced code of a Markdown body: data blocks, and the prose that is left."""

from __future__ import annotations

import re
from typing import NamedTuple

from qmsctl.core.text.line_numbers import LineNumbers
from qmsctl.core.text.nodes import Node
from qmsctl.core.text.plain_yaml import read_fields
from qmsctl.core.text.yaml_reader import YamlRefused
from qmsctl.message import Message, _

# Searched for in a text with a newline before it: a literal at the front is ten times as fast as "^".
_FENCE = re.compile(r"\n {0,3}((?>`{3,}|~{3,}))((?>[^\n`]*))$", re.MULTILINE)

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


def fences(
    body: str, start: int, first_line: int, data_blocks: frozenset[str]
) -> tuple[tuple[Block, ...], str, str]:
    """The data blocks, and the body with a mark in place of fenced code, lines kept; once more without what may be none.

    A fence within an item of a list ends with it, so what is less indented than its fence may be prose; and then a
    fence after it that seems to open may close, or the other way round.
    """
    if "```" not in body and "~~~" not in body:
        return (), body, body
    blocks: list[Block] = []
    prose: list[str] = []
    loose: list[str] = []
    lines = LineNumbers(body, first_line)
    position = 0
    opened: re.Match[str] | None = None
    is_sure = True
    for fence in _FENCE.finditer("\n" + body):
        if opened is None:
            opened = fence
            prose.append(body[position : fence.start()])
            loose.append(prose[-1])
        elif fence.group(1).startswith(opened.group(1)) and not fence.group(2).strip():
            inner = opened.end()
            name = opened.group(2).strip()
            if name in data_blocks:
                blocks.append(_block(name, body, inner, fence.start(), start, lines.at(opened.start())))
            position = fence.end() - 1
            prose.append(_CODE + "\n" * body.count("\n", opened.start(), position))
            is_sure = is_sure and _is_whole(body[opened.start() : position])
            loose.append(prose[-1] if is_sure else body[opened.start() : position])
            opened = None
    if opened is not None:
        name = opened.group(2).strip()
        if name in data_blocks:
            line = lines.at(opened.start())
            unclosed = _("it is not closed by a line of {fence}", fence=opened.group(1))
            blocks.append(Block(name, line, start + opened.end(), start + len(body), None, (unclosed, line)))
        prose.append("\n" * body.count("\n", opened.start()))
        loose.append(prose[-1] if is_sure and _is_whole(body[opened.start() :]) else body[opened.start() :])
    else:
        prose.append(body[position:])
        loose.append(prose[-1])
    return tuple(blocks), "".join(prose), "".join(loose)


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
