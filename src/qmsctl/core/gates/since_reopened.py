"""``since_reopened: {field: verified}`` — what was done before a reopening does not close the record again.

The day in the field may not be before the record's latest reopening.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.signoffs.approval import binds, day_of, held_role
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.message import _

TAKES = Arguments({"field": Argument(Written.TEXT, "field", needed=True)})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The field's day against the sign-offs that reopened the record by the day of the gate."""
    name = arguments["field"]
    own, reopened = item.day(name), _last_reopening(item, context)
    if own is not None and reopened is not None and own < reopened:
        message = _("“{label}” ({field}) is {day}, from before the record was reopened on {reopened}",
                    label=label(item, name), field=name, day=own, reopened=reopened)
        yield Lack(message, give(item, name))


def _last_reopening(item: Item, context: Context) -> date | None:
    library = context.library
    roles = item.type.reopening.roles if item.type.reopening else ()
    days = [
        day_of(signoff, library.config)
        for dossier in library.dossiers.get(item.id, ())
        for signoff in dossier.of("reopen")
        if (not roles or signoff.role in roles) and binds(signoff, dossier) and held_role(signoff, library.config, library.people)
    ]
    return max((day for day in days if day <= context.day), default=None)
