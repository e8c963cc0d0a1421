"""Which records were made with measuring equipment, and on which days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.latest_row import row_day
from qmsctl.core.text.nodes import Mapping as Row
from qmsctl.core.text.values import read_date
from qmsctl.core.types.field import Field

TYPE, BLOCK = "equipment", "calibration"
GOOD = ("pass", "limited")


def measuring_equipment(library: Library) -> Mapping[str, Item]:
    """The equipment that measures, by id; types that extend it are among it."""
    found = (item for items in library.by_type.values() if items and items[0].type.is_a(TYPE) for item in items)
    return {item.id: item for item in found if item.text("kind") == "measuring"}


def used_in(record: Item, measuring: Mapping[str, Item]) -> Iterator[tuple[str, Item]]:
    """The equipment a record names, with the field in which it does."""
    types = {TYPE, *(each.type.name for each in measuring.values())}
    for field in record.type.fields_with("reference"):
        if types & set(_targets(field)):
            yield from ((field.name, measuring[each]) for each in record.texts(field.name) if each in measuring)


def _targets(field: Field) -> tuple[str, ...]:
    return tuple(name for part in (field, *field.of) for name in part.to)


def days_of_use(record: Item) -> tuple[date, ...]:
    """The days on which the record says it was used: that it was done, and those of its results."""
    rows = (read_date(row.text("date")) for name in record.type.blocks for row in record.block_rows(name))
    return tuple(sorted({day for day in (record.day("done"), *rows) if day}))


def calibrations(equipment: Item) -> tuple[tuple[date, Row], ...]:
    """The calibrations by their days, of one day in the order in which they were written."""
    rows = ((row_day(row, ("date",)), row) for row in equipment.block_rows(BLOCK))
    return tuple(sorted(((day, row) for day, row in rows if day), key=lambda each: each[0]))
