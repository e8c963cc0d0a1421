"""The command that adds a row to a data block."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.library import Library
from qmsctl.core.types.field import Field
from qmsctl.mend import Assignment, Hole, Mend, Row, command


def example(column: Field, library: Library, text: str = "") -> str | Hole:
    """``text`` as a value of the column; without one today for a day, else a hole for somebody to fill."""
    if text:
        return f"[{text}]" if column.kind == "list" else text
    return library.today.isoformat() if column.kind == "date" else Hole(many=column.kind == "list")


def one_more(block: str, row: Mapping[str, str | Hole]) -> Assignment:
    """``block+={column: value, …}``."""
    return Assignment(block, Row(tuple(row.items())), more=True)


def row_command(subject: str | Hole, block: Field, row: Mapping[str, str | Hole]) -> Mend:
    """``qmsctl set ID "block+={column: value, …}"`` with these values."""
    return command("set", subject, sets=[one_more(block.name, row)])
