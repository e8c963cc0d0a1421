"""The rows that move a day of a record: until when, decided on which day and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.values import read_date
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Label
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Extension:
    """A row of the data block that moves a day; ``by`` is empty where nobody is named."""

    row: Mapping
    line: int
    until: date | None
    at: date | None
    by: str


def moving(kind: RecordType) -> Iterator[tuple[Field | None, Label, Field]]:
    """The data blocks whose rows move a day, each with the field it stands in, if any, and what the day is called."""
    for field in kind.fields.values():
        block = kind.blocks.get(field.moved_by or "")
        if block is not None:
            yield field, field.label, block
    for due in kind.dues:
        block = kind.blocks.get(due.moved_by or "")
        if block is not None:
            yield None, due.label, block


def extensions(record: Item, block: Field) -> Iterator[Extension]:
    """The rows in their order: the new day is in the first column of days, that of the decision in the second, who in the first of persons."""
    days = [name for name, column in block.keys.items() if column.kind == "date"]
    persons = [name for name, column in block.keys.items() if column.kind == "person"]
    for row in record.block_rows(block.name):
        until, at = (read_date(row.text(name)) for name in (*days, "", "")[:2])
        yield Extension(row, row.line, until, at, row.text(persons[0]) or "" if persons else "")


def last_extension(record: Item, block: Field) -> Extension | None:
    """The row by which the day stands now: of those that give one the decision of the latest day, of several the one written last."""
    rows = [row for row in extensions(record, block) if row.until]
    return max(reversed(rows), key=lambda row: row.at or date.min, default=None)
