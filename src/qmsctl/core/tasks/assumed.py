"""What a new file says although nobody said it: choices that its type makes where none is made."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from qmsctl.core.model import Item
from qmsctl.core.tasks.next_step import giving_command
from qmsctl.mend import HOLE, Assignment
from qmsctl.message import Message, _


def assumed(made: Item, given: Collection[str]) -> Iterator[Message]:
    """The choices that were not ``given`` and that the file has to have, and the command that makes others."""
    taken = {
        name: Message("{field}: {value}", {"field": each.label, "value": value})
        for name, each in made.type.fields.items()
        if each.required and name not in given and (value := each.values.get(each.default or "")) and made.text(name) == each.default
    }
    if taken:
        otherwise = giving_command(made, [Assignment(name, HOLE) for name in taken])
        yield _("assumed, because nothing was said: {values}; if it is otherwise: {mend}", values=tuple(taken.values()), mend=otherwise)
