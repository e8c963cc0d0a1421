"""``reached: {block: measurements, column: value, target: target, direction: direction}`` — the target is met.

The latest value measured is not below the number in the field ``target``, or not above it where the field
``direction`` says ``at-most``. ``missed: true`` turns it round: the target is not met.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from qmsctl.core.gates import Context, Lack, label, one_more_row
from qmsctl.core.gates.rows import fill
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.records.latest_row import latest_row
from qmsctl.core.text.values import read_number
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.message import _

TAKES = Arguments({
    "target": Argument(Written.TEXT, "field", needed=True),
    "direction": Argument(Written.TEXT, "field", needed=True),
    "block": Argument(Written.TEXT, "block", needed=True),
    "column": Argument(Written.TEXT, needed=True),
    "missed": Argument(Written.FLAG),
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The number in the latest row against the target."""
    block, column = arguments["block"], arguments["column"]
    row = latest_row(item, block)
    target = item.number(arguments["target"])
    if target is None:
        yield Lack(_("“{label}” ({field}) is not filled in", label=label(item, arguments["target"]), field=arguments["target"]),
                   give(item, arguments["target"]))
        return
    last = read_number(row.text(column) or "") if row else None
    most = item.text(arguments["direction"]) == "at-most"
    if row is not None and last is None:
        known = item.type.blocks[block].keys.get(column) if block in item.type.blocks else None
        message = _("the latest row of the table “{label}” ({block}) has no number under “{column}”",
                    label=label(item, block), block=block, column=known.label if known else column)
        yield Lack(message, fill(item, block, [1 + [*item.block_rows(block)].index(row)], column))
    elif last is None:
        message = _("the table “{label}” ({block}) has no row", label=label(item, block), block=block)
        yield Lack(message, one_more_row(item, block, {column: ""}, context))
    elif _is_met(last, target, most) == (arguments.get("missed") == "true"):
        limit = _("at most {number}", number=target) if most else _("at least {number}", number=target)
        message = (
            _("the last value in “{label}” ({block}) is {value}, which reaches the target: {limit}", label=label(item, block), block=block, value=last, limit=limit)
            if arguments.get("missed") == "true"
            else _("the last value in “{label}” ({block}) is {value}, short of the target: {limit}", label=label(item, block), block=block, value=last, limit=limit)
        )
        yield Lack(message, one_more_row(item, block, {column: ""}, context), later=_was_met(item, arguments, target, most))


def _was_met(item: Item, arguments: Any, target: Decimal, most: bool) -> bool:
    """True by the row that was written last, which is what the first format looked at."""
    rows = tuple(item.block_rows(arguments["block"]))
    value = read_number(rows[-1].text(arguments["column"]) or "")
    return value is not None and _is_met(value, target, most) != (arguments.get("missed") == "true")


def _is_met(value: Decimal, target: Decimal, most: bool) -> bool:
    return value <= target if most else value >= target
