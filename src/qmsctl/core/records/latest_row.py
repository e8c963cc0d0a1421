"""Which row of a data block is the latest: that of the latest day, wherever in the block somebody wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qmsctl.core.model import Item
from qmsctl.core.office.measuring_period import last_day
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.types.field import Field


def day_columns(block: Field | None) -> tuple[str, ...]:
    """The columns that say of when a row is: a period, a day that has come; where there is none of both, its first day."""
    columns = tuple(block.keys.values()) if block else ()
    periods = [each.name for each in columns if each.kind == "period"]
    come = [each.name for each in columns if each.kind == "date" and each.day is not None and each.day.come]
    return (*periods, *come) or tuple(each.name for each in columns if each.kind == "date")[:1]


def row_day(row: Mapping, columns: Sequence[str]) -> date | None:
    """The day in the first of the columns that holds one, of a period the last."""
    return next((day for name in columns if (day := last_day(row.text(name) or ""))), None)


def latest(rows: Sequence[Mapping], columns: Sequence[str]) -> Mapping | None:
    """The row of the latest day; of several, and where no row has one, that which was written last."""
    return max(reversed(rows), key=lambda row: row_day(row, columns) or date.min, default=None)


def latest_row(item: Item, block: str) -> Mapping | None:
    """The row of the latest day in a block, by what its type says of its columns."""
    return latest(tuple(item.block_rows(block)), day_columns(item.type.blocks.get(block)))
