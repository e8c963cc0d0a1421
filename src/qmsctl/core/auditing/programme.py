"""A programme of internal audits for a year: every unit and every clause once, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from qmsctl.core.auditing.scope import Scope, scope
from qmsctl.core.auditing.sharing import shared, spread
from qmsctl.core.auditing.weight import Weight, clauses_again, last_audit, weigh
from qmsctl.core.coverage.clauses_in_scope import expanded
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.duration import Duration
from qmsctl.core.records.working_days import works
from qmsctl.message import Message, _
from qmsctl.value import dataclass

TYPE = "audit-programme"
CYCLE = "12m"
_FIRST, _LAST = 3, 11
"""March to November: the new year's holidays lie before, the management review after."""


@dataclass(frozen=True, slots=True)
class Row:
    """An audit of a unit in a month such as ``2027-05``: what is asked, which texts, and why so."""

    unit: str
    month: str
    clauses: tuple[str, ...]
    texts: tuple[Item, ...]
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """The audits in the order of their months, and what they were made from."""

    rows: tuple[Row, ...]
    scope: Scope


def propose(library: Library, year: int, months: Sequence[str] = ()) -> Programme:
    """A programme for ``year``, in these months or in those that suit; the same files give the same programme."""
    found = scope(library)
    weights = tuple(sorted((weigh(library, unit) for unit in found.units), key=_pressing))
    again = clauses_again(weights, library)
    texts = _texts(found)
    own = [(clause, unit) for unit, named in texts.items() for text in named for clause in expanded(text.texts("clauses"), library)]
    clauses = shared(found.clauses, found.units, found.interests, [*((clause, unit) for clause, unit, _why in again), *own])
    month = spread([each.unit for each in weights], months or usual_months(library, year))
    rows = (
        Row(each.unit, month[each.unit], clauses[each.unit], texts[each.unit], tuple(_reasons(each, clauses[each.unit], again)))
        for each in weights
    )
    return Programme(tuple(sorted(rows, key=lambda row: row.month)), found)


def _pressing(weight: Weight) -> tuple[int, date]:
    """The heaviest first, of equal ones the one whose last audit is the longest ago."""
    return -weight.points, weight.last.day if weight.last else date.min


def usual_months(library: Library, year: int) -> tuple[str, ...]:
    """March to November, earlier where the last internal audit is older than a year by then, none that has passed."""
    last = last_audit(library)
    start = _FIRST
    if last is not None:
        due = Duration.parse(CYCLE)
        day = due.after(last.day, works(library)) if due else last.day
        start = 1 if day.year < year else min(day.month, _FIRST) if day.year == year else _FIRST
    now = library.today.month if library.today.year == year else 1
    start = max(start, now)
    return tuple(f"{year:04}-{number:02}" for number in range(start, max(_LAST, start) + 1))


def _texts(found: Scope) -> dict[str, tuple[Item, ...]]:
    """Every audited text once, in the unit that has most to do with it."""
    own: dict[str, list[Item]] = {unit: [] for unit in found.units}
    for text in found.texts:
        doers = found.doers[text.id]
        unit = max(own, key=lambda each: (doers.get(each, 0), -len(own[each])), default=None)
        if unit is not None:
            own[unit].append(text)
    return {unit: tuple(texts) for unit, texts in own.items()}


def _reasons(weight: Weight, clauses: Sequence[str], again: Sequence[tuple[str, str, str]]) -> Iterator[Message]:
    yield from weight.reasons()
    closely: dict[str, list[str]] = {}
    for clause, unit, why in again:
        if unit == weight.unit and clause in clauses:
            closely.setdefault(clause, []).append(why)
    if closely:
        told = tuple(_("{clause} ({ids})", clause=clause, ids=tuple(dict.fromkeys(ids))) for clause, ids in closely.items())
        yield _("clauses to be looked at closely: {clauses}", clauses=told)
