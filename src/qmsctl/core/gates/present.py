"""``present: [cause, cause_method]`` — these fields have a value."""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.mends.begin import begin_linked
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.types.gate_shape import Argument, Written
from qmsctl.message import _

TAKES = Argument(Written.TEXTS, "field")


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Each named field, in turn."""
    for name in arguments:
        if not item.has(name):
            way = begin_linked(item, name, {}, context.library)
            message = _("“{label}” ({field}) is not filled in", label=label(item, name), field=name)
            yield Lack(message, way or give(item, name))
