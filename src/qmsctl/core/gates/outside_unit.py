"""``outside_unit: {person: auditors, units: units}`` — no person belongs to one of these units.

What counts is where somebody belonged on the day on which the gate has to be open. ``unless: FIELD`` allows it where that field gives a reason.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.message import _

TAKES = Arguments({
    "person": Argument(Written.TEXT, "field", needed=True),
    "units": Argument(Written.TEXT, "field", needed=True),
    "unless": Argument(Written.TEXT, "field"),
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The unit of every person against the units of the record."""
    units = set(item.texts(arguments["units"]))
    if "unless" in arguments and item.has(arguments["unless"]):
        return
    for name in item.texts(arguments["person"]):
        person = context.library.people.get(name)
        for unit in person.units_on(context.day) if person else ():
            if unit in units:
                message = _("{name} belongs to the unit “{unit}”, which is concerned here", name=context.library.people.name(name), unit=unit)
                yield Lack(message, give(item, arguments["person"]))
