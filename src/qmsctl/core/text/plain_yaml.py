"""The YAML that most files keep to, read line by line: ten times as fast as events, and without importing their parser.

That is ``key: value``, where the value is unquoted, in double quotes without a backslash, or a list or mapping of
such values on the same line; below ``key:`` more of those, farther in; rows of all these behind ``- ``; empty
lines, and comments on lines of their own. Anything else is left to :mod:`qmsctl.core.text.yaml_reader`, whose
nodes these equal but for the spans: only who edits a file needs to know where a value stands in its line.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence, shared
from qmsctl.core.text.yaml_reader import MAX_BYTES, read_yaml
from qmsctl.regex import regex

_KEY = r"([A-Za-z_][\w-]{0,99}):"
_QUOTED = r'"[^"\\]*"'
_VALUE = regex(rf"(?:({_QUOTED}|[^\W_][^:#]*(?::(?=[^ ])[^:#]*)*(?<! ))|([\[{{].*[\]}}])) *")
_ENTRY = regex(rf"{_KEY} +([^ ].*)")
_OPEN = regex(rf"{_KEY} *")
_FLOW_KEY = regex(rf"{_KEY} +")
_ITEM = regex(rf"{_QUOTED}|[^\W_][^][{{}}:,?#\"]*(?<! )")
_ASIDE = regex(r" *(?:#.*)?")
_DEEPEST = 4
"""Levels of lines, and as many again within one: half of what is allowed, so that nobody has to count both."""

_Lines: TypeAlias = list[tuple[int, str]]
"""Lines with their numbers; none is empty."""


class _NotPlain(Exception):
    """Something else stands here."""


def read_fields(text: str, first_line: int, limit: int = MAX_BYTES) -> Node | None:
    """The one document in ``text``, or ``None`` if it is empty; a span may be 0, 0.

    ``first_line`` is the file's line of the first character. Raises ``YamlRefused``.
    """
    return _plain(text, first_line, limit) or read_yaml(text, first_line, limit=limit)


def _plain(text: str, first_line: int, limit: int = MAX_BYTES) -> Node | None:
    """The nodes of plain lines, or ``None`` where a line is something else."""
    if not text.endswith("\n") or len(text) > limit:
        return None
    lines = list(enumerate(text[:-1].split("\n"), first_line))
    try:
        return _block(_spoken(lines) if "#" in text or "\n\n" in f"\n{text}" else lines, 1)
    except _NotPlain:
        return None


def _spoken(lines: _Lines) -> _Lines:
    """All but empty lines and comments, in which nothing may hide either."""
    return [(number, line) for number, line in lines if not (_ASIDE.fullmatch(line) and line.isprintable())]


def _block(lines: _Lines, depth: int) -> Node:
    if not lines or depth > _DEEPEST:
        raise _NotPlain
    return _rows(lines, depth) if lines[0][1].startswith("- ") else _mapping(lines, depth)


def _mapping(lines: _Lines, depth: int) -> Mapping:
    numbers = tuple([number for number, _line in lines])
    entries = [entry for entry in map(_entry, [line for _number, line in lines], numbers) if entry]
    if len(entries) < len(lines):
        numbers, entries = _with_those_below(lines, depth)
    found = dict(entries)
    if len(found) < len(entries):
        raise _NotPlain
    return Mapping(found, _lines(tuple(found), numbers), lines[0][0], 0, 0, flow=False)


def _with_those_below(lines: _Lines, depth: int) -> tuple[tuple[int, ...], list[tuple[str, Node]]]:
    """The keys of a mapping with their values and lines, where some have theirs on lines of their own."""
    entries: list[tuple[str, Node]] = []
    numbers: list[int] = []
    below = 0
    for place, (number, line) in enumerate(lines):
        if place < below:
            continue
        entry = _entry(line, number)
        if entry is None:
            below = _below(lines, place + 1)
            entry = _opened(line), _block(_farther_out(lines[place + 1 : below]), depth + 1)
        entries.append(entry)
        numbers.append(number)
    return tuple(numbers), entries


def _opened(line: str) -> str:
    """The key whose value stands on the lines below."""
    found = _OPEN.fullmatch(line)
    if found is None:
        raise _NotPlain
    return shared(found[1])


def _below(lines: _Lines, start: int) -> int:
    """Where the lines end that belong to a key."""
    return next((place for place in range(start, len(lines)) if not lines[place][1].startswith((" ", "- "))), len(lines))


def _farther_out(lines: _Lines) -> _Lines:
    """The lines without the spaces before the first of them."""
    indent = lines[0][1][: len(lines[0][1]) - len(lines[0][1].lstrip(" "))] if lines else ""
    if not all(line.startswith(indent) for _number, line in lines):
        raise _NotPlain
    return [(number, line[len(indent) :]) for number, line in lines]


def _rows(lines: _Lines, depth: int) -> Sequence:
    """A row begins with ``- ``, and each further line of it is as far in."""
    rows: list[_Lines] = []
    for number, line in lines:
        if line.startswith("- "):
            rows.append([])
        elif not line.startswith("  "):
            raise _NotPlain
        rows[-1].append((number, line[2:]))
    return Sequence(tuple(_row(row, depth + 1) for row in rows), lines[0][0], 0, 0, flow=False)


def _row(lines: _Lines, depth: int) -> Node:
    number, line = lines[0]
    alone = _value(line, number) if len(lines) == 1 else None
    return alone or _mapping(lines, depth)


@lru_cache(maxsize=1024)
def _lines(keys: tuple[str, ...], numbers: tuple[int, ...]) -> dict[str, int]:
    """The line of each key, kept once: files of a type have the same keys in the same order."""
    return dict(zip(keys, numbers, strict=True))


@lru_cache(maxsize=8192)
def _entry(line: str, number: int) -> tuple[str, Node] | None:
    """Key and value of a line, kept once: an office repeats most of them from file to file."""
    found = _ENTRY.fullmatch(line)
    value = _value(found[2], number) if found else None
    return (shared(found[1]), value) if found and value else None


def _value(written: str, number: int) -> Node | None:
    """What stands on one line, ``None`` where it is nothing plain."""
    found = _VALUE.fullmatch(written)
    if found is None or not written.isprintable():
        return None
    if found[1] is not None:
        return _scalar(found[1], number)
    try:
        node, end = _flow(found[2], 0, number, 1)
    except _NotPlain:
        return None
    return node if end == len(found[2]) else None


def _flow(text: str, at: int, number: int, depth: int) -> tuple[Node, int]:
    """The node that begins there, and where it ends."""
    opening = text[at : at + 1]
    if opening not in ("[", "{"):
        found = _ITEM.match(text, at)
        if found is None:
            raise _NotPlain
        return _scalar(found[0], number), found.end()
    if depth > _DEEPEST:
        raise _NotPlain
    return _flow_list(text, at + 1, number, depth) if opening == "[" else _flow_mapping(text, at + 1, number, depth)


def _flow_list(text: str, at: int, number: int, depth: int) -> tuple[Sequence, int]:
    items: list[Node] = []
    while text[at : at + 1] != "]" or items:
        item, at = _flow(text, at, number, depth + 1)
        items.append(item)
        if not text.startswith(", ", at):
            break
        at += 2
    return Sequence(tuple(items), number, 0, 0, flow=True), _closed(text, at, "]")


def _flow_mapping(text: str, at: int, number: int, depth: int) -> tuple[Mapping, int]:
    entries: dict[str, Node] = {}
    while text[at : at + 1] != "}" or entries:
        key = _FLOW_KEY.match(text, at)
        if key is None or key[1] in entries:
            raise _NotPlain
        entries[shared(key[1])], at = _flow(text, key.end(), number, depth + 1)
        if not text.startswith(", ", at):
            break
        at += 2
    return Mapping(entries, dict.fromkeys(entries, number), number, 0, 0, flow=True), _closed(text, at, "}")


def _closed(text: str, at: int, bracket: str) -> int:
    if text[at : at + 1] != bracket:
        raise _NotPlain
    return at + 1


def _scalar(written: str, number: int) -> Scalar:
    quoted = written.startswith('"')
    return Scalar._make((shared(written[1:-1] if quoted else written), number, 0, 0, not quoted))
