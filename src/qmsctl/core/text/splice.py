"""Edits of front matter and data blocks that touch only the bytes of what changes.

Line ends, byte order mark, comments, quoting and order stay. The result is read again and compared
with what was asked for before anyone gets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from qmsctl.core.text.body import scan
from qmsctl.core.text.characters import hidden, name_of
from qmsctl.core.text.list_edit import edited, end_of
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Node, Scalar, plain
from qmsctl.core.text.nodes import Sequence as SequenceNode
from qmsctl.core.text.text_file import TextFile, cut
from qmsctl.core.text.yaml_reader import YamlRefused, read_yaml
from qmsctl.errors import Refusal
from qmsctl.message import _
from qmsctl.unfilled import is_hole, refuse_holes

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""What can be written: a text, a list, a mapping; all in flow style."""

_PLAIN = re.compile(r"[^\W_](?:[^:#,\[\]{}&*!|>'\"%@`\n\r\t\\]|:(?=[\w/]))*", re.UNICODE)
_PLAIN_LINE = re.compile(r"[^\W_](?:[^:#&*!|>'\"%@`\n\r\t\\]|:(?=\S))*", re.UNICODE)


def scalar(text: str) -> str:
    """``text`` as a YAML scalar: plain where that is safe in any place, else double-quoted.

    Raises :class:`Refusal` for a character that a reader cannot see.
    """
    found = hidden(text)
    if found:
        raise Refusal(_("hidden character {name} is not allowed here", name=name_of(found.group())))
    if _PLAIN.fullmatch(text) and text == text.strip() and not text.endswith(":"):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """``text`` as a double-quoted YAML scalar on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def flow(value: Value) -> str:
    """``value`` in flow style."""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(part)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(flow(part) for part in value) + "]"


def line(value: Value) -> str:
    """``value`` as it stands after a key of the front matter, where commas need no quotes."""
    written = flow(value)
    if isinstance(value, str) and _PLAIN_LINE.fullmatch(value) and value == value.strip() and value[-1] != ":":
        return value
    return written


def check_filled(given: Iterable[tuple[str, Value]]) -> None:
    """Raise :class:`UsageError` with the names of values that somebody has still to supply."""
    refuse_holes(name for name, value in given if has_hole(value))


def has_hole(value: Value) -> bool:
    """True if somebody has still to supply the value, or one within it."""
    if isinstance(value, str):
        return is_hole(value)
    return any(map(has_hole, value.values() if isinstance(value, Mapping) else value))


def front_matter(fields: Iterable[tuple[str, Value]], body: str) -> bytes:
    """A new file: front matter with these fields in this order, then ``body``."""
    scalar(body)
    given = tuple(fields)
    check_filled(given)
    lines = "".join(f"{key}: {line(value)}\n" for key, value in given)
    return f"---\n{lines}---\n{body}".encode()


def set_fields(data: bytes, changes: Mapping[str, Value | None], order: Sequence[str] = ()) -> bytes:
    """``data`` with these fields set, or taken out where the value is ``None``.

    A new key goes after the nearest key before it in ``order``, else to the end of the front
    matter. Raises :class:`Refusal` where the bytes could not be changed safely.
    """
    check_filled((key, value) for key, value in changes.items() if value is not None)
    result = data
    try:
        for key, value in changes.items():
            file, top = _read(result)
            text = file.text
            text = _remove(text, top, key) if value is None else _set(text, file, top, key, value, order)
            result = file.encode(text)
        _compare(data, result, changes)
    except YamlRefused as error:
        raise Refusal(_("the value cannot be written: {problem}", problem=error.message)) from None
    return result


def _read(data: bytes) -> tuple[TextFile, MappingNode]:
    file = cut(data)
    top = read_yaml(file.front, 2, file.front_start)
    if not isinstance(top, MappingNode) or top.flow:
        raise Refusal(_("the front matter has to be keys and values, one a line"))
    return file, top


def _set(
    text: str, file: TextFile, top: MappingNode, key: str, value: Value, order: Sequence[str]
) -> str:
    node = top.entries.get(key)
    if node is None:
        return _insert(text, file, top, key, value, order)
    if isinstance(node, SequenceNode) and (in_place := _with_entries(text, file, key, node, value)) is not None:
        return in_place
    start, end = node.start, end_of(text, node)
    if isinstance(node, SequenceNode) and not node.flow:
        line_start = _key_start(text, top, key)
        if "#" in text[line_start:end]:
            raise Refusal(_("“{key}” is a list over several lines with comments; write it as [a, b] first", key=key))
        start = len(text[: text.index("\n", line_start)].rstrip())
    written = _as_before(text, node, value)
    space = " " if text[start - 1] == ":" else ""
    if text[start:end] == "" and text[start : start + 1] not in ("", "\n", "\r", " "):
        written += " "
    return text[:start] + space + written + text[end:]


def _with_entries(text: str, file: TextFile, key: str, node: SequenceNode, value: Value) -> str | None:
    """The list with only those entries touched that come or go; ``None`` where it has to be written anew."""
    if isinstance(value, str | Mapping):
        return None
    made = edited(text, node, [(repr(_normal(each)), flow(each)) for each in value])
    try:
        found = None if made is None else _read(file.encode(made))[1].entries.get(key)
    except YamlRefused:
        return None
    return made if found is not None and plain(found) == _normal(value) else None


def _as_before(text: str, node: Node, value: Value) -> str:
    """``value`` in the quotes its predecessor had; single ones where nothing has to be escaped."""
    mark = text[node.start] if isinstance(node, Scalar) and not node.plain else ""
    if not isinstance(value, str) or mark not in ("'", '"'):
        return line(value)
    if mark == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return quoted(value)


def _insert(
    text: str, file: TextFile, top: MappingNode, key: str, value: Value, order: Sequence[str]
) -> str:
    line_end = "\r\n" if "\r\n" in text[: file.front_end] else "\n"
    known = list(order)
    before = known[: known.index(key)] if key in known else []
    previous = next((name for name in reversed(before) if name in top.entries), None)
    position = file.front_end
    if previous is not None:
        newline = text.find("\n", end_of(text, top.entries[previous]), file.front_end)
        position = newline + 1 if newline >= 0 else position
    if position > file.front_start and text[position - 1] != "\n":
        raise Refusal(_("the front matter has to end with a line of its own"))
    return f"{text[:position]}{scalar(key)}: {line(value)}{line_end}{text[position:]}"


def _remove(text: str, top: MappingNode, key: str) -> str:
    node = top.entries.get(key)
    if node is None:
        return text
    start = text.rfind("\n", 0, _key_start(text, top, key)) + 1
    newline = text.find("\n", end_of(text, node))
    return text[:start] + text[newline + 1 :]


def _key_start(text: str, top: MappingNode, key: str) -> int:
    """The character where the key's line begins: lines are counted from the top of the file."""
    position = 0
    for _number in range(top.key_lines[key] - 1):
        position = text.index("\n", position) + 1
    return position


def _normal(value: Value) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _normal(part) for key, part in value.items()}
    return [_normal(part) for part in value]


def _compare(before: bytes, after: bytes, changes: Mapping[str, Value | None]) -> None:
    """Refuse unless ``after`` has exactly the asked-for values and an unchanged body."""
    old_file, old = _read(before)
    new_file, new = _read(after)
    wanted: dict[str, object] = {key: plain(node) for key, node in old.entries.items()}
    for key, value in changes.items():
        if value is None:
            wanted.pop(key, None)
        else:
            wanted[key] = _normal(value)
    found = {key: plain(node) for key, node in new.entries.items()}
    if wanted != found or old_file.body != new_file.body:
        raise Refusal(_("the change could not be made without touching other text; edit the file by hand"))


def append_row(data: bytes, block: str, row: Mapping[str, Value], heading: str) -> bytes:
    """``data`` with one more row at the end of its data block.

    Where there is no such block yet, one is added at the end under ``heading``.
    """
    check_filled(row.items())
    file = cut(data)
    body = scan(file.text, file.body_start, file.body_line, frozenset((block,)))
    line_end = "\r\n" if "\r\n" in file.text else "\n"
    lines = [f"{scalar(key)}: {flow(value)}" for key, value in row.items()]
    written = "- " + f"{line_end}  ".join(lines) + line_end
    blocks = body.block(block)
    if blocks:
        end = blocks[-1].end
        text = file.text[:end] + written + file.text[end:]
    else:
        gap = "" if file.text.endswith("\n") else line_end
        text = f"{file.text}{gap}{line_end}## {heading}{line_end}{line_end}```{block}{line_end}{written}```{line_end}"
    result = file.encode(text)
    if _rows(result, block) != [*_rows(data, block), _normal(row)]:
        raise Refusal(_("the row could not be added to the block “{block}”; edit the file by hand", block=block))
    return result


def _rows(data: bytes, block: str) -> list[object]:
    """The rows of all blocks of this name; what is no list counts as one row of its own."""
    file = cut(data)
    found = scan(file.text, file.body_start, file.body_line, frozenset((block,))).block(block)
    rows: list[object] = []
    for each in found:
        if isinstance(each.rows, SequenceNode):
            rows += map(plain, each.rows.items)
        elif each.rows or each.problem:
            rows.append(each)
    return rows
