"""``last_row: {block: calibration, one_of: {result: [pass]}}`` — the latest row has one of these values.

Rows are added at the end of a block, so the last one is the latest; without any row the gate is closed.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, label, one_more_row, with_label
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import texts
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.message import _

TAKES = Arguments({
    "block": Argument(Written.TEXT, "block", needed=True),
    "one_of": Argument(Written.CHOICES, needed=True),
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Each named column of the last row against its values."""
    block = arguments["block"]
    row = next(reversed(tuple(item.block_rows(block))), None)
    table = item.type.blocks.get(block)
    for column, wanted in arguments["one_of"].items():
        found = texts(row.entries.get(column)) if row else ()
        if not set(found) & set(wanted):
            described = table.keys.get(column) if table else None
            values = tuple(with_label(each, described) for each in wanted)
            message = _("the last row of the table “{label}” ({block}) has {column}: {found}; it has to be one of {values}",
                        label=label(item, block), block=block, column=column, found=found or "—", values=values)
            yield Lack(message, one_more_row(item, block, {column: wanted[0]}, context))
