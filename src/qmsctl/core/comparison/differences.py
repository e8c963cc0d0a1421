"""Whether two values of a field say the same, however they are laid out."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Mapping, Node, Scalar, is_empty


def written(node: Node | None) -> str:
    """A value on one line: a text as it is, ``[a, b]``, ``{key: value}``, ``—`` where there is none."""
    if node is None or is_empty(node):
        return "—"
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{key}: {written(value)}" for key, value in node.entries.items()) + "}"
    return "[" + ", ".join(map(written, node.items)) + "]"


def shortened(node: Node | None) -> str:
    """A value for a message, cut where it is long."""
    text = " ".join(written(node).split())
    return text if len(text) <= 60 else text[:57] + "…"


def same(one: Node | None, other: Node | None) -> bool:
    """True if both are empty, or hold the same words in the same structure."""
    if one is None or other is None or is_empty(one) or is_empty(other):
        return is_empty(one) and is_empty(other)
    if isinstance(one, Scalar) or isinstance(other, Scalar):
        return isinstance(one, Scalar) and isinstance(other, Scalar) and one.text == other.text
    if isinstance(one, Mapping) or isinstance(other, Mapping):
        return isinstance(one, Mapping) and isinstance(other, Mapping) and _same_entries(one, other)
    return len(one.items) == len(other.items) and all(map(same, one.items, other.items))


def _same_entries(one: Mapping, other: Mapping) -> bool:
    keys = one.entries.keys() | other.entries.keys()
    return all(same(one.entries.get(key), other.entries.get(key)) for key in keys)


def changed_fields(now: Item, before: Item, among: AbstractSet[str] | None = None) -> Iterator[str]:
    """The fields that differ between two texts, those of ``now`` first, in their order."""
    for name in dict.fromkeys((*now.fields.entries, *before.fields.entries)):
        if (among is None or name in among) and not same(now.node(name), before.node(name)):
            yield name
