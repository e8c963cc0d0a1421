"""``covered: {set: units, block: grid, column: unit}`` — every member of a configured set is named.

Sets are ``units``, ``clauses`` (those in scope of the first standard), or a list of words under
``set``. Members are named in a ``field`` or in a ``column`` of a ``block``.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.applicability import applicable_clauses
from qmsctl.core.gates import Context, Lack
from qmsctl.core.model import Item
from qmsctl.core.nodes import texts
from qmsctl.message import _


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """One sentence with all members that are left out."""
    wanted = _wanted(arguments["set"], context)
    if "block" in arguments:
        column = arguments["column"]
        named = {text for row in item.block_rows(arguments["block"]) for text in texts(row.entries.get(column))}
    else:
        named = set(item.texts(arguments["field"]))
    left_out = tuple(each for each in wanted if each not in named and not _within(each, named))
    if left_out:
        sets = () if "block" in arguments else (f"{arguments['field']}+={','.join(left_out)}",)
        yield Lack(_("not covered: {members}", members=left_out), sets)


def _wanted(name: Any, context: Context) -> tuple[str, ...]:
    if not isinstance(name, str):
        return tuple(name)
    if name == "units":
        return tuple(unit.id for unit in context.library.config.units)
    standards = context.library.standards
    return applicable_clauses(standards[0], context.library.config) if standards else ()


def _within(clause: str, named: set[str]) -> bool:
    """True if a clause above this one is named."""
    while "." in clause:
        clause = clause.rpartition(".")[0]
        if clause in named:
            return True
    return False
