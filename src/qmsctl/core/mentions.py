"""Where documents and records mention something: a reference, a clause, a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qmsctl.core.field import Field
from qmsctl.core.model import Item
from qmsctl.core.nodes import Scalar
from qmsctl.core.record_type import RecordType


class Mention(NamedTuple):
    """A scalar of ``item`` in the field or data block ``name``; ``field`` describes the scalar."""

    item: Item
    name: str
    field: Field
    value: Scalar


def mentions(items: Iterable[Item], kind: str) -> Iterator[Mention]:
    """Every value in ``items`` that is, or may be, of ``kind``: front matter and data blocks."""
    known: dict[str, tuple[tuple[Field, ...], tuple[Field, ...]]] = {}
    for item in items:
        if item.type.name not in known:
            known[item.type.name] = _places(item.type, kind)
        fields, blocks = known[item.type.name]
        for field in fields:
            node = item.fields.entries.get(field.name)
            if node is not None:
                yield from _of_kind(item, field.name, field.scalars(node), kind)
        for field in blocks:
            for block in item.body.blocks:
                if block.name == field.name and block.rows is not None:
                    yield from _of_kind(item, field.name, field.scalars(block.rows), kind)


def _places(found: RecordType, kind: str) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    return found.fields_with(kind), tuple(f for f in found.blocks.values() if f.mentions(kind))


def _of_kind(
    item: Item, name: str, scalars: Iterable[tuple[Field, Scalar]], kind: str
) -> Iterator[Mention]:
    for field, value in scalars:
        if value.text and (field.kind == kind or any(part.kind == kind for part in field.of)):
            yield Mention(item, name, field, value)
