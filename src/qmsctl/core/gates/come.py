"""``come: [done, verified]`` — these days are not still to come: nothing is done or verified tomorrow."""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.types.gate_shape import Argument, Written
from qmsctl.message import _

TAKES = Argument(Written.TEXTS, "field")


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Each named field that holds a day, against the day of the gate."""
    for name in arguments:
        day = item.day(name)
        if day is not None and day > context.day:
            message = _("“{label}” ({field}) is {until}; that day has not come on {day}",
                        label=label(item, name), field=name, until=day, day=context.day)
            yield Lack(message, give(item, name, context.library.today.isoformat()))
