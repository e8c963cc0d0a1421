"""``differ: {person: verifier, from: [owner, actions.owner]}`` — different persons.

A name with a dot reaches one link away: the field ``owner`` of every record named in ``actions``. With ``block:
participants, column: person, where: {attended: ["yes"]}`` nobody in such rows may be the person either.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.gates.rows import selected
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.message import _

TAKES = Arguments({
    "person": Argument(Written.TEXT, "field", needed=True),
    "from": Argument(Written.TEXTS, "field", reaches=True, needed=True),
    "block": Argument(Written.TEXT, "block"),
    "column": Argument(Written.TEXT),
    "where": Argument(Written.CHOICES),
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The person of the one field against those of the others."""
    own = arguments["person"]
    people = context.library.people
    for person in item.texts(own):
        for other in arguments["from"]:
            for holder in reach(item, other, context):
                if person in holder.texts(other.rpartition(".")[2]):
                    message = _("{name} may not be “{label}” here, being “{other}” of {id}", name=people.name(person),
                                label=label(item, own), other=label(holder, other.rpartition(".")[2]), id=holder.id)
                    yield Lack(message, give(item, own), separates=True)
        rows = tuple(item.block_rows(arguments["block"])) if {"block", "column"} <= arguments.keys() else ()
        if any(person == row.text(arguments["column"]) for row in rows if selected(row, arguments.get("where", {}))):
            yield Lack(_("{name} may not be “{label}” here, being named in “{other}” ({block})", name=people.name(person),
                         label=label(item, own), other=label(item, arguments["block"]), block=arguments["block"]), give(item, own), separates=True)


def reach(item: Item, name: str, context: Context) -> Iterator[Item]:
    """The item itself, or the records it names in the field before the dot."""
    link, dot, _field = name.rpartition(".")
    if not dot:
        yield item
        return
    for linked_id in item.texts(link):
        linked = context.library.by_id.get(linked_id)
        if linked:
            yield linked
