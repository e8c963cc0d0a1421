"""The days a record speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.proof.closing import last_closing, signed_states
from qmsctl.core.records.extensions import last_extension
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.text.values import read_date


def signed_on(record: Item, library: Library) -> date | None:
    """The last day on which the record was signed."""
    dossiers = library.dossiers.get(record.id, ())
    return max((day_of(each, library.config) for d in dossiers for each in d.signoffs), default=None)


def days_of(record: Item, library: Library) -> tuple[date, ...]:
    """The values of its date fields, the day it was last signed, and the dates in its data blocks."""
    written = (record.day(field.name) for field in record.type.fields.values() if field.kind == "date")
    return tuple(day for day in (*written, signed_on(record, library), *_in_blocks(record)) if day is not None)


def _in_blocks(record: Item) -> Iterator[date | None]:
    for name, block in record.type.blocks.items():
        columns = [key for key, column in block.keys.items() if column.kind == "date"]
        for row in record.block_rows(name) if columns else ():
            yield from (read_date(row.text(key)) for key in columns)


def closed_on(record: Item, library: Library) -> date | None:
    """The day a closed record was closed: that of its sign-off, else the last one it names."""
    if not library.is_closed(record):
        return None
    closing = last_closing(signed_states(record, library))
    if closing is not None and closing.state.id == record.status:
        return day_of(closing.signoff, library.config)
    past = [day for day in days_of(record, library) if day <= library.today]
    return max(past, default=None)


def in_period(record: Item, period: Period, library: Library) -> bool:
    """True if one of its days lies in the period, or if it names none."""
    days = days_of(record, library)
    return not days or any(period.covers(day) for day in days)


def moved_day(record: Item, field: str) -> date | None:
    """The day in a field, as the last decision in the block that moves it has it."""
    described = record.type.fields.get(field)
    block = record.type.blocks.get(described.moved_by) if described and described.moved_by else None
    last = last_extension(record, block) if block else None
    return last.until if last else record.day(field)
