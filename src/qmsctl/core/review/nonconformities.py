"""Nonconformities and the actions on them: how many, how old, why, and whether the actions worked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.office.measuring_period import period_around
from qmsctl.core.records.counted import counted, counted_ids
from qmsctl.core.records.record_days import closed_on
from qmsctl.core.records.repeats import Repeats
from qmsctl.core.review.figures import ByMonth, Counts, Figures, Ids, by_label, labels_of, some
from qmsctl.message import Message, _
from qmsctl.value import dataclass, field

INPUT = "actions-status"
AGES = (30, 90)
"""Days up to which an open nonconformity is young, and is middling; older ones are old."""


@dataclass(frozen=True, slots=True)
class Problems(Figures):
    """What was raised and closed in the period, what is open now, the oldest first, and the actions.

    ``oldest`` is in days; ``ages`` counts the open ones that are ``young``, ``middling`` and ``old``; causes, sources,
    units and repeats are those of what was raised.
    """

    INPUT: ClassVar[str] = INPUT
    raised: int = 0
    major: Ids = ()
    closed: int = 0
    open: Ids = ()
    oldest: int = 0
    ages: Counts = field(default_factory=dict)
    causes: Counts = field(default_factory=dict)
    sources: Counts = field(default_factory=dict)
    units: Counts = field(default_factory=dict)
    repeats: Ids = ()
    raised_by_month: ByMonth = field(default_factory=dict)
    closed_by_month: ByMonth = field(default_factory=dict)
    actions_done: int = 0
    actions_open: Ids = ()
    actions_late: Ids = ()
    effective: int = 0
    ineffective: Ids = ()
    preventive: int = 0


def collect(library: Library, period: Period, review: str) -> Problems:
    """Nonconformities and actions of a period."""
    raised = counted(library, INPUT, "raised", period)
    closed = [day for each in counted(library, INPUT, "closed") if (day := closed_on(each, library)) and period.covers(day)]
    open_ = {each.id: (library.today - day).days for each in counted(library, INPUT, "open") if (day := each.day("raised"))}
    repeats = Repeats(library)
    return Problems(
        raised=len(raised),
        major=counted_ids(library, INPUT, "major", period),
        closed=len(closed),
        open=tuple(sorted(open_, key=lambda name: -open_[name])),
        oldest=max(open_.values(), default=0),
        ages=_ages(open_.values()),
        causes=Counter(name for each in raised if (name := each.text("cause_category"))),
        sources=Counter(each.text("source") or "other" for each in raised),
        units=Counter(name for each in raised if (name := each.text("unit"))),
        repeats=tuple(each.id for each in raised if repeats.before(each)),
        raised_by_month=_months(day for each in raised if (day := each.day("raised"))),
        closed_by_month=_months(closed),
        actions_done=len(counted(library, INPUT, "actions_done", period)),
        actions_open=counted_ids(library, INPUT, "actions_open"),
        actions_late=counted_ids(library, INPUT, "actions_late"),
        effective=len(counted(library, INPUT, "effective", period)),
        ineffective=counted_ids(library, INPUT, "ineffective", period),
        preventive=len(counted(library, INPUT, "preventive", period)),
    )


def _ages(days: Iterable[int]) -> Counts:
    young, middling = AGES
    found: Counter[str] = Counter()
    for each in days:
        found["young" if each <= young else "middling" if each <= middling else "old"] += 1
    return {name: found[name] for name in ("young", "middling", "old") if found[name]}


def _months(days: Iterable[date]) -> ByMonth:
    return Counter(period_around(day, "month") for day in sorted(days))


def told(figures: Problems, library: Library) -> Iterator[Message]:
    """Nonconformities, then actions."""
    if figures.raised or figures.closed or figures.open:
        yield _("Nonconformities raised: {raised}, major: {major}; closed: {closed}; open now: {open}.",
                raised=figures.raised, major=len(figures.major), closed=figures.closed, open=len(figures.open))
    if figures.open:
        ages = figures.ages
        yield _("Open for up to {young} days: {a}, up to {middling}: {b}, longer: {c}; the oldest for {oldest} days ({id}).",
                young=AGES[0], middling=AGES[1], a=ages.get("young", 0), b=ages.get("middling", 0), c=ages.get("old", 0),
                oldest=figures.oldest, id=figures.open[0])
    if figures.causes:
        yield _("Causes: {causes}.", causes=by_label(figures.causes, labels_of(library, INPUT, "raised", "cause_category")))
    if figures.sources:
        yield _("Seen in: {sources}.", sources=by_label(figures.sources, labels_of(library, INPUT, "raised", "source")))
    if figures.repeats:
        yield _("Repeat an earlier one: {ids}.", ids=some(figures.repeats))
    yield from _told_of_actions(figures)


def _told_of_actions(figures: Problems) -> Iterator[Message]:
    if figures.actions_done or figures.actions_open:
        yield _("Actions done: {done}; under way: {open}, late: {late}.",
                done=figures.actions_done, open=len(figures.actions_open), late=len(figures.actions_late))
    if figures.actions_late:
        yield _("Late actions: {ids}.", ids=some(figures.actions_late))
    if figures.preventive:
        yield _("Preventive actions begun: {count}.", count=figures.preventive)
    if figures.effective or figures.ineffective:
        yield _("Judged effective: {yes}, not effective: {no}.", yes=figures.effective, no=some(figures.ineffective) or "0")
