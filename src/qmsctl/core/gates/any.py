"""``any: [{present: [actions]}, {present: [no_action_reason]}]`` — at least one of several gates."""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, missing
from qmsctl.core.model import Item
from qmsctl.message import Message, _


def check(item: Item, arguments: Any, context: Context) -> Iterator[Message]:
    """One sentence that names every way to open the gate, if none is open."""
    ways = [tuple(missing(gate, item, context)) for gate in arguments]
    if all(ways):
        yield _("either of these is needed: {ways}", ways=tuple(way[0] for way in ways))
