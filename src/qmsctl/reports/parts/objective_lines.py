"""Objectives with their values, and the line of these values as a drawing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from qmsctl.core.duties.obligations import obligations
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.records.objective import Progress, is_measured, next_period, progress
from qmsctl.core.records.objective_words import reached_words, target_words, trend_words
from qmsctl.message import Message
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.state import BAD, GOOD, State, record_state
from qmsctl.value import dataclass

_WIDTH, _HEIGHT, _EDGE = 160, 44, 4


@dataclass(frozen=True, slots=True)
class Spark:
    """A line through the values in a box of ``width`` × ``height``, and the height of the target in it."""

    width: int
    height: int
    line: str
    target: float | None
    last: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Value:
    """One value and the period it was measured for."""

    period: str
    value: Decimal
    reached: bool | None


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective. ``missing`` is the period that should have been measured by now."""

    id: str
    anchor: str
    title: str
    measure: str
    target: Message
    unit: str
    owner: str
    due: date | None
    state: State
    verdict: State | None
    trend: Message | None
    values: tuple[Value, ...]
    spark: Spark | None
    missing: str
    conclusion: str
    reached: bool | None


def objectives(library: Library, period: Period) -> tuple[Objective, ...]:
    """Those that are to be reached in the period or after it and began before its end, by id."""
    late = {each.record.id for each in obligations(library) if each.day < library.today and each.due.every}
    found = [item for items in library.by_type.values() if is_measured(items[0].type) for item in items]
    kept = (item for item in found if not item.is_given_up and _lies_in(item, period))
    return tuple(_objective(item, library, is_late=item.id in late) for item in sorted(kept, key=lambda each: each.id))


def _lies_in(item: Item, period: Period) -> bool:
    start, end = item.day("period_from"), item.day("due")
    ended_before = end is not None and period.start is not None and end < period.start
    begins_after = start is not None and period.end is not None and start > period.end
    return not ended_before and not begins_after


def _objective(item: Item, library: Library, *, is_late: bool) -> Objective:
    found = progress(item)
    word, following = reached_words(found), next_period(item)
    return Objective(
        id=item.id,
        anchor=naming.anchor("rec", item.id),
        title=item.title,
        measure=item.text("measure") or "",
        target=target_words(found),
        unit=naming.unit(library, item.text("unit") or ""),
        owner=naming.holder(library, item.text("owner") or ""),
        due=item.day("due"),
        state=record_state(item, library),
        verdict=State(word, GOOD if found.reached else BAD) if word else None,
        trend=trend_words(found),
        values=tuple(Value(each.period, each.value, found.meets(each.value)) for each in found.points),
        spark=spark(found),
        missing=following.text if is_late and following else "",
        conclusion=item.text("conclusion") or item.text("explanation") or "",
        reached=found.reached,
    )


def spark(found: Progress) -> Spark | None:
    """The line of the values, the target included in the scale; nothing for fewer than two values."""
    values = [point.value for point in found.points]
    if len(values) < 2:
        return None
    scale = [*values, found.target] if found.target is not None else values
    low, high = min(scale), max(scale)
    step = (_WIDTH - 2 * _EDGE) / (len(values) - 1)
    places = [(round(_EDGE + number * step, 1), _height(value, low, high)) for number, value in enumerate(values)]
    line = " ".join(f"{x},{y}" for x, y in places)
    return Spark(_WIDTH, _HEIGHT, line, None if found.target is None else _height(found.target, low, high), places[-1])


def _height(value: Decimal, low: Decimal, high: Decimal) -> float:
    """How far below the top of the box a value lies."""
    share = float((value - low) / (high - low)) if high > low else 0.5
    return round(_HEIGHT - _EDGE - share * (_HEIGHT - 2 * _EDGE), 1)
