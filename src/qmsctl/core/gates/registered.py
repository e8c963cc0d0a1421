"""``registered: {field: auditors, type: auditor, by: person, in: [current]}`` — everybody is on a register.

For each value of the field there is a record of ``type``, in one of the states of ``in``, that names it in
the field ``by``; a value may also be the id of such a record, for somebody who is not in ``people.yaml``.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.gates.linked import behind, stood
from qmsctl.core.model import Item
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import HOLE, Assignment, command
from qmsctl.message import _

TAKES = Arguments({
    "field": Argument(Written.TEXT, "field", needed=True),
    "type": Argument(Written.TEXT, "type", needed=True),
    "by": Argument(Written.TEXT, needed=True),
    "in": Argument(Written.TEXTS, needed=True),
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Every value of the field against the register."""
    register = context.library.by_type.get(arguments["type"], ())
    for name in item.texts(arguments["field"]):
        entries = [each for each in register if each.id == name or name in each.texts(arguments["by"])]
        if any(stood(each, arguments["in"], context) for each in entries):
            continue
        if entries:
            yield behind(entries[-1], arguments["in"], context)
            continue
        found = context.library.types.get(arguments["type"])
        message = _("{name}, named in “{label}” ({field}), is not in the register “{register}”",
                    name=context.library.people.name(name), label=label(item, arguments["field"]),
                    field=arguments["field"], register=found.label if found else arguments["type"])
        way = command("new", arguments["type"], title=HOLE, sets=[Assignment(arguments["by"], name)])
        yield Lack(message, way)
