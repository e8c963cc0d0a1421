"""``linked: {field: actions, in: [done], aside: [cancelled]}`` — all linked records are in some states.

``where`` narrows to records whose fields have certain values; with ``some: true`` there has to be
at least one such record. Records in a state of ``aside`` do not count.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.approval import binds, day_of
from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.model import Item
from qmsctl.message import _


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Every record named in the field."""
    name = arguments["field"]
    counted = 0
    for linked_id in item.texts(name):
        linked = context.library.by_id.get(linked_id)
        if linked is None:
            yield Lack(_("{id}, named in “{field}”, does not exist", id=linked_id, field=name), (f"{name}=…",))
        elif linked.status not in arguments.get("aside", ()) and selected(linked, arguments):
            counted += 1
            if not stood(linked, arguments["in"], context):
                yield behind(linked, arguments["in"])
    if not counted and arguments.get("some") == "true":
        where = tuple(f"{key}: {' | '.join(values)}" for key, values in arguments.get("where", {}).items())
        message = _("“{label}” ({field}) has to name at least one with {where}", label=label(item, name), field=name, where=where)
        yield Lack(message, (f"{name}+=…",))


def stood(linked: Item, states: tuple[str, ...], context: Context) -> bool:
    """True if the record is in one of ``states``, or was signed into one by the day of the gate."""
    if linked.status in states:
        return True
    config = context.library.config
    return any(
        dossier.state in states and any(binds(s, dossier) and day_of(s, config) <= context.day for s in dossier.signoffs)
        for dossier in context.library.dossiers.get(linked.id, ())
    )


def behind(linked: Item, wanted: tuple[str, ...]) -> Lack:
    """The lack of a linked record that is not yet in one of the states ``wanted``."""
    message = _("{id} is “{status}”; it has to be {wanted}", id=linked.id, status=status_label(linked, linked.status),
                wanted=tuple(status_label(linked, each) for each in wanted))  # fmt: skip
    step = next_step(linked, wanted)
    if step is None:
        return Lack(message, mend=_("see what holds it up: qmsctl show {id}", id=linked.id))
    return Lack(message, mend=_("qmsctl advance {id} {state}", id=linked.id, state=step))


def next_step(record: Item, wanted: tuple[str, ...]) -> str | None:
    """The first state on the shortest way from the record's own to one of ``wanted``, if there is a way."""
    states = record.type.states
    current = states.get(record.status or "")
    ways = {state: state for state in current.to} if current else {}
    for reached in (queue := list(ways)):
        if reached in wanted:
            return ways[reached]
        for following in states[reached].to if reached in states else ():
            if following not in ways:
                ways[following] = ways[reached]
                queue.append(following)
    return None


def selected(linked: Item, arguments: Any) -> bool:
    """True if the fields of ``linked`` have the values of ``where``."""
    return all(linked.text(key) in values for key, values in arguments.get("where", {}).items())


def status_label(linked: Item, status: str | None) -> object:
    """A state as people call it."""
    state = linked.type.states.get(status or "")
    return state.label if state else status or "?"
