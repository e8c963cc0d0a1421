"""``linking: {field: finding, type: nonconformity, in: [closed]}`` — all records that link back.

Every record of ``type`` that names this one in ``field`` is in one of the states of ``in``;
``aside`` and ``some`` are as for ``linked``; ``command: nc log --from-finding`` makes such a record of this one.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack
from qmsctl.core.gates.linked import LINK, behind, selected, set_aside, status_label, stood
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
    kind, field = arguments["type"], arguments["field"]
    naming = [each for each in context.library.by_type.get(kind, ()) if item.id in each.texts(field)]
    counted = [each for each in naming if not set_aside(each, arguments, context) and selected(each, arguments)]
    for other in counted:
        if not stood(other, arguments["in"], context):
            yield behind(other, arguments["in"], context)
    if not counted and arguments.get("some") == "true":
        known = context.library.types.get(kind)
        told = {"type": known.label if known else kind, "field": field}
        others = tuple(_("{id} (“{status}”)", id=each.id, status=status_label(each, each.status)) for each in naming)
        message = (
            _("no “{type}” that counts names this record in “{field}”; not counted: {others}", others=others, **told)
            if others else _("no “{type}” names this record in “{field}”", **told)
        )
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
