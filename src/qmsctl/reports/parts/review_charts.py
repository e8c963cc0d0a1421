"""The figures of a management review as leaders look at them: a few numbers, and bars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import dropwhile
from typing import TypeVar

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.office.measuring_period import MeasuringPeriod, period_around
from qmsctl.core.review.audits import Audits
from qmsctl.core.review.feedback import Feedback
from qmsctl.core.review.figures import Figures, labels_of
from qmsctl.core.review.nonconformities import AGES, Problems
from qmsctl.core.review.objectives import Objectives
from qmsctl.core.review.performance import Performance
from qmsctl.core.review.previous import Previous
from qmsctl.core.text.quantity import quantity
from qmsctl.message import Message, Worded, _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.bars import Bar, length, pareto
from qmsctl.value import dataclass

_MOST_MONTHS = 24
AnInput = TypeVar("AnInput", bound=Figures)


@dataclass(frozen=True, slots=True)
class Found:
    """The figures of the inputs of a review, each of its own kind."""

    all: tuple[Figures, ...]

    def get(self, kind: type[AnInput]) -> AnInput:
        """The figures of one input; all zero where they are not known."""
        return next((each for each in reversed(self.all) if isinstance(each, kind)), kind())


@dataclass(frozen=True, slots=True)
class Tile:
    """A number, what it counts, and the input it belongs to; ``bad`` where somebody has to act."""

    value: Worded | str
    words: Message
    anchor: str
    bad: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Nonconformities raised and closed in a month such as ``2026-10``."""

    month: str
    raised: int
    closed: int
    raised_bar: int
    closed_bar: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How the cases of a procedure were kept; the bar is the share in time."""

    id: str
    title: str
    received: int
    finished: int
    late: int
    in_time: Worded
    bar: int
    first_pass: Worded


@dataclass(frozen=True, slots=True)
class Target:
    """An objective: its latest value and the period it is of against its target; ``reached`` is ``None`` where it was not measured."""

    id: str
    title: str
    value: Worded | str
    target: Worded | str
    reached: bool | None
    measured: str


def tiles(found: Found, library: Library) -> Iterator[Tile]:
    """The numbers for leaders, those left out to which there is nothing to count."""
    cases, voices = found.get(Performance), found.get(Feedback)
    if cases.in_time.whole:
        yield _tile(cases.in_time, _("of the cases in time"), cases, bad=bool(cases.overdue))
    if voices.satisfaction.whole:
        yield _tile(voices.satisfaction, _("of the answers in surveys content"), voices)
    if voices.complaints:
        yield _tile(str(voices.complaints), _("complaints"), voices)
    yield from _of_problems(found.get(Problems))
    audits, objectives, earlier = found.get(Audits), found.get(Objectives), found.get(Previous)
    if audits.open:
        yield _tile(str(len(audits.open)), _("findings of audits open"), audits)
    if objectives:
        reached = f"{len(objectives.reached)}/{objectives.objectives}"
        yield _tile(reached, _("objectives reached"), objectives, bad=bool(objectives.missed))
    if earlier:
        yield _tile(f"{earlier.done}/{earlier.decisions}", _("decisions of the last review done"), earlier, bad=bool(earlier.late))


def _of_problems(problems: Problems) -> Iterator[Tile]:
    if problems:
        yield _tile(str(problems.raised), _("nonconformities raised"), problems)
        yield _tile(str(len(problems.open)), _("nonconformities open"), problems)
        yield _tile(str(len(problems.repeats)), _("nonconformities that repeat an earlier one"), problems, bad=bool(problems.repeats))
        yield _tile(str(len(problems.actions_late)), _("actions late"), problems, bad=bool(problems.actions_late))


def _tile(value: Worded | str, words: Message, figures: Figures, *, bad: bool = False) -> Tile:
    return Tile(value, words, naming.anchor("input", figures.INPUT), bad)


def causes(problems: Problems, library: Library) -> tuple[Bar, ...]:
    """The causes of nonconformities, the most frequent first."""
    labels = labels_of(library, problems.INPUT, "raised", "cause_category")
    return pareto((labels.get(name, name), count) for name, count in problems.causes.items())


def ages(problems: Problems) -> tuple[Bar, ...]:
    """How old open nonconformities are."""
    counts = problems.ages
    young, middling = AGES
    words = {
        "young": _("up to {days} days", days=young),
        "middling": _("{first} to {last} days", first=young + 1, last=middling),
        "old": _("over {days} days", days=middling),
    }
    longest = max(counts.values(), default=0)
    return tuple(Bar(words[name], str(counts.get(name, 0)), length(counts.get(name, 0), longest)) for name in words) if counts else ()


def months(problems: Problems, period: Period, library: Library) -> tuple[Month, ...]:
    """Every month of the period; those before the office had rules of approval only where something was raised or closed by then."""
    raised, closed = problems.raised_by_month, problems.closed_by_month
    longest = max((*raised.values(), *closed.values()), default=0)
    if not longest or period.start is None or period.end is None:
        return ()
    began = min((entry.start for entry in library.config.approval), default=period.start)
    found = _months(period.start, period.end)[-_MOST_MONTHS:]
    return tuple(
        Month(each.text, raised.get(each, 0), closed.get(each, 0), length(raised.get(each, 0), longest), length(closed.get(each, 0), longest))
        for each in dropwhile(lambda each: each.end < began and not raised.get(each) and not closed.get(each), found)
    )


def _months(start: date, end: date) -> list[MeasuringPeriod]:
    found, month = [], period_around(start, "month")
    while month.start <= end:
        found.append(month)
        month = period_around(month.end + timedelta(days=1), "month")
    return found


def kept(cases: Performance, library: Library) -> tuple[Kept, ...]:
    """The procedures with cases, the least in time first."""
    rows = [_kept(name, cases.of(name), library) for name in cases.received]
    return tuple(sorted(rows, key=lambda row: (row.bar, row.id)))


def _kept(name: str, cases: Performance, library: Library) -> Kept:
    return Kept(
        id=name,
        title=naming.title(library, name),
        received=cases.first_pass.whole,
        finished=cases.in_time.whole,
        late=cases.in_time.whole - cases.in_time.part,
        in_time=cases.in_time,
        bar=cases.in_time.percent,
        first_pass=cases.first_pass,
    )


def targets(figures: Objectives, library: Library) -> tuple[Target, ...]:
    """The objectives by id."""
    met = {**dict.fromkeys(figures.reached, True), **dict.fromkeys(figures.missed, False)}
    names = sorted({*met, *figures.unmeasured})
    return tuple(
        Target(
            name,
            naming.title(library, name),
            _with_unit(figures.values.get(name), figures.units.get(name, "")),
            _with_unit(figures.targets.get(name), figures.units.get(name, "")),
            met.get(name),
            figures.measured.get(name, ""),
        )
        for name in names
    )


def _with_unit(value: Decimal | str | None, unit: str) -> Worded | str:
    """A number without the zeros at its end, with its unit; words as they stand; a dash for none."""
    return quantity(value.normalize(), unit) if isinstance(value, Decimal) else value or "–"
