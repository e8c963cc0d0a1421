"""The register of records: what must be kept, where and how long, and what the system holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.office.duration_words import retention
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.core.records.record_days import days_of, in_period
from qmsctl.core.records.retention import longest, retention_lines
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Label
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cell import Piece, Shown, pieces
from qmsctl.reports.parts.state import State, record_state
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A line of a ``records`` block, with the document it stands in."""

    name: str
    form: tuple[Piece, ...]
    place: tuple[Piece, ...]
    keeper: tuple[Piece, ...]
    medium: tuple[Piece, ...]
    retention: tuple[Piece, ...]
    basis: tuple[Piece, ...]
    disposal: tuple[Piece, ...]
    clauses: tuple[Piece, ...]
    document: str


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record in the repository."""

    id: str
    anchor: str
    title: str
    day: date | None
    state: State | None


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """The records of one type, with how long they are kept."""

    anchor: str
    label: Label
    retention: Shown
    rows: tuple[HeldRecord, ...]


def kept_records(library: Library) -> tuple[KeptRecord, ...]:
    """What the documents in force ask to be kept, by document."""
    return tuple(kept(row, item, library) for item in texts_in_force(library) for row in item.block_rows("records"))


def kept(row: Mapping, item: Item, library: Library) -> KeptRecord:
    """A row of a ``records`` block of ``item``."""
    columns = item.type.blocks["records"].keys

    def cell(name: str) -> tuple[Piece, ...]:
        column = columns.get(name) or Field(name, "text", Label({"en": name}))
        return pieces(column, row.entries.get(name), library)

    return KeptRecord(
        name=row.text("name") or "",
        form=cell("form"),
        place=cell("place"),
        keeper=cell("keeper"),
        medium=cell("medium"),
        retention=cell("retention"),
        basis=cell("basis"),
        disposal=cell("disposal"),
        clauses=cell("clauses"),
        document=item.id,
    )


def held_records(library: Library) -> tuple[HeldGroup, ...]:
    """The records of the system by type, each type's by id."""
    return tuple(_groups(library, library.records))


def further_records(library: Library, period: Period) -> tuple[HeldGroup, ...]:
    """The records an audit report tells of, without those that have a table of their own there."""
    records = (item for item in library.records if not _has_own_table(item.type) and told(item, period, library))
    return tuple(_groups(library, records))


def _has_own_table(kind: RecordType) -> bool:
    return any(each.consumer == "report audit" for each in kind.counts)


def told(record: Item, period: Period, library: Library) -> bool:
    """True for a record that is open, or that a day of the period concerns."""
    return not library.is_closed(record) or in_period(record, period, library)


def _groups(library: Library, records: Iterable[Item]) -> Iterator[HeldGroup]:
    found: dict[str, list[Item]] = {}
    lines = retention_lines(library)
    for record in records:
        found.setdefault(record.type.name, []).append(record)
    for name in sorted(found):
        items = sorted(found[name], key=lambda i: i.id)
        type_ = items[0].type
        rows = tuple(_held(item, library) for item in items)
        yield HeldGroup(naming.anchor("type", name), type_.label, retention(longest(type_, lines).written), rows)


def _held(item: Item, library: Library) -> HeldRecord:
    state = record_state(item, library) if item.type.states else None
    return HeldRecord(item.id, naming.anchor("rec", item.id), item.title, _day(item, library), state)


def _day(item: Item, library: Library) -> date | None:
    """The first day the record names; when it is to be looked at again says nothing of it."""
    again = {item.day(due.field) for due in item.type.dues if due.field and due.field in due.sets}
    return next((day for day in days_of(item, library) if day not in again), None)
