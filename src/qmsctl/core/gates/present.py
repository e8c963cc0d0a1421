"""``present: [cause, cause_method]`` — these fields have a value."""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, label
from qmsctl.core.model import Item
from qmsctl.message import Message, _


def check(item: Item, arguments: Any, context: Context) -> Iterator[Message]:
    """Each named field, in turn."""
    for name in arguments:
        if not item.has(name):
            yield _("“{label}” ({field}) is not filled in", label=label(item, name), field=name)
