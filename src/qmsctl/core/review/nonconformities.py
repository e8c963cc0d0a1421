"""Nonconformities and the actions on them: how many, how old, why, and whether the actions worked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.finding import NONCONFORMITY, SEVERITIES
from qmsctl.core.records.record_days import closed_on
from qmsctl.core.records.repeats import Repeats
from qmsctl.core.review.feedback import due_of
from qmsctl.core.review.figures import Figures, by_label, some
from qmsctl.message import Message, _

ACTION = "action"
TYPES = (NONCONFORMITY, ACTION)
AGES = (30, 90)
"""Days up to which an open nonconformity is young, and is middling; older ones are old."""

_UNDER_WAY = frozenset({"planned", "in-progress"})


def collect(library: Library, period: Period, review: str) -> Figures:
    """What was raised and closed in the period, what is open now and how old, causes, repeats, and the actions."""
    known = [each for each in library.by_type.get(NONCONFORMITY, ()) if not each.is_given_up]
    raised = [each for each in known if _in(each.day("raised"), period)]
    closed = {each.id: day for each in known if (day := closed_on(each, library)) and period.covers(day)}
    open_ = {each.id: (library.today - day).days for each in known if not library.is_closed(each) and (day := each.day("raised"))}
    repeats = Repeats(library)
    return Figures.of(
        raised=len(raised),
        major=[each.id for each in raised if each.text("severity") == SEVERITIES[-1]],
        closed=len(closed),
        open=sorted(open_, key=lambda name: -open_[name]),
        oldest=max(open_.values(), default=0),
        ages=_ages(open_.values()),
        causes=Counter(name for each in raised if (name := each.text("cause_category"))),
        sources=Counter(each.text("source") or "other" for each in raised),
        units=Counter(name for each in raised if (name := each.text("unit"))),
        repeats=[each.id for each in raised if repeats.before(each)],
        raised_by_month=_months(day for each in raised if (day := each.day("raised"))),
        closed_by_month=_months(closed.values()),
        **_actions(library, period),
    )


def _actions(library: Library, period: Period) -> dict[str, int | list[str]]:
    known = [each for each in library.by_type.get(ACTION, ()) if not each.is_given_up]
    judged = [each for each in known if _in(each.day("verified"), period)]
    under_way = [each for each in known if each.status in _UNDER_WAY]
    return {
        "actions_done": sum(_in(each.day("done"), period) for each in known),
        "actions_open": [each.id for each in under_way],
        "actions_late": [each.id for each in under_way if (day := due_of(each)) and day < library.today],
        "effective": sum(each.status == "verified-effective" for each in judged),
        "ineffective": [each.id for each in judged if each.status == "verified-ineffective"],
        "preventive": sum(each.text("kind") == "preventive" and _in(each.day("raised"), period) for each in known),
    }


def _in(day: date | None, period: Period) -> bool:
    return day is not None and period.covers(day)


def _ages(days: Iterable[int]) -> dict[str, int]:
    young, middling = AGES
    found: Counter[str] = Counter()
    for each in days:
        found["young" if each <= young else "middling" if each <= middling else "old"] += 1
    return {name: found[name] for name in ("young", "middling", "old")}


def _months(days: Iterable[date]) -> dict[str, int]:
    found = Counter(f"{day:%Y-%m}" for day in days)
    return dict(sorted(found.items()))


def told(figures: Figures, library: Library) -> Iterator[Message]:
    """Nonconformities, then actions."""
    if any(figures.count(name) for name in ("raised", "closed", "open")):
        yield _("Nonconformities raised: {raised}, major: {major}; closed: {closed}; open now: {open}.",
                raised=figures.count("raised"), major=figures.count("major"), closed=figures.count("closed"), open=figures.count("open"))  # fmt: skip
    if figures.count("open"):
        ages = figures.counts("ages")
        yield _("Open for up to {young} days: {a}, up to {middling}: {b}, longer: {c}; the oldest for {oldest} days ({id}).",
                young=AGES[0], middling=AGES[1], a=ages.get("young", 0), b=ages.get("middling", 0), c=ages.get("old", 0),
                oldest=figures.count("oldest"), id=next(iter(figures.ids("open")), ""))  # fmt: skip
    if figures.counts("causes"):
        yield _("Causes: {causes}.", causes=by_label(figures.counts("causes"), library, NONCONFORMITY, "cause_category"))
    if figures.counts("sources"):
        yield _("Seen in: {sources}.", sources=by_label(figures.counts("sources"), library, NONCONFORMITY, "source"))
    if figures.count("repeats"):
        yield _("Repeat an earlier one: {ids}.", ids=some(figures.ids("repeats")))
    if any(figures.count(name) for name in ("actions_done", "actions_open")):
        yield _("Actions done: {done}; under way: {open}, late: {late}.",
                done=figures.count("actions_done"), open=figures.count("actions_open"), late=figures.count("actions_late"))  # fmt: skip
    if figures.count("actions_late"):
        yield _("Late actions: {ids}.", ids=some(figures.ids("actions_late")))
    if figures.count("preventive"):
        yield _("Preventive actions begun: {count}.", count=figures.count("preventive"))
    if figures.count("effective") or figures.count("ineffective"):
        yield _("Judged effective: {yes}, not effective: {no}.", yes=figures.count("effective"), no=some(figures.ids("ineffective")) or "0")
