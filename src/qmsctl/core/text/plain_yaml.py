"""The YAML that most front matters and data blocks keep to, read line by line: ten times as fast as events.

That is ``key: value`` and ``key: [value, value]``, a line each, or rows of those behind ``- ``; the
values unquoted, or in double quotes without a backslash. Anything else is left to
:mod:`qmsctl.core.text.yaml_reader`, whose nodes these equal but for the spans: only who edits a file needs
to know where a value stands in its line.
"""

from __future__ import annotations

from functools import lru_cache

from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence, shared
from qmsctl.core.text.yaml_reader import MAX_BYTES, read_yaml
from qmsctl.regex import regex

_KEY = r"([A-Za-z_][\w-]{0,99}):"
_QUOTED = r'"[^"\\]*"'
_VALUE = rf"{_QUOTED}|[^\W_][^:#]*(?::(?=[^ ])[^:#]*)*(?<! )"
_ITEM = rf"{_QUOTED}|[^\W_][^][{{}}:,?#\"]*(?<! )"
_ENTRY = regex(rf"{_KEY} +(?:({_VALUE})|\[((?:(?:{_ITEM})(?:, (?:{_ITEM}))*)?)\]) *")
_ITEMS = regex(_ITEM)


def read_fields(text: str, first_line: int) -> Node | None:
    """The one document in ``text``, or ``None`` if it is empty; a span may be 0, 0.

    ``first_line`` is the file's line of the first character. Raises ``YamlRefused``.
    """
    return _plain(text, first_line) or read_yaml(text, first_line)


def _plain(text: str, first_line: int) -> Node | None:
    """The nodes of plain lines, or ``None`` where a line is something else."""
    if not text.endswith("\n") or len(text) > MAX_BYTES:
        return None
    lines = text[:-1].split("\n")
    return _rows(lines, first_line) if text.startswith("- ") else _mapping(lines, first_line)


def _mapping(lines: list[str], first_line: int) -> Mapping | None:
    entries = [_entry(line, number) for number, line in enumerate(lines, first_line)]
    return _keyed(entries, first_line)


def _rows(lines: list[str], first_line: int) -> Sequence | None:
    """A row begins with ``- ``, and each further line of it is as far in."""
    rows: list[Mapping | None] = []
    entries: list[tuple[str, Node] | None] = []
    for number, line in enumerate(lines, first_line):
        indent = line[:2]
        if indent == "- " and entries:
            rows.append(_keyed(entries, number - len(entries)))
            entries = []
        elif indent not in ("- ", "  "):
            return None
        entries.append(_entry(line[2:], number))
    rows.append(_keyed(entries, first_line + len(lines) - len(entries)))
    found = tuple(row for row in rows if row is not None)
    return Sequence(found, first_line, 0, 0, flow=False) if len(found) == len(rows) else None


def _keyed(entries: list[tuple[str, Node] | None], first_line: int) -> Mapping | None:
    """A mapping of entries, one a line; ``None`` if one could not be read or a key is there twice."""
    known = [entry for entry in entries if entry is not None]
    found = dict(known)
    if len(found) < len(entries):
        return None
    return Mapping(found, _lines(tuple(found), first_line), first_line, 0, 0, flow=False)


@lru_cache(maxsize=1024)
def _lines(keys: tuple[str, ...], first_line: int) -> dict[str, int]:
    """The line of each key, kept once: files of a type have the same keys in the same order."""
    return {key: line for line, key in enumerate(keys, first_line)}


@lru_cache(maxsize=8192)
def _entry(line: str, number: int) -> tuple[str, Node] | None:
    """Key and value of a line, kept once: an office repeats most of them from file to file."""
    found = _ENTRY.fullmatch(line)
    if found is None or not line.isprintable():
        return None
    key, value, listed = found.groups()
    if value is not None:
        return shared(key), _scalar(value, number)
    items = tuple(_scalar(item, number) for item in _ITEMS.findall(listed))
    return shared(key), Sequence(items, number, 0, 0, flow=True)


def _scalar(written: str, number: int) -> Scalar:
    quoted = written.startswith('"')
    return Scalar(shared(written[1:-1] if quoted else written), number, 0, 0, plain=not quoted)
