"""The day on which a record was opened, by which its type is told where that was loosened since."""

from __future__ import annotations

from datetime import date

from qmsctl.core.model import Item
from qmsctl.value import replace

_TODAY = "{today}"


def opened_on(record: Item) -> date | None:
    """The day that ``new`` wrote into the record, else the first it names; ``None`` where it names none."""
    dates = [field for field in record.type.fields.values() if field.kind == "date"]
    written = (record.day(field.name) for field in dates if field.default == _TODAY)
    first = next((day for day in written if day), None)
    return first or min((day for field in dates if (day := record.day(field.name))), default=None)


def by_its_day(item: Item) -> Item:
    """The item, of a type that was another one before, with that as it was for what was opened on its day."""
    return replace(item, type=item.type.as_of(opened_on(item)))
