"""``differ: {person: verifier, from: [owner, actions.owner]}`` — different persons.

A name with a dot reaches one link away: the field ``owner`` of every record named in ``actions``. With ``block:
participants, column: person, where: {attended: ["yes"]}`` nobody in such rows may be the person either; where everybody in the office is
in them, that is no more than a warning.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.diagnostic import Severity
from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.gates.rows import selected
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.records.elapsing import reach
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
            for holder in reach(item, other, context.library):
                if person in holder.texts(other.rpartition(".")[2]):
                    message = _("{name} may not be “{label}” here, being “{other}” of {id}", name=people.name(person),
                                label=label(item, own), other=label(holder, other.rpartition(".")[2]), id=holder.id)
                    yield Lack(message, give(item, own), separates=True)
        there = _in_rows(item, arguments)
        if person in there:
            alone = all(each.id in there for each in people.all if each.is_present(context.day))
            yield Lack(_("{name} may not be “{label}” here, being named in “{other}” ({block})", name=people.name(person),
                         label=label(item, own), other=label(item, arguments["block"]), block=arguments["block"]),
                       give(item, own), severity=Severity.WARNING if alone else None, separates=True)


def _in_rows(item: Item, arguments: Any) -> frozenset[str]:
    """The persons in the column of the rows that count."""
    if not {"block", "column"} <= arguments.keys():
        return frozenset()
    rows = (row for row in item.block_rows(arguments["block"]) if selected(row, arguments.get("where", {})))
    return frozenset(person for row in rows if (person := row.text(arguments["column"])))
