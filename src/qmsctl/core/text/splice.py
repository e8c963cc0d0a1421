"""Edits of front matter and data blocks that touch only the bytes of what changes.

Line ends, byte order mark, comments, quoting and order stay. The result is read again and compared with what was asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from qmsctl.core.text.characters import hidden, name_of
from qmsctl.core.text.list_edit import edited, end_of
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Node, Plain, Scalar, plain
from qmsctl.core.text.nodes import Sequence as SequenceNode
from qmsctl.core.text.text_file import TextFile, cut
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.errors import Refusal
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.unfilled import is_hole, refuse_holes

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""What can be written: a text, a list, a mapping; all in flow style."""

_Splice = tuple[int, int, str]  # from where to where other characters come, and which
_PLAIN = regex(r"[^\W_](?:[^:#,\[\]{}&*!|>'\"%@`\n\r\t\\]|:(?=[\w/]))*", re.UNICODE)
_PLAIN_LINE = regex(r"[^\W_](?:[^:#&*!|>'\"%@`\n\r\t\\]|:(?=\S))*", re.UNICODE)


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

    A new key goes after the nearest key before it in ``order``, else to the end of the front matter. Raises
    :class:`Refusal` where the bytes could not be changed safely.
    """
    check_filled((key, value) for key, value in changes.items() if value is not None)
    try:
        file, top = _read(data)
        result = file.encode(_spliced(file.text, (*_replaced(file, top, changes), *_inserted(file, top, changes, order))))
        _compare(data, result, changes)
    except YamlRefused as error:
        raise Refusal(_("the value cannot be written: {problem}", problem=error.message)) from None
    return result


def _spliced(text: str, splices: Iterable[_Splice]) -> str:
    parts: list[str] = []
    here = 0
    for start, end, written in sorted(splices):
        parts += [text[here:start], written]
        here = end
    return "".join((*parts, text[here:]))


def _read(data: bytes) -> tuple[TextFile, MappingNode]:
    file = cut(data)
    top = read_yaml(file.front, 2, file.front_start)
    if not isinstance(top, MappingNode) or top.flow:
        raise Refusal(_("the front matter has to be keys and values, one a line"))
    return file, top


def _replaced(file: TextFile, top: MappingNode, changes: Mapping[str, Value | None]) -> Iterator[_Splice]:
    """The values of keys that are there, and the lines of those that are to go."""
    text = file.text
    lines = list(accumulate((len(each) + 1 for each in text.split("\n")), initial=0))
    for key, value in changes.items():
        node = top.entries.get(key)
        if node is not None and value is not None:
            entries = _with_entries(file, key, node, value) if isinstance(node, SequenceNode) else None
            yield entries or _written(text, node, key, value, lines[top.key_lines[key] - 1])
        elif node is not None:
            newline = text.find("\n", end_of(text, node))
            yield lines[top.key_lines[key] - 1], newline + 1, ""


def _written(text: str, node: Node, key: str, value: Value, line_start: int) -> _Splice:
    start, end = node.start, end_of(text, node)
    if isinstance(node, SequenceNode) and not node.flow:
        if "#" in text[line_start:end]:
            raise Refusal(_("“{key}” is a list over several lines with comments; write it as [a, b] first", key=key))
        start = line_start + len(text[line_start : text.index("\n", line_start)].rstrip())
    written = _as_before(text, node, value)
    space = " " if text[start - 1] == ":" else ""
    if text[start:end] == "" and text[start : start + 1] not in ("", "\n", "\r", " "):
        written += " "
    return start, end, space + written


def _with_entries(file: TextFile, key: str, node: SequenceNode, value: Value) -> _Splice | None:
    """The list with only those entries touched that come or go; ``None`` where it has to be written anew."""
    if isinstance(value, str | Mapping):
        return None
    text = file.text
    made = edited(text, node, [(repr(normal(each)), flow(each)) for each in value])
    try:
        found = None if made is None else _read(file.encode(made))[1].entries.get(key)
    except YamlRefused:
        return None
    if made is None or found is None or plain(found) != normal(value):
        return None
    same = _alike(text, made)
    after = _alike(text[same:][::-1], made[same:][::-1])
    return same, len(text) - after, made[same : len(made) - after]


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _as_before(text: str, node: Node, value: Value) -> str:
    """``value`` in the quotes its predecessor had; single ones where nothing has to be escaped."""
    mark = text[node.start] if isinstance(node, Scalar) and not node.plain else ""
    if not isinstance(value, str) or mark not in ("'", '"'):
        return line(value)
    if mark == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return quoted(value)


def _inserted(file: TextFile, top: MappingNode, changes: Mapping[str, Value | None], order: Sequence[str]) -> Iterator[_Splice]:
    """The lines of new keys. Of several at one place each stands right after the key it follows."""
    text, line_end = file.text, "\r\n" if "\r\n" in file.text[: file.front_end] else "\n"
    there, places, lines = set(top.entries), dict[str, int](), dict[str, str]()
    keys: dict[int, list[str]] = defaultdict(list)
    for key, value in changes.items():
        if value is None or key in top.entries:
            there -= {key} if value is None else set()
            continue
        before = reversed(order[: order.index(key)] if key in order else ())
        previous = next((name for name in before if name in there or name in places), None)
        position = places.get(previous or "") or _after(file, top.entries.get(previous or ""))
        following = keys[position]
        following.insert(following.index(previous) + 1 if previous in places else 0 if previous else len(following), key)
        places[key], lines[key] = position, f"{scalar(key)}: {line(value)}{line_end}"
    for position, several in keys.items():
        if position > file.front_start and text[position - 1] != "\n":
            raise Refusal(_("the front matter has to end with a line of its own"))
        yield position, position, "".join(lines[key] for key in several)


def _after(file: TextFile, node: Node | None) -> int:
    """Where the line after a value begins; of none, and of the last, the end of the front matter."""
    newline = file.text.find("\n", end_of(file.text, node), file.front_end) if node is not None else -1
    return newline + 1 if newline >= 0 else file.front_end


def normal(value: Value) -> Plain:
    """``value`` as :func:`~qmsctl.core.text.nodes.plain` gives it once it is read again."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: normal(part) for key, part in value.items()}
    return [normal(part) for part in value]


def _compare(before: bytes, after: bytes, changes: Mapping[str, Value | None]) -> None:
    """Refuse unless ``after`` has exactly the asked-for values and an unchanged body."""
    old_file, old = _read(before)
    new_file, new = _read(after)
    wanted: dict[str, object] = {key: plain(node) for key, node in old.entries.items()}
    for key, value in changes.items():
        if value is None:
            wanted.pop(key, None)
        else:
            wanted[key] = normal(value)
    found = {key: plain(node) for key, node in new.entries.items()}
    if wanted != found or old_file.body != new_file.body:
        raise Refusal(_("the change could not be made without touching other text; edit the file by hand"))
