"""``another_hand: {than: [minuted]}`` — whoever signed one of these states does not sign this one the same day.

It is signed by somebody else, or on a later day, when what was decided has been slept on. Whoever entered a sign-off with
nothing to show for it has made it as well. In an office of one person it is no more than a warning.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.diagnostic import Severity
from qmsctl.core.gates import Context, Lack
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import signed_states
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import command
from qmsctl.message import _

TAKES = Arguments({"than": Argument(Written.TEXTS, "state", needed=True)})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The sign-off of the state in which the record is against those of the states before it."""
    library = context.library
    standing = {each.state.id: each.signoff for each in signed_states(item, library) if not each.reopened}
    own = standing.get(item.status or "")
    for name in arguments["than"]:
        before = standing.get(name)
        if own is None or before is None or name == item.status:
            continue
        day = day_of(own, library.config)
        both = sorted(own.hands & before.hands) if day == day_of(before, library.config) else []
        if both:
            message = _("{name} has signed “{state}” and “{other}” on one day, {day}; somebody else signs, or a later day",
                        name=library.people.name(both[0]), state=item.type.states[item.status or ""].label, other=item.type.states[name].label, day=day)
            way = command("advance", item.id, item.status or "").in_order_to(_("somebody else, or on a later day"))
            yield Lack(message, way, severity=Severity.WARNING if _is_alone(context) else None)


def _is_alone(context: Context) -> bool:
    return sum(person.is_present(context.day) for person in context.library.people.all) == 1
