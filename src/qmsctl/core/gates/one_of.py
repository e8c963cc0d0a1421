"""``one_of: {cause_method: [5-whys, fishbone]}`` — these fields have one of these values."""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, label, with_label
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.types.gate_shape import Argument, Written
from qmsctl.message import _

TAKES = Argument(Written.CHOICES, "field")


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Each named field against its values."""
    for name, wanted in arguments.items():
        if item.text(name) not in wanted:
            message = _("“{label}” ({field}) has to be one of {values}", label=label(item, name), field=name,
                        values=tuple(with_label(value, item.type.fields.get(name)) for value in wanted))
            yield Lack(message, give(item, name))
