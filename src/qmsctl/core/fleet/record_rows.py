"""Rows of records: where each stands and since when, the states it went through, and complaints that are only counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.duties.obligations import obligations
from qmsctl.core.fleet.kinds import Row, row
from qmsctl.core.fleet.subjects import Subjects, chosen, is_statutory
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import signed_states
from qmsctl.core.records.objective import AT_MOST, is_measured, progress
from qmsctl.core.records.record_days import closed_on, moved_day
from qmsctl.core.records.state_on import begun_on, days_reached
from qmsctl.core.signoffs.approval import day_of


def record_rows(library: Library, subjects: Subjects) -> Iterator[Row | None]:
    """A row for each record."""
    coming = _due(library)
    for item in _records(library, subjects):
        due = _last_due(item) if library.is_closed(item) else coming.get(item.id)
        yield row(
            "record", id=item.id, type=item.type.name, state=_state(item), final=library.is_closed(item), given_up=item.is_given_up,
            opened=begun_on(item), closed=closed_on(item, library), due=due, unit=subjects.unit(item.text("unit")),
            severity=chosen(item, "severity"), source=chosen(item, "source"), cause=chosen(item, "cause_category"), edition=chosen(item, "edition"),
        )


def state_rows(library: Library, subjects: Subjects) -> Iterator[Row | None]:
    """A row for each state that a record has reached on a day that sign-offs or its own days prove."""
    for item in _records(library, subjects):
        signed = {each.state.id: day_of(each.signoff, library.config) for each in signed_states(item, library) if not each.reopened}
        for state in item.type.chain(_state(item) or ""):
            day = signed.get(state.id) or max((found for name in days_reached(item.type, state) if (found := item.day(name))), default=None)
            if day is not None:
                yield row("state", record=item.id, state=state.id, at=day)


def objective_rows(library: Library, subjects: Subjects) -> Iterator[Row | None]:
    """A row for each objective that is measured."""
    for item in _records(library, subjects):
        if is_measured(item.type):
            found = progress(item)
            yield row(
                "objective", id=item.id, state=_state(item), due=item.day("due"), direction=AT_MOST if found.at_most else "at-least",
                target=found.target, value=found.last and found.last.value, measured=found.last and found.last.end, reached=found.reached,
            )


def count_rows(library: Library) -> Iterator[Row | None]:
    """How many complaints under the law on complaints came in, by year."""
    days = (item.day("received") for item in library.by_id.values() if is_statutory(item))
    for year, count in Counter(day.year for day in days if day).items():
        yield row("count", what="statutory-complaints", year=year, count=count)


def _records(library: Library, subjects: Subjects) -> Iterator[Item]:
    return (item for item in library.by_id.values() if item.type.kind == "record" and item.id in subjects.ids)


def _state(item: Item) -> str | None:
    return item.status if item.status in item.type.states else None


def _due(library: Library) -> Mapping[str, date]:
    """The first day on which something of an open record is due."""
    found: dict[str, date] = {}
    for each in obligations(library):
        found[each.record.id] = min(each.day, found.get(each.record.id, each.day))
    return found


def _last_due(item: Item) -> date | None:
    """The day by which a record that has come to its end was to be done."""
    return max((day for due in item.type.dues if due.field and not due.every and (day := moved_day(item, due.field))), default=None)
