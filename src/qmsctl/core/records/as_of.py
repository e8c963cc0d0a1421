"""An office as its records tell it of a day that has gone by: nothing that came later is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from qmsctl.core.dossiers import Dossiers, OfSubject
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.measuring_period import last_day
from qmsctl.core.records.state_on import StateOn, begun_on, has_come, state_on
from qmsctl.core.text.fences import Block
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Node, Scalar, Sequence
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType
from qmsctl.value import replace

_END = time(23, 59, 59)


def as_of(library: Library, day: date) -> Library:
    """The library at the end of ``day``; the same where that day has not gone by.

    Records begun later are left out. Of the others the state is the last one that sign-offs and days prove, and what
    belongs to later states, days that had not come and rows begun on such days are not there.
    """
    if day >= library.today:
        return library
    items = tuple(found for item in library.items if (found := item if item.is_document else _record(item, day, library)))
    now = datetime.combine(day, _END, library.config.zone)
    return replace(library, today=day, now=now, items=items, dossiers=_dossiers(library, now), before=None, origin=None, _standings={})


def _dossiers(library: Library, now: datetime) -> Dossiers:
    def signed(dossiers: OfSubject) -> OfSubject:
        found = (replace(each, signoffs=tuple(s for s in each.signoffs if s.at <= now)) for each in dossiers)
        return tuple(each for each in found if each.signoffs)

    return library.dossiers.changed(signed)


def _record(record: Item, day: date, library: Library) -> Item | None:
    begun = begun_on(record)
    if begun is not None and begun > day:
        return None
    found = state_on(record, day, library)
    entries = dict(_entries(record, found, day))
    blocks = tuple(_block(block, record.type, day) for block in record.body.blocks)
    return replace(record, fields=record.fields._replace(entries=entries), body=record.body._replace(blocks=blocks))


def _entries(record: Item, found: StateOn, day: date) -> Iterator[tuple[str, Node]]:
    for name, node in record.fields.entries.items():
        field = record.type.fields.get(name)
        if name == "status" and isinstance(node, Scalar):
            yield name, node._replace(text=found.status or node.text)
        elif field is None or not (field.state in found.later or (has_come(field) and (record.day(name) or day) > day)):
            yield name, node


def _block(block: Block, kind: RecordType, day: date) -> Block:
    described = kind.blocks.get(block.name)
    if described is None or not isinstance(block.rows, Sequence):
        return block
    columns = tuple(_days(described, kind))
    ends = {name for due in kind.dues if due.block == block.name for name in due.unless}
    own = [name for name in columns if name not in ends]
    deciding = tuple(name for name in own if described.keys[name].required) or tuple(own[:1])
    rows = (row for row in block.rows.items if not isinstance(row, MappingNode) or not _is_later(row, deciding, day))
    return block._replace(rows=block.rows._replace(items=tuple(_without_later(row, columns, day) for row in rows)))


def _without_later(row: Node, columns: tuple[str, ...], day: date) -> Node:
    """A row without the days in it that had not come."""
    later = {name for name in columns if _is_later(row, (name,), day)} if isinstance(row, MappingNode) else set()
    return row._replace(entries={name: node for name, node in row.entries.items() if name not in later}) if later and isinstance(row, MappingNode) else row


def _days(block: Field, kind: RecordType) -> Iterator[str]:
    """The columns with the day a row is of; where a block moves a day, all but the one it is moved to tell when."""
    days = [name for name, column in block.keys.items() if column.kind == "date"]
    moves = block.name in {*(field.moved_by for field in kind.fields.values()), *(due.moved_by for due in kind.dues)}
    come = [name for name in days if has_come(block.keys[name])] or (days[1:] if moves else [])
    yield from come or (name for name, column in block.keys.items() if column.kind == "period")


def _is_later(row: MappingNode, columns: tuple[str, ...], day: date) -> bool:
    return any((found := last_day(row.text(name) or "")) is not None and found > day for name in columns)
