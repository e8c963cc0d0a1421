"""``linking: {field: finding, type: nonconformity, in: [closed]}`` — all records that link back.

Every record of ``type`` that names this one in ``field`` is in one of the states of ``in``;
``aside`` and ``some`` are as for ``linked``.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context
from qmsctl.core.gates.linked import selected, status_label
from qmsctl.core.model import Item
from qmsctl.message import Message, _


def check(item: Item, arguments: Any, context: Context) -> Iterator[Message]:
    """Every record that names ``item`` in the field."""
    counted = 0
    for other in context.library.by_type.get(arguments["type"], ()):
        named = item.id in other.texts(arguments["field"])
        if named and other.status not in arguments.get("aside", ()) and selected(other, arguments):
            counted += 1
            if other.status not in arguments["in"]:
                yield _("{id} is “{status}”; it has to be {wanted}", id=other.id, status=status_label(other, other.status),
                        wanted=tuple(status_label(other, each) for each in arguments["in"]))  # fmt: skip
    if not counted and arguments.get("some") == "true":
        yield _("no {type} names this record in “{field}”", type=arguments["type"], field=arguments["field"])
