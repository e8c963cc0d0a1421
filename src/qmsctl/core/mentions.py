"""Where documents and records mention something: a reference, a clause, a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as AbstractMapping
from typing import NamedTuple, TypeAlias

from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType

_Found: TypeAlias = Iterable[tuple[Field, Scalar]]
_Finder: TypeAlias = Callable[[Node], _Found]


class Mention(NamedTuple):
    """A scalar of ``item`` in the field or data block ``name``; ``field`` describes the scalar."""

    item: Item
    name: str
    field: Field
    value: Scalar


Finders: TypeAlias = dict[str, tuple[dict[str, _Finder], dict[str, _Finder]]]
"""Where to look in the fields and blocks of a type; of one kind of value."""


def mentions(items: Iterable[Item], kind: str, known: Finders | None = None) -> Iterator[Mention]:
    """Every value in ``items`` that is, or may be, of ``kind``: front matter and data blocks.

    What is ``known`` of types from an earlier time is not found out again.
    """
    known = {} if known is None else known
    for item in items:
        if item.type.name not in known:
            known[item.type.name] = _finders(item.type, kind)
        fields, blocks = known[item.type.name]
        node_of = item.find_node
        for name, find in fields.items():
            if (node := node_of(name)) is not None:
                for field, value in find(node):
                    yield Mention(item, name, field, value)
        for block in item.blocks if blocks else ():
            if block.name in blocks and block.rows is not None:
                for field, value in blocks[block.name](block.rows):
                    yield Mention(item, block.name, field, value)


def _finders(found: RecordType, kind: str) -> tuple[dict[str, _Finder], dict[str, _Finder]]:
    return _parts(found.fields, kind), _parts(found.blocks, kind)


def _parts(fields: AbstractMapping[str, Field], kind: str) -> dict[str, _Finder]:
    return {name: _finder(field, kind) for name, field in fields.items() if field.mentions(kind)}


def _finder(field: Field, kind: str) -> _Finder:
    """A search that enters only those parts of a value in which ``kind`` may stand."""
    match field.kind:
        case "list":
            inner = _finder(field.of[0], kind)
            return lambda node: [each for item in _items(node) for each in inner(item)]
        case "table":
            row = _entries(field, kind)
            return lambda node: [each for item in _items(node) for each in row(item)]
        case "map":
            return _entries(field, kind)
        case "any":
            return _choice(field, kind)
        case _:
            return lambda node: ((field, node),) if isinstance(node, Scalar) and node.text else ()


def _entries(field: Field, kind: str) -> _Finder:
    keys = _parts(field.keys, kind)
    other = _finder(field.of[0], kind) if field.of and field.of[0].mentions(kind) else None

    def find(node: Node) -> _Found:
        if not isinstance(node, Mapping):
            return
        for key, inner in keys.items():
            if key in node.entries:
                yield from inner(node.entries[key])
        for key, value in node.entries.items() if other else ():
            if other and key not in field.keys:
                yield from other(value)

    return find


def _choice(field: Field, kind: str) -> _Finder:
    """Of several alternatives; which one a scalar may be is the same for every scalar."""
    described = next((each for each, _value in field.scalars(Scalar("", 0, 0, 0, plain=True))), None)
    single = described if described and _may_be(described, kind) else None

    def find(node: Node) -> _Found:
        if isinstance(node, Scalar):
            return ((single, node),) if single and node.text else ()
        return [each for each in field.scalars(node) if each[1].text and _may_be(each[0], kind)]

    return find


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def _may_be(field: Field, kind: str) -> bool:
    return field.kind == kind or any(part.kind == kind for part in field.of)
