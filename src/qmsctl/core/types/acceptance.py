"""A quick yes to values that are what their field asks for.

Nearly all values of an office are good. ``problems`` in :mod:`qmsctl.core.types.validation` says what is wrong
with the others: whatever is accepted here has no problem there, and a no here only means: ask.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as AbstractMapping
from typing import TypeAlias

from qmsctl.core.text.characters import fold
from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence, is_empty
from qmsctl.core.types.field import Field
from qmsctl.core.types.kinds import Names, scalar_problem

Accept: TypeAlias = Callable[[Node], bool]


def acceptance(field: Field, names: Names) -> Accept:
    """The test for values of ``field``; it remembers the texts it has seen."""
    match field.kind:
        case "any":
            return _any(tuple(acceptance(part, names) for part in field.of))
        case "list":
            return _list(acceptance(field.of[0], names))
        case "table":
            return _table(_map(field, names), tuple(key for key, part in field.keys.items() if part.unique))
        case "map":
            return _map(field, names)
        case _:
            return _scalar(field, names)


def _scalar(field: Field, names: Names) -> Accept:
    if field.kind == "text":
        return lambda node: type(node) is Scalar and field.minimum is None and field.maximum is None
    good: set[str] = set()

    def accept(node: Node) -> bool:
        if type(node) is not Scalar:
            return False
        if node.text not in good:
            if scalar_problem(field, node.text, names):
                return False
            good.add(node.text)
        return True

    return accept


def _any(parts: tuple[Accept, ...]) -> Accept:
    return lambda node: any(part(node) for part in parts)


def _list(inner: Accept) -> Accept:
    return lambda node: type(node) is Sequence and all(map(inner, node.items))


def _map(field: Field, names: Names) -> Accept:
    keys: AbstractMapping[str, Accept] = {key: acceptance(part, names) for key, part in field.keys.items()}
    other = acceptance(field.of[0], names) if field.of else None
    required = tuple(key for key, part in field.keys.items() if part.required)

    def accept(node: Node) -> bool:
        if type(node) is not Mapping:
            return False
        entries = node.entries
        for key, value in entries.items():
            inner = keys.get(key, other)
            if inner is None or not (inner(value) or is_empty(value)):
                return False
        return not any(is_empty(entries.get(key)) for key in required)

    return accept


def _table(row: Accept, unique: tuple[str, ...]) -> Accept:
    def accept(node: Node) -> bool:
        if type(node) is not Sequence or not all(map(row, node.items)):
            return False
        for key in unique:
            texts = [fold(part.text(key) or "") for part in node.items if isinstance(part, Mapping)]
            if len(set(texts)) < len(texts):
                return False
        return True

    return accept
