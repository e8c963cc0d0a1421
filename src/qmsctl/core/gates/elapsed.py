"""``elapsed: {until: verified, since: actions.done, days: 30, setting: effect_after}`` — time went by.

At least ``days`` lie between the latest ``since`` and ``until``, which has come by the day of the gate; the
office's ``setting`` in ``qms.yaml`` takes the place of ``days``.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.gates.differ import reach
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import advice
from qmsctl.message import Message, _

TAKES = Arguments({
    "until": Argument(Written.TEXT, "field", needed=True),
    "since": Argument(Written.TEXT, "field", reaches=True, needed=True),
    "days": Argument(Written.DAYS, needed=True),
    "setting": Argument(Written.TEXT),
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The two days, if both are there; cancelled records have no such day."""
    until = item.day(arguments["until"])
    field = arguments["since"].rpartition(".")[2]
    since = [holder.day(field) for holder in reach(item, arguments["since"], context)]
    latest = max((day for day in since if day), default=None)
    if until is None or latest is None:
        return
    days = context.library.config.settings.get(arguments.get("setting", ""), int(arguments["days"]))
    earliest = latest + timedelta(days=days)
    if until < earliest:
        message = _("“{label}” ({field}) is {until}; it may not be before {earliest}, {days} days after {latest}",
                    label=label(item, arguments["until"]), field=arguments["until"], until=until,
                    earliest=earliest, days=days, latest=latest)
        yield _later(item, arguments["until"], earliest, message, context)
    elif until > context.day:
        message = _("“{label}” ({field}) is {until}; that day has not come on {day}",
                    label=label(item, arguments["until"]), field=arguments["until"], until=until, day=context.day)
        yield _later(item, arguments["until"], earliest, message, context)


def _later(item: Item, field: str, earliest: date, message: Message, context: Context) -> Lack:
    """What is wrong with the day; it is judged on a day that has come."""
    today = context.library.today
    return Lack(message, give(item, field, today.isoformat()) if earliest <= today else advice(_("judge it again on {day} or later", day=earliest)))
