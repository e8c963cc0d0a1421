"""``linked: {field: actions, in: [done], aside: [cancelled]}`` — all linked records are in some states.

``block`` and ``column`` in place of ``field`` name the records in rows. ``where`` narrows to records whose
fields have certain values; with ``some: true`` there has to be at least one such record. Records in a state
of ``aside`` do not count.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import PLACE, PLACED, Context, Lack, label, named
from qmsctl.core.mends.begin import begin_linked, kinds_of
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.signoffs.approval import binds, day_of
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import Mend, command
from qmsctl.message import Message, _

LINK = {
    "in": Argument(Written.TEXTS, needed=True),
    "aside": Argument(Written.TEXTS),
    "where": Argument(Written.CHOICES),
    "some": Argument(Written.FLAG),
}
"""Which records count, of those that are linked."""

TAKES = Arguments({**PLACE, **LINK}, PLACED)


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Every record named in the field."""
    name = arguments.get("field") or arguments["block"]
    counts = False
    others: list[Item] = []
    for linked_id in named(item, arguments):
        linked = context.library.by_id.get(linked_id)
        if linked is None:
            yield Lack(_("{id}, named in “{field}”, does not exist", id=linked_id, field=name), _put(item, arguments))
        elif not set_aside(linked, arguments, context) and selected(linked, arguments):
            counts = True
            if not stood(linked, arguments["in"], context):
                yield behind(linked, arguments["in"], context)
        elif selected(linked, arguments):
            others.append(linked)
    if not counts and arguments.get("some") == "true":
        ways = (_step_to(each, arguments["in"], context) for each in others)
        way = next(filter(None, ways), None) or begin_linked(item, name, arguments.get("where", {}), context.library)
        yield Lack(_none(item, name, arguments, context), way or _put(item, arguments, more=True))


def _none(item: Item, name: str, arguments: Any, context: Context) -> Message:
    """The sentence for when no record counts."""
    where = tuple(f"{key}: {' | '.join(values)}" for key, values in arguments.get("where", {}).items())
    if where:
        return _("“{label}” ({field}) has to name at least one with {where}", label=label(item, name), field=name, where=where)
    known = next((found.states for kind in kinds_of(item, name) if (found := context.library.types.get(kind))), {})
    states = tuple(known[each].label if each in known else each for each in arguments["in"])
    return _("“{label}” ({field}) has to name at least one that is {states}", label=label(item, name), field=name, states=states)


def _put(item: Item, arguments: Any, *, more: bool = False) -> Mend | None:
    """The assignment that names other records; a row is corrected in the text."""
    return give(item, arguments["field"], more=more) if "field" in arguments else None


def stood(linked: Item, states: tuple[str, ...], context: Context) -> bool:
    """True if the record is in one of ``states``, was signed into one by the day of the gate, or has left it since."""
    if linked.status in states:
        return True
    before = linked.type.chain(linked.status or "")[-2:-1]
    if any(each.id in states for each in before) and _signed_later(linked, context):
        return True
    config = context.library.config
    return any(
        dossier.state in states and any(binds(s, dossier) and day_of(s, config) <= context.day for s in dossier.signoffs)
        for dossier in context.library.dossiers.get(linked.id, ())
    )


def set_aside(linked: Item, arguments: Any, context: Context) -> bool:
    """True if the record is in a state that does not count, and was not signed into it only later."""
    return linked.status in arguments.get("aside", ()) and not _signed_later(linked, context)


def _signed_later(linked: Item, context: Context) -> bool:
    """True if the record came into its state by sign-offs after the day of the gate."""
    signed = [s for d in context.library.dossiers.get(linked.id, ()) if d.state == linked.status for s in d.signoffs if binds(s, d)]
    return bool(signed) and all(day_of(each, context.library.config) > context.day for each in signed)


def behind(linked: Item, wanted: tuple[str, ...], context: Context) -> Lack:
    """The lack of a linked record that is not yet in one of the states ``wanted``."""
    message = _("{id} is “{status}”; it has to be {wanted}", id=linked.id, status=status_label(linked, linked.status),
                wanted=tuple(status_label(linked, each) for each in wanted))
    return Lack(message, _step_to(linked, wanted, context) or see(linked.id))


def see(subject: str) -> Mend:
    """A look at what keeps a document or record where it is."""
    return command("show", subject).in_order_to(_("see what holds it up"))


def _step_to(linked: Item, wanted: tuple[str, ...], context: Context) -> Mend | None:
    """The command that takes a record one step nearer to one of the states ``wanted``."""
    from qmsctl.core.mends.advancing import advance_command

    step = next_step(linked, wanted)
    return advance_command(linked, linked.type.states[step], context.library) if step else None


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
