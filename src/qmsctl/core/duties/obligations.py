"""What has to be done by a day: the entries under ``due`` of each type, applied to its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.duration import Duration
from qmsctl.core.office.measuring_period import last_day
from qmsctl.core.records.extensions import last_extension
from qmsctl.core.records.latest_row import latest_row
from qmsctl.core.records.working_days import works
from qmsctl.core.text.nodes import Mapping, texts
from qmsctl.core.types.due import Due
from qmsctl.value import dataclass, replace

Works = Callable[[date], bool]
"""Whether the office works on a day."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something to be done by ``day``. ``line`` is where the day stands, in a row the ``row``-th of its block.

    ``owner`` is the id of a person, role or unit, empty where nobody is named.
    """

    record: Item
    due: Due
    day: date
    line: int
    owner: str
    title: str
    row: int | None = None


def obligations(library: Library) -> Iterator[Obligation]:
    """Everything that is due or will be, type by type."""
    is_worked = works(library)
    for records in library.by_type.values():
        kind = records[0].type
        if not kind.dues:
            continue
        last = {place: _latest(records, due) for place, due in enumerate(kind.dues) if due.latest_of is not None}
        for record in records:
            dues = (d for place, d in enumerate(kind.dues) if place not in last or record.id in last[place])
            counting = [counted for due in dues if (counted := _with_period(due, record, library))]
            for found in _of_record(record, counting, is_worked):
                unit = library.config.unit(found.title) if found.row is not None else None
                yield replace(found, title=unit.name) if unit else found


def _with_period(due: Due, record: Item, library: Library) -> Due | None:
    """The entry with the period that the office gives for the record; ``None`` where it gives none."""
    if due.setting is None:
        return due
    given = library.config.periods.get(due.setting, {}).get(record.text(due.by or "") or "")
    return replace(due, every=str(given)) if given else None


def _of_record(record: Item, dues: Sequence[Due], is_worked: Works) -> Iterator[Obligation]:
    """What is due in one record; of several entries with one label the earliest, rows aside."""
    by_label: dict[str, Obligation] = {}
    for due in dues:
        if not counts(record, due):
            continue
        for found in _found(record, due, is_worked):
            if due.unless:
                yield found
            elif (known := by_label.get(str(due.label))) is None or found.day < known.day:
                by_label[str(due.label)] = found
    yield from by_label.values()


def counts(record: Item, due: Due) -> bool:
    """True if the record is in a state, and has the values, for which the entry is meant."""
    state = record.type.states.get(record.status or "")
    if state is None or (state.id not in due.states if due.states else state.final):
        return False
    return has_values(record, due)


def has_values(record: Item, due: Due) -> bool:
    """True if the fields have the values of ``when``."""
    return all(set(record.texts(name)) & set(values) for name, values in due.when.items())


def _latest(records: Iterable[Item], due: Due) -> frozenset[str]:
    """The ids of the records after which none came: neither a later one nor one begun that will take its place."""
    chosen = [record for record in records if has_values(record, due) and not record.is_given_up]
    followed = {named for each in chosen for field in each.type.fields_with("reference") for named in each.texts(field.name)}
    groups: dict[tuple[tuple[str, ...], ...], list[Item]] = {}
    for record in chosen:
        groups.setdefault(tuple(record.texts(name) for name in due.latest_of or ()), []).append(record)
    last: set[str] = set()
    for group in groups.values():
        reached = [each for each in group if counts(each, due)]
        begun = any(_is_open(each) and not counts(each, due) for each in group)
        if reached and not begun:
            last.add(max(reached, key=lambda each: (_day_in(each, due) or date.min, each.id)).id)
    return frozenset(last - followed)


def _is_open(record: Item) -> bool:
    state = record.type.states.get(record.status or "")
    return state is not None and not state.final


def _day_in(record: Item, due: Due) -> date | None:
    return record.day(due.field) if due.field else None


def _found(record: Item, due: Due, is_worked: Works) -> Iterator[Obligation]:
    if due.block and due.unless:
        yield from _rows(record, due, due.block, is_worked)
        return
    found = _in_block(record, due, due.block) if due.block else _in_field(record, due.field or "")
    day = _due_day(record, due, found[0], is_worked) if found else None
    if found and day:
        moved = _moved(record, due.moved_by)
        yield Obligation(record, due, moved[0] if moved else day, moved[1] if moved else found[1], _owner(record, due), record.title)


def _moved(record: Item, name: str | None) -> tuple[date, int] | None:
    """The day to which the rows of a data block have moved another, and its line."""
    block = record.type.blocks.get(name or "")
    last = last_extension(record, block) if block else None
    return (last.until, last.line) if last and last.until else None


def _rows(record: Item, due: Due, block: str, is_worked: Works) -> Iterator[Obligation]:
    """Every row in which nothing says yet that it is done."""
    for number, row in enumerate(record.block_rows(block), 1):
        is_meant = all(set(texts(row.entries.get(name))) & set(values) for name, values in due.where.items())
        found = _in_row(row, due) if is_meant and not any(row.text(name) for name in due.unless) else None
        if found:
            owner = row.text(due.owner or "") or _owner(record, due)
            day = _due_day(record, due, found[0], is_worked) or found[0]
            yield Obligation(record, due, day, found[1], owner, _said(record, due, block, row), number)


def _in_row(row: Mapping, due: Due) -> tuple[date, int] | None:
    """The day in the first filled column, and its line."""
    column = next((name for name in due.columns if row.text(name)), None)
    day = last_day(row.text(column) or "") if column else None
    return (day, row.key_lines[column]) if day and column else None


def _said(record: Item, due: Due, block: str, row: Mapping) -> str:
    """What a row is about: its first text or unit that has to be there, the day aside."""
    columns = {name: each for name, each in record.type.blocks[block].keys.items() if name not in due.columns}
    return next((row.text(name) or "" for name, each in columns.items() if each.required and each.kind in ("text", "unit")), record.title)


def _in_field(record: Item, name: str) -> tuple[date, int] | None:
    """The day in a field, as last moved by the block that moves it, and its line."""
    day = last_day(record.text(name) or "")
    found = (day, record.line(name)) if day else None
    return _moved(record, record.type.fields[name].moved_by) or found


def _in_block(record: Item, due: Due, block: str) -> tuple[date, int] | None:
    """The day in the latest row, with ``every`` the latest of all; that in ``since`` while there is none."""
    if due.every is None:
        row = latest_row(record, block)
        return _in_row(row, due) if row else None
    known = [found for row in record.block_rows(block) if (found := _in_row(row, due))]
    start = record.day(due.since) if due.since and not known else None
    return max(known, default=(start, record.line(due.since or "")) if start else None)


def _due_day(record: Item, due: Due, day: date, is_worked: Works) -> date | None:
    """``day``, so much later as ``every`` and ``grace`` say; ``None`` where the field has no duration."""
    if due.every is not None:
        every = Duration.parse(due.every) or Duration.parse(record.text(due.every) or "")
        if every is None:
            return None
        day = every.after(day, is_worked)
    return due.grace.after(day, is_worked) if due.grace else day


def _owner(record: Item, due: Due) -> str:
    """Whoever the entry's own field names, else the owner of the record."""
    named = record.texts(due.owner) if due.owner and due.owner in record.type.fields else ()
    return next(iter(named), record.text("owner") or "")
