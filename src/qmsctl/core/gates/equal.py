"""``equal: {effective: "yes"}`` — these fields have exactly these values."""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.hints.mend import move
from qmsctl.core.model import Item
from qmsctl.core.text.values import read_bool
from qmsctl.core.types.gate_shape import Argument, Written
from qmsctl.message import Message, _

TAKES = Argument(Written.VALUES, "field")


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Each named field against its value; yes and true are one."""
    for name, wanted in arguments.items():
        found = item.text(name)
        same = found == wanted or (read_bool(wanted) is not None and item.flag(name) == read_bool(wanted))
        if not same:
            message = _("“{label}” ({field}) has to be {wanted}", label=label(item, name), field=name, wanted=wanted)
            back = _way_back(item, name, context)
            yield Lack(message, () if back else (f"{name}={wanted}",), back)


def _way_back(item: Item, name: str, context: Context) -> Message | None:
    """Where the record goes if the value is as it is: a command that moves it may take it elsewhere."""
    known = context.library.before.by_id.get(item.id) if context.library.before else None
    state = item.type.states.get(known.status or "") if known and item.has(name) else None
    others = [each for each in state.to if each != item.status and not item.type.states[each].given_up] if state else []
    if not others:
        return None
    command = move(context.library, item, others[0], (f"{name}={item.text(name)}",))
    return _("if it is so, the record goes another way: {command}", command=command)
