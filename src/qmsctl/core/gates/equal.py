"""``equal: {effective: "yes"}`` — these fields have exactly these values."""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, label, with_label
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.text.values import read_bool
from qmsctl.core.types.gate_shape import Argument, Written
from qmsctl.message import _

TAKES = Argument(Written.VALUES, "field")


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Each named field against its value; yes and true are one."""
    for name, wanted in arguments.items():
        found = item.text(name)
        same = found == wanted or (read_bool(wanted) is not None and item.flag(name) == read_bool(wanted))
        if not same:
            message = _("“{label}” ({field}) has to be {wanted}", label=label(item, name), field=name, wanted=with_label(wanted, item.type.fields.get(name)))
            yield Lack(message, give(item, name))

