"""The command that adds a row to a data block, for hints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qmsctl.core.types.field import Field
from qmsctl.message import Message, _

if TYPE_CHECKING:
    from qmsctl.core.library import Library

_STANDS_FOR = {"person": "PERSON", "bool": "yes", "list": "[…]"}


def example(column: Field, text: str, library: Library) -> str:
    """``text`` as a value of the column; what stands for one where somebody has still to give it."""
    if text:
        return f"[{text}]" if column.kind == "list" else text
    return library.today.isoformat() if column.kind == "date" else _STANDS_FOR.get(column.kind, "…")


def row_command(subject: str, block: Field, row: Mapping[str, str]) -> Message:
    """``qmsctl set ID "block+={column: value, …}"`` with these values."""
    shown = ", ".join(f"{name}: {value}" for name, value in row.items())
    return _('qmsctl set {id} "{block}+={{{row}}}"', id=subject, block=block.name, row=shown)
