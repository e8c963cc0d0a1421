"""``withdrawn: {field: documents}`` — each document was taken out of force by the day of the gate."""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack
from qmsctl.core.model import Item
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import command
from qmsctl.message import _

TAKES = Arguments({"field": Argument(Written.TEXT, "field", needed=True)})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Every document named in the field."""
    for document in item.texts(arguments["field"]):
        found = context.library.standing(document).withdrawn
        if found is None or found.withdrawn_on is None or found.withdrawn_on > context.day:
            message = _("{document} has not been withdrawn", document=document)
            yield Lack(message, command("withdraw", document))
