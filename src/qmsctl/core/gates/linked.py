"""``linked: {field: actions, in: [done], aside: [cancelled]}`` — all linked records are in some states.

``where`` narrows to records whose fields have certain values; with ``some: true`` there has to be
at least one such record. Records in a state of ``aside`` do not count.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, label
from qmsctl.core.model import Item
from qmsctl.message import Message, _


def check(item: Item, arguments: Any, context: Context) -> Iterator[Message]:
    """Every record named in the field."""
    name = arguments["field"]
    counted = 0
    for linked_id in item.texts(name):
        linked = context.library.by_id.get(linked_id)
        if linked is None:
            yield _("{id}, named in “{field}”, does not exist", id=linked_id, field=name)
        elif linked.status not in arguments.get("aside", ()) and selected(linked, arguments):
            counted += 1
            if linked.status not in arguments["in"]:
                yield _("{id} is “{status}”; it has to be {wanted}", id=linked_id, status=status_label(linked, linked.status),
                        wanted=tuple(status_label(linked, each) for each in arguments["in"]))  # fmt: skip
    if not counted and arguments.get("some") == "true":
        where = tuple(f"{key}: {' | '.join(values)}" for key, values in arguments.get("where", {}).items())
        yield _("“{label}” ({field}) has to name at least one with {where}", label=label(item, name), field=name, where=where)


def selected(linked: Item, arguments: Any) -> bool:
    """True if the fields of ``linked`` have the values of ``where``."""
    return all(linked.text(key) in values for key, values in arguments.get("where", {}).items())


def status_label(linked: Item, status: str | None) -> object:
    """A state as people call it."""
    state = linked.type.states.get(status or "")
    return state.label if state else status or "?"
