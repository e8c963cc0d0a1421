"""The records that a review or a report counts: which, their types say under ``counted``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.office.measuring_period import last_day
from qmsctl.core.records.record_days import moved_day
from qmsctl.core.text.nodes import Mapping, texts
from qmsctl.core.text.values import read_bool, read_date
from qmsctl.core.types.count import Count
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType

ALWAYS = Period()


def counted(library: Library, consumer: str, figure: str, period: Period = ALWAYS) -> tuple[Item, ...]:
    """The records that count for a figure of :data:`~qmsctl.core.types.count.FIGURES`; none that was given up."""
    found = (_rows(each, library, consumer, figure, period) for each in shown(library, consumer, figure))
    return tuple({item.path: item for rows in found for item, _row in rows}.values())


def counted_ids(library: Library, consumer: str, figure: str, period: Period = ALWAYS) -> tuple[str, ...]:
    """The ids of the records that count."""
    return tuple(each.id for each in counted(library, consumer, figure, period))


def counted_rows(library: Library, consumer: str, figure: str, period: Period = ALWAYS) -> tuple[tuple[Item, Mapping], ...]:
    """The rows that count, each with the record it stands in."""
    found = (_rows(each, library, consumer, figure, period) for each in shown(library, consumer, figure))
    return tuple((item, row) for rows in found for item, row in rows if row is not None)


def shown(library: Library, consumer: str, figure: str) -> Iterator[Item]:
    """Everything of the types that count, whatever it is like."""
    for name in sorted(library.by_type):
        items = library.by_type[name]
        if items[0].type.counted_as(consumer, figure):
            yield from items


def is_counted(record: Item, library: Library, consumer: str, figure: str, period: Period = ALWAYS) -> bool:
    """True if the record, or a row of it, counts for the figure."""
    return any(True for _pair in _rows(record, library, consumer, figure, period))


def stands(record: Item, consumer: str, figure: str) -> bool:
    """True for a record in a state that its type names for the figure."""
    return any(record.status in each.states for each in record.type.counted_as(consumer, figure))


def types_of(library: Library, consumer: str, figure: str) -> tuple[RecordType, ...]:
    """The types whose records count, by name."""
    return tuple(each for each in library.types.all() if each.counted_as(consumer, figure))


def _rows(record: Item, library: Library, consumer: str, figure: str, period: Period) -> Iterator[tuple[Item, Mapping | None]]:
    """The record with each of its rows that count; with no row where it counts as a whole."""
    for count in record.type.counted_as(consumer, figure):
        if not _fits(record, count, library):
            continue
        rows = record.block_rows(count.block) if count.block else (None,)
        yield from ((record, row) for row in rows if _is_of(record, row, count, period))


def _fits(record: Item, count: Count, library: Library) -> bool:
    """True if the record's own fields are as the entry asks, the day apart."""
    late = moved_day(record, count.late) if count.late else None
    return (
        not record.is_given_up
        and (not count.states or record.status in count.states)
        and not (count.open and library.is_closed(record))
        and all(_has(record.type.fields[name], record.texts(name), values) for name, values in count.when.items())
        and not any(record.has(name) for name in count.without)
        and (count.late is None or (late is not None and late < library.today))
        and (bool(count.states) or not _lies_ahead(record, count, library))
    )


def _lies_ahead(record: Item, count: Count, library: Library) -> bool:
    """True if the day that counts belongs to a state to which the record has yet to come: it tells what is meant to be."""
    field = record.type.fields.get(count.on or "") if count.block is None else None
    if field is None or field.state is None or library.is_closed(record):
        return False
    return field.state not in {state.id for state in record.type.chain(record.status or "")}


def _is_of(record: Item, row: Mapping | None, count: Count, period: Period) -> bool:
    """True if the row is as the entry asks, and the day lies in the period."""
    columns = record.type.blocks[count.block].keys if count.block else {}
    if row is not None and not all(_has(columns[name], texts(row.entries.get(name)), values) for name, values in count.where.items()):
        return False
    if count.on is None:
        return True
    if row is not None and count.on in columns:
        day = _day(columns[count.on], row.text(count.on) or "")
    else:
        day = _day(record.type.fields[count.on], record.text(count.on) or "")
    return day is not None and period.covers(day)


def _has(field: Field, found: tuple[str, ...], values: tuple[str, ...]) -> bool:
    if field.kind == "bool":
        return any(read_bool(text) is read_bool(value) for text in found if read_bool(text) is not None for value in values)
    return any(text in values for text in found)


def _day(field: Field, text: str) -> date | None:
    """The day, or the last one of a period where the field is no date."""
    return read_date(text) if field.kind == "date" else last_day(text)
