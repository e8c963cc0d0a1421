"""What an edit gave a record, as the assignments of a command."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Node, Scalar, plain
from qmsctl.core.text.splice import flow
from qmsctl.mend import Assignment, Row


def written(item: Item, known: Item) -> Iterator[Assignment]:
    """The fields that the edit has set."""
    for name, node in item.fields.entries.items():
        text = written_value(node)
        if name in item.type.fields and text is not None and text != written_value(known.node(name)):
            yield Assignment(name, text)


def added(item: Item, known: Item) -> Iterator[Assignment]:
    """The rows that the edit has added, one a block."""
    for name in item.type.blocks:
        for row in tuple(item.block_rows(name))[len(tuple(known.block_rows(name))):][:1]:
            cells = tuple((column, text) for column, node in row.entries.items() if (text := written_value(node)))
            yield Assignment(name, Row(cells), more=True)


def written_value(node: Node | None) -> str | None:
    """The value as an assignment gives it."""
    if node is None:
        return None
    return node.text if isinstance(node, Scalar) else flow(plain(node))
