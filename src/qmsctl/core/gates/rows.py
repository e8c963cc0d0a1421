"""``rows: {block: outputs, columns: [owner, due]}`` — the block has rows, each with these columns."""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack
from qmsctl.core.model import Item
from qmsctl.core.nodes import is_empty
from qmsctl.message import _


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The block's rows; ``optional: true`` allows there to be none."""
    block = arguments["block"]
    rows = tuple(item.block_rows(block))
    if not rows and arguments.get("optional") != "true":
        yield Lack(_("the block “{block}” has no row", block=block))
    for number, row in enumerate(rows, 1):
        for column in arguments.get("columns", ()):
            if is_empty(row.entries.get(column)):
                yield Lack(_("row {number} of the block “{block}” has no {column}", number=number, block=block, column=column))
