"""In which state a record was on a day that has gone by, as far as its sign-offs and days prove it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import signed_states
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType, State
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class StateOn:
    """The last state that is proven to have been reached, and the states that were not: their fields said nothing yet."""

    status: str | None
    later: frozenset[str]


def has_come(field: Field) -> bool:
    """True for a day on which something happened, not one that is set for later."""
    return field.kind == "date" and field.day is not None and field.day.come


def days_reached(kind: RecordType, state: State) -> Iterator[str]:
    """The fields with the days on which a state was reached: what its gates ask to have come, and its own such days."""
    for gate in state.gates:
        if gate.operator == "come":
            yield from gate.arguments
    yield from (name for name, field in kind.fields.items() if field.state == state.id and has_come(field))


def begun_on(record: Item) -> date | None:
    """The day in the field that a new record has filled in with its own day."""
    kind = record.type
    first = (None, kind.first_state)
    own = (f for f in kind.fields.values() if f.state in first and f.kind == "date" and (has_come(f) or f.default == "{today}"))
    return max((day for each in own if (day := record.day(each.name))), default=None)


def state_on(record: Item, day: date, library: Library) -> StateOn:
    """Where ``record`` was at the end of ``day``. Where nothing says otherwise, where it is now."""
    order = list(record.type.states)
    way = [state.id for state in record.type.chain(record.status or "")]
    proven, later = _signed(record, day, library)
    for name in way:
        reached = [found for each in days_reached(record.type, record.type.states[name]) if (found := record.day(each))]
        if reached and name not in proven | later:
            (proven if max(reached) <= day else later).add(name)
    later -= proven
    if not later and proven <= set(way):
        return StateOn(record.status, frozenset())
    status = max(proven, key=order.index, default=record.type.first_state)
    first = min((way.index(name) for name in later if name in way), default=len(way))
    return StateOn(status, frozenset((*later, *way[first:])) - proven)


def _signed(record: Item, day: date, library: Library) -> tuple[set[str], set[str]]:
    """The states whose sign-offs stood at the end of the day, and those whose came later or were undone by then."""
    proven: set[str] = set()
    later: set[str] = set()
    for each in signed_states(record, library):
        undone = each.reopened and day_of(each.reopened, library.config) <= day
        if day_of(each.signoff, library.config) > day:
            later.add(each.state.id)
        elif not undone:
            proven.add(each.state.id)
    return proven, later
