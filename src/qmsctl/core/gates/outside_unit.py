"""``outside_unit: {person: auditors, units: units}`` — no person belongs to one of these units.

What counts is where somebody belonged on the day on which the gate has to be open. Of somebody who is named by the id of a
record, such as an entry of a register, it is the person in its field ``by``. ``unless: FIELD`` allows it where that field gives a reason.
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
    "by": Argument(Written.TEXT),
    "unless": Argument(Written.TEXT, "field"),
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The unit of every person against the units of the record."""
    units = set(item.texts(arguments["units"]))
    if "unless" in arguments and item.has(arguments["unless"]):
        return
    for name in item.texts(arguments["person"]):
        behind = _behind(name, arguments, context)
        person = context.library.people.get(behind or name)
        for unit in person.units_on(context.day) if person else ():
            if unit in units:
                message = _("{name} belongs to the unit “{unit}”, which is concerned here", name=context.library.people.name(behind or name), unit=unit)
                yield Lack(message, give(item, arguments["person"]), later=behind is not None, separates=True)


def _behind(name: str, arguments: Any, context: Context) -> str | None:
    """The person of the record with this id."""
    entry = context.library.by_id.get(name) if "by" in arguments else None
    return entry.text(arguments["by"]) if entry else None
