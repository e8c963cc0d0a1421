"""``any: [{present: [actions]}, {present: [no_action_reason]}]`` — at least one of several gates."""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, missing
from qmsctl.core.model import Item
from qmsctl.core.types.gate_shape import Argument, Written
from qmsctl.mend import either
from qmsctl.message import _, numbered

TAKES = Argument(Written.GATES)


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """One lack that names every way to open the gate, if none is open; its mend has each of them."""
    ways = [tuple(missing(gate, item, context)) for gate in arguments]
    if all(ways):
        told = _("either of these is needed: {ways}", ways=numbered([way[0].message for way in ways]))
        yield Lack(told, either([way[0].mend for way in ways if way[0].mend]), later=any(all(lack.later for lack in way) for way in ways))
