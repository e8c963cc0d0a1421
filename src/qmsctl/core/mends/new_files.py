"""What is not there yet, since the command that would make it was refused: files, and rows of files."""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.core.model import Item
from qmsctl.mend import HOLE, Addition, Assignment, Command, Hole


def addition_for(item: Item | None, sets: Sequence[Assignment]) -> Addition:
    """What the command that makes a file lacks: who it is for, where a field is of whoever acts and nobody is known."""
    own = {each.name for each in sets if item and each.value == HOLE and not item.has(each.name) and _is_of_actor(item, each.name)}
    left = tuple(each for each in sets if each.name not in own)
    return Addition(left, (("by", Hole("person")),) if own else ())


def _is_of_actor(item: Item, name: str) -> bool:
    field = item.type.fields.get(name)
    return field is not None and field.default == "{me}"


def cell_of_new_row(step: Command, known: Item) -> tuple[str, int, str] | None:
    """The block, row and column of a cell that a command sets, if its row is one that the edit would have added."""
    for each in step.sets:
        block, _dot, rest = each.name.partition(".")
        number, _dot, column = rest.partition(".")
        if column and number.isdecimal() and block in known.type.blocks and int(number) > sum(1 for _row in known.block_rows(block)):
            return block, int(number), column
    return None
