"""How much reached somebody higher up, by month and unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from qmsctl.core.cases.register import Month
from qmsctl.core.library import Library
from qmsctl.core.office.duration import month_before
from qmsctl.core.records.escalations import escalations, unanswered
from qmsctl.value import dataclass

MONTHS = 6


@dataclass(frozen=True, slots=True)
class Escalated:
    """The escalations of a unit in each of ``months``; the first row, of all units, has none.

    ``now`` and ``then`` compare this month up to today with the month before up to the same day. ``waiting`` are not answered yet.
    """

    unit: str
    by_month: tuple[int, ...]
    now: int
    then: int
    waiting: int


def months(library: Library) -> tuple[Month, ...]:
    """The months that are told, the last one that of today."""
    days = [library.today]
    while len(days) < MONTHS:
        days.append(month_before(days[-1].replace(day=1)))
    return tuple(Month(day.year, day.month) for day in reversed(days))


def escalated(library: Library) -> tuple[Escalated, ...]:
    """All units together, then each that has escalated, the most first; nothing where nobody has."""
    told = months(library)
    days: defaultdict[str, list[date]] = defaultdict(list)
    for each in escalations(library):
        if each.day and each.day >= told[0].first:
            days[each.record.text("unit") or ""].append(each.day)
    waiting = Counter(each.record.text("unit") or "" for each in unanswered(library))
    units = sorted({*days, *waiting}, key=lambda unit: (-len(days.get(unit, ())), unit))
    before = month_before(library.today)
    found = tuple(_of(unit, days.get(unit, []), told, before, waiting[unit]) for unit in units)
    return _with_all(found)


def of_units(found: tuple[Escalated, ...], units: frozenset[str]) -> tuple[Escalated, ...]:
    """The same of some units alone."""
    return _with_all(tuple(each for each in found[1:] if each.unit in units))


def _of(unit: str, days: list[date], told: tuple[Month, ...], before: date, waiting: int) -> Escalated:
    by_month = tuple(sum(day in month for day in days) for month in told)
    return Escalated(unit, by_month, by_month[-1], sum(day in told[-2] and day <= before for day in days), waiting)


def _with_all(found: tuple[Escalated, ...]) -> tuple[Escalated, ...]:
    if not found:
        return ()
    months_ = tuple(map(sum, zip(*(each.by_month for each in found), strict=True)))
    return (Escalated("", months_, *(sum(getattr(each, name) for each in found) for name in ("now", "then", "waiting"))), *found)
