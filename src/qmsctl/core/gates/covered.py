"""``covered: {set: units, block: grid, column: unit}`` — every member of a configured set is named.

Sets are ``units``, ``clauses`` (those in scope of the first standard), a list of words under ``set``, or
such lists by edition, of which those of the office's editions count. Members are named in a ``field`` or in
a ``column`` of a ``block``.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import PLACE, PLACED, Context, Lack, label, named, one_more_row, with_label
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.standards.applicability import applicable_clauses
from qmsctl.core.types.field import Field
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.message import _

TAKES = Arguments({"set": Argument(Written.MEMBERS, needed=True), **PLACE}, PLACED)


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """One sentence with all members that are left out."""
    wanted = members_of(arguments["set"], context)
    present = set(named(item, arguments))
    left_out = tuple(each for each in wanted if each not in present and not _within(each, present))
    if not left_out:
        return
    described = _described(item, arguments)
    members = tuple(with_label(each, described) for each in _in_short(left_out, wanted))
    if "field" in arguments:
        yield Lack(_("“{label}” ({field}) leaves out {members}", label=label(item, arguments["field"]), field=arguments["field"], members=members),
                   give(item, arguments["field"], ",".join(left_out), more=True))
    else:
        block, column = arguments["block"], arguments["column"]
        way = one_more_row(item, block, {column: left_out[0]}, context)
        yield Lack(_("the table “{label}” ({block}) leaves out {members}", label=label(item, block), block=block, members=members), way)


def _in_short(left_out: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The members, or the clause above them where all below it that is wanted is left out."""
    covered = set(wanted) - set(left_out)
    found: dict[str, None] = {}
    for each in left_out:
        above = [each[:place] for place, sign in enumerate(each) if sign == "."]
        whole = (clause for clause in above if not any(other.startswith(f"{clause}.") for other in covered))
        found[next(whole, each)] = None
    return tuple(found)


def _described(item: Item, arguments: Any) -> Field | None:
    block = item.type.blocks.get(arguments.get("block", ""))
    return block.keys.get(arguments["column"]) if block else item.type.fields.get(arguments.get("field", ""))


def members_of(wanted: Any, context: Context) -> tuple[str, ...]:
    """The members of a set, as the arguments of the gate write it."""
    standards = context.library.standards
    if isinstance(wanted, dict):
        return tuple(dict.fromkeys(each for standard in standards for each in wanted.get(standard.id, ())))
    if not isinstance(wanted, str):
        return tuple(wanted)
    if wanted == "units":
        return tuple(unit.id for unit in context.library.config.units)
    return applicable_clauses(standards[0], context.library.config) if standards else ()


def _within(clause: str, named: set[str]) -> bool:
    """True if a clause above this one is named."""
    while "." in clause:
        clause = clause.rpartition(".")[0]
        if clause in named:
            return True
    return False
