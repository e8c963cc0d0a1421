"""``linking: {field: finding, type: nonconformity, in: [closed]}`` — all records that link back.

Every record of ``type`` that names this one in ``field`` is in one of the states of ``in``;
``aside`` and ``some`` are as for ``linked``; ``command: nc log --from-finding`` makes such a record of this one.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack
from qmsctl.core.gates.linked import LINK, behind, selected, set_aside, stood
from qmsctl.core.model import Item
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import HOLE, Assignment, Mend, command
from qmsctl.message import _

TAKES = Arguments({
    "field": Argument(Written.TEXT, needed=True),
    "type": Argument(Written.TEXT, "type", needed=True),
    "command": Argument(Written.TEXT),
    **LINK,
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Every record that names ``item`` in the field."""
    counts = False
    for other in context.library.by_type.get(arguments["type"], ()):
        named = item.id in other.texts(arguments["field"])
        if named and not set_aside(other, arguments, context) and selected(other, arguments):
            counts = True
            if not stood(other, arguments["in"], context):
                yield behind(other, arguments["in"])
    if not counts and arguments.get("some") == "true":
        kind, field = arguments["type"], arguments["field"]
        known = context.library.types.get(kind)
        message = _("no “{type}” names this record in “{field}”", type=known.label if known else kind, field=field)
        yield Lack(message, _made(item, arguments) or command("new", kind, title=HOLE, sets=[Assignment(field, item.id)]))


def _made(item: Item, arguments: Any) -> Mend | None:
    """The command that makes such a record, which takes the id as its operand or in its last option."""
    if "command" not in arguments:
        return None
    verb, _dash, option = arguments["command"].partition(" --")
    if not option:
        return command(verb, item.id)
    given: dict[str, Any] = {option: item.id}
    return command(verb, **given)
