"""``no_more: {than: sent, field: sample}`` — the number in one field is no more than that in another.

With ``block: questions, columns: [score1, score2]`` in place of ``field`` the columns of each row together are no more. What
is not filled in, or is no number, is for others to say.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.text.values import read_number
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import HOLE, Assignment, command
from qmsctl.message import _

TAKES = Arguments({
    "than": Argument(Written.TEXT, "field", needed=True),
    "field": Argument(Written.TEXT, "field"),
    "block": Argument(Written.TEXT, "block"),
    "columns": Argument(Written.TEXTS),
}, (("field",), ("block", "columns")))


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The field, or each row, against the limit."""
    than = arguments["than"]
    limit = read_number(item.text(than) or "")
    if limit is None:
        return
    told = {"limit": label(item, than), "than": than, "most": limit}
    name = arguments.get("field")
    if name:
        number = read_number(item.text(name) or "")
        if number is not None and number > limit:
            yield Lack(_("“{label}” ({field}) is {number}, more than “{limit}” ({than}), {most}", label=label(item, name), field=name, number=number, **told),
                       give(item, name).or_else(give(item, than)))
        return
    block = arguments["block"]
    for at, row in enumerate(item.block_rows(block), 1):
        filled = {column: number for column in arguments["columns"] if (number := read_number(row.text(column) or "")) is not None}
        total = sum(filled.values(), Decimal())
        if total > limit:
            cells = [Assignment(f"{block}.{at}.{column}", HOLE) for column in list(filled)[-1:]]
            yield Lack(_("the table “{label}” ({block}), row {row}: {number} together, more than “{limit}” ({than}), {most}",
                         label=label(item, block), block=block, row=at, number=total, **told),
                       command("set", item.id, sets=cells).or_else(give(item, than)))
