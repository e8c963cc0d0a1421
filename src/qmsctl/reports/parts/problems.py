"""Nonconformities and actions, with their age and state."""

from __future__ import annotations

from datetime import date

from qmsctl.core.duties.obligations import obligations
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.records.counted import shown, stands
from qmsctl.core.records.record_days import closed_on, moved_day
from qmsctl.core.text.values import read_date
from qmsctl.message import Label
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.state import BAD, GOOD, State, record_state
from qmsctl.value import dataclass

_FOR = "report audit"


@dataclass(frozen=True, slots=True)
class Action:
    """An action; ``late`` counts the days past its due date, extensions allowed for."""

    id: str
    anchor: str
    title: str
    kind: Label | str
    of: tuple[str, ...]
    owner: str
    unit: str
    due: date | None
    extended: int
    done: date | None
    open: bool
    late: int
    state: State


@dataclass(frozen=True, slots=True)
class Nonconformity:
    """A nonconformity; ``age`` is in days, from raising to closing or today. ``due`` is the day by which an open one is to be closed.

    One that was ``given_up`` is shown, and counts neither as raised nor as closed.
    """

    id: str
    anchor: str
    title: str
    severity: Label | str
    major: bool
    source: Label | str
    requirement: tuple[str, ...]
    unit: str
    owner: str
    raised: date | None
    due: date | None
    late: bool
    closed: date | None
    age: int | None
    given_up: bool
    state: State
    actions: tuple[str, ...]


def age(since: date | None, until: date) -> int | None:
    """Whole days from ``since`` to ``until``; ``None`` where the beginning is not known."""
    return (until - since).days if since else None


def nonconformities(library: Library, period: Period) -> tuple[Nonconformity, ...]:
    """Those open today, and those raised or closed in the period, the oldest first."""
    due = {each.record.id: each.day for each in obligations(library) if each.due.setting}
    found = (_nonconformity(item, due.get(item.id), library) for item in shown(library, _FOR, "nonconformities"))
    kept = [each for each in found if _told(each.raised, each.closed, period)]
    return tuple(sorted(kept, key=lambda each: (each.raised or date.min, each.id)))


def actions(library: Library, period: Period) -> tuple[Action, ...]:
    """Those under way today, and those raised or finished in the period, by due date."""
    found = (
        action(item, library)
        for item in shown(library, _FOR, "actions")
        if _told(item.day("raised"), closed_on(item, library) or item.day("done"), period)
    )
    return tuple(sorted(found, key=lambda each: (each.due or date.max, each.id)))


def _told(raised: date | None, closed: date | None, period: Period) -> bool:
    return closed is None or period.covers(closed) or (raised is not None and period.covers(raised))


def _nonconformity(item: Item, due: date | None, library: Library) -> Nonconformity:
    closed, raised = closed_on(item, library), item.day("raised")
    return Nonconformity(
        id=item.id,
        anchor=naming.anchor("rec", item.id),
        title=item.title,
        severity=item.value_label("severity"),
        major=item.text("severity") == "major",
        source=item.value_label("source"),
        requirement=item.texts("requirement"),
        unit=naming.unit(library, item.text("unit") or ""),
        owner=naming.person(library, item.text("owner") or ""),
        raised=raised,
        due=due,
        late=due is not None and due < library.today,
        closed=closed,
        age=age(raised, closed or library.today),
        given_up=item.is_given_up,
        state=record_state(item, library),
        actions=_linked(item, library),
    )


def _linked(item: Item, library: Library) -> tuple[str, ...]:
    back = (each.id for each in shown(library, _FOR, "actions") if item.id in each.texts("of"))
    return tuple(sorted({*item.texts("actions"), *back}))


def action(item: Item, library: Library) -> Action:
    """An action as a row."""
    due, extensions = due_of(item)
    late = age(due, library.today) or 0
    open_ = not stands(item, "previous-actions", "done") and not item.is_given_up
    return Action(
        id=item.id,
        anchor=naming.anchor("rec", item.id),
        title=item.title,
        kind=item.value_label("kind"),
        of=item.texts("of"),
        owner=naming.person(library, item.text("owner") or ""),
        unit=naming.unit(library, item.text("unit") or ""),
        due=due,
        extended=extensions,
        done=item.day("done"),
        open=open_,
        late=max(late, 0) if open_ else 0,
        state=_action_state(item, library),
    )


def _action_state(item: Item, library: Library) -> State:
    state = record_state(item, library)
    tones = ((figure, tone) for figure, tone in (("effective", GOOD), ("ineffective", BAD)) if stands(item, "actions-status", figure))
    return next((State(state.word, tone) for _figure, tone in tones), state)


def due_of(item: Item) -> tuple[date | None, int]:
    """The due date after extensions, and how many there were."""
    days = [read_date(row.text("until")) for row in item.block_rows("extensions")]
    given = [day for day in days if day]
    return moved_day(item, "due"), len(given)
