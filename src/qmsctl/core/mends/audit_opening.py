"""The command that makes the audit of a row in which it was planned."""

from __future__ import annotations

from qmsctl.core.model import Item
from qmsctl.mend import HOLE, Mend, command


def opening(programme: str, unit: str) -> Mend:
    """The command that makes the audit of a row, which then names it."""
    return command("audit open", programme, unit=unit, date=HOLE)


def opening_of(item: Item, block: str, row: int, column: str) -> Mend | None:
    """The same for the cell of a row, counted from 1, where a gate asks what was planned in such rows; ``None`` for other cells."""
    asked = (gate.arguments for state in item.type.states.values() for gate in state.gates if gate.operator == "asked")
    if not any((each["block"], each["by"]) == (block, column) for each in asked):
        return None
    return opening(item.id, list(item.block_rows(block))[row - 1].text("unit") or "")
