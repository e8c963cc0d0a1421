"""What is wrong with a node as the value of a field: lines and sentences."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.text.characters import fold
from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence, is_empty
from qmsctl.core.types.field import Field
from qmsctl.core.types.kinds import Names, expected, not_one_of_these, scalar_problem, shortened
from qmsctl.message import Message, _, named

_ROW_NAMES = ("id", "no")
"""The columns people know a row by."""


def problems(field: Field, node: Node, names: Names) -> Iterator[tuple[int, Message]]:
    """What is wrong with ``node`` as a value of ``field``: lines and sentences."""
    match field.kind:
        case "any":
            yield from _any(field, node, names)
        case "list":
            if not isinstance(node, Sequence):
                yield node.line, _("a list is expected, such as [a, b]")
                return
            for item in node.items:
                yield from problems(field.of[0], item, names)
        case "table":
            yield from _table(field, node, names)
        case "map":
            yield from _map(field, node, names)
        case _ if not isinstance(node, Scalar):
            yield node.line, _("{expected} is expected, not a list or a mapping", expected=expected(field))
        case _:
            message = scalar_problem(field, node.text, names)
            if message:
                yield node.line, message


def _any(field: Field, node: Node, names: Names) -> Iterator[tuple[int, Message]]:
    tried = [(part.kind, tuple(problems(part, node, names))) for part in field.of]
    if not all(found for _kind, found in tried):
        return
    if isinstance(node, Scalar):
        yield node.line, not_one_of_these(field, node.text, names)
        return
    kinds = ("list", "table") if isinstance(node, Sequence) else ("map",)
    yield from next((found for kind, found in tried if kind in kinds), tried[0][1])


def _table(field: Field, node: Node, names: Names) -> Iterator[tuple[int, Message]]:
    if not isinstance(node, Sequence):
        yield node.line, _("a list of rows is expected, each beginning with “- ”")
        return
    seen: dict[tuple[str, str], int] = {}
    for row in node.items:
        named = next((row.text(key) for key in _ROW_NAMES if row.text(key)), None) if isinstance(row, Mapping) else None
        for line, message in _map(field, row, names):
            yield line, _("row “{row}”, {problem}", row=shortened(named), problem=message) if named else message
        if isinstance(row, Mapping):
            yield from _repeated(field, row, seen)


def _repeated(
    field: Field, row: Mapping, seen: dict[tuple[str, str], int]
) -> Iterator[tuple[int, Message]]:
    for name, column in field.keys.items():
        text = row.text(name) if column.unique else None
        if text is None:
            continue
        key = (name, fold(text))
        if key in seen:
            yield (
                row.key_lines[name],
                _("“{text}” in column “{name}” is given twice, first on line {first}",
                  text=text, name=name, first=seen[key]),
            )
        seen.setdefault(key, row.key_lines[name])


def _map(field: Field, node: Node, names: Names) -> Iterator[tuple[int, Message]]:
    if not isinstance(node, Mapping):
        yield node.line, _("keys with values are expected here")
        return
    for key, value in node.entries.items():
        described = field.keys.get(key) or (field.of[0] if field.of else None)
        if described is None:
            yield node.key_lines[key], _("“{key}” is not known here; expected one of {known}", key=key, known=named({name: column.label for name, column in field.keys.items()}))
        elif not is_empty(value):
            for line, message in problems(described, value, names):
                yield line, _("“{field}”: {problem}", field=key, problem=message)
    for key, described in field.keys.items():
        if described.required and is_empty(node.entries.get(key)):
            yield node.line, _("“{key}” is missing: {expected}", key=key, expected=expected(described))
