"""``elapsed: {until: verified, since: actions.done, days: 30, setting: effect_after}`` — time went by.

At least ``days`` lie between the latest ``since`` and ``until``, which has come by the day of the gate; the
office's ``setting`` in ``qms.yaml`` takes the place of ``days``.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.records.elapsing import wait
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import advice
from qmsctl.message import _

TAKES = Arguments({
    "until": Argument(Written.TEXT, "field", needed=True),
    "since": Argument(Written.TEXT, "field", reaches=True, needed=True),
    "days": Argument(Written.DAYS, needed=True),
    "setting": Argument(Written.TEXT),
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The two days; one that is not given yet is only said where it would have to be still to come."""
    until, found = item.day(arguments["until"]), wait(item, arguments, context.library)
    if found is None or (until is None and found.end <= context.day):
        return
    params = {"label": label(item, arguments["until"]), "field": arguments["until"], "earliest": found.end, "days": found.days, "latest": found.since}
    if until is None:
        message = _("“{label}” ({field}) may not be before {earliest}, {days} days after {latest}", **params)
    elif until < found.end:
        message = _("“{label}” ({field}) is {until}; it may not be before {earliest}, {days} days after {latest}", until=until, **params)
    elif until > context.day:
        message = _("“{label}” ({field}) is {until}; that day has not come on {day}", until=until, day=context.day, **params)
    else:
        return
    today = context.library.today
    judged_again = advice(_("judge it again on {day} or later", day=found.end))
    yield Lack(message, give(item, arguments["until"], today.isoformat()) if found.end <= today else judged_again)
