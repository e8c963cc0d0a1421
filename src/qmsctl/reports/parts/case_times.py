"""The parts of the page on cases that time them: at each step, and at other agencies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from qmsctl.core.cases.figures import AgencyWait, StepTime
from qmsctl.core.library import Library
from qmsctl.core.procedures.procedure_figures import agency_times
from qmsctl.core.procedures.steps import BLOCK, steps_of
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.message import _
from qmsctl.reports.parts.bar_chart import Bar, bar_chart
from qmsctl.reports.parts.case_book import Kept
from qmsctl.reports.parts.case_words import in_hours
from qmsctl.reports.parts.chart import Chart
from qmsctl.reports.parts.figured import Part, drawn
from qmsctl.reports.parts.sheet import NUMBER, Column, Sheet, Value

_MOST_CHARTS = 6


def steps(book: Sequence[Kept]) -> Part:
    """The time at each step against its own time."""
    columns = (
        *(Column("procedure", _("Procedure")), Column("no", _("Step")), Column("task", _("Task")), Column("cases", _("Cases"), NUMBER), Column("plan", _("Own time, h"), NUMBER)),
        *(Column("median", _("Median, h"), NUMBER), Column("ninetieth", _("9 of 10 within, h"), NUMBER), Column("over", _("Longer"), NUMBER)),
    )
    rows = tuple((f"{each.id} {each.title}", *_step(step)) for each in book for step in each.found.steps)
    most = sorted((each for each in book if each.found.steps), key=lambda each: -len(each.cases))[:_MOST_CHARTS]
    return Part(
        Sheet("steps", _("Time at each step against its own"), columns, rows, by="procedure"),
        (_("Office hours from the hand-over before to that of the step, without stops. “Longer” counts the cases that took more than the step's own time in the revision that held when they came in."),),
        _("No register has a column for a step."),
        drawn(*(_step_chart(each) for each in most)),
    )


def _step(step: StepTime) -> tuple[Value, ...]:
    task = f"{step.task} ({step.agency})" if step.agency else step.task
    return (step.no, task, step.cases, None if step.limit is None else in_hours(step.limit), in_hours(step.median), in_hours(step.ninetieth), step.over)


def _plan(step: StepTime) -> Decimal | None:
    return None if step.limit is None else in_hours(step.limit)


def _step_chart(each: Kept) -> Chart | None:
    bars = [Bar(f"{step.no} {step.task}", in_hours(step.median), None if step.limit is None else in_hours(step.limit), bad=step.limit is not None and step.median > step.limit) for step in each.found.steps]
    return bar_chart(f"chart-steps-{each.id}", _("{id}: median of each step, office hours", id=each.id), bars, mark=_("own time of the step"))


def agencies(book: Sequence[Kept], library: Library) -> Part:
    """What was waited for other agencies, beside what the procedures in force plan for them."""
    columns = (
        *(Column("agency", _("Agency")), Column("procedure", _("Procedure")), Column("plan", _("Planned, h"), NUMBER), Column("cases", _("Hand-overs"), NUMBER)),
        *(Column("total", _("Waited altogether, h"), NUMBER), Column("median", _("Median, h"), NUMBER), Column("ninetieth", _("9 of 10 within, h"), NUMBER), Column("over", _("Longer"), NUMBER)),
    )
    planned = {(each.agency, item.id): each.hours for item in texts_in_force(library) if BLOCK in item.type.blocks for each in agency_times(steps_of(item))}
    measured = {(each.agency, one.id): each for one in book for each in one.found.agencies}
    keys = sorted({*planned, *measured}, key=lambda key: (-(measured[key].total if key in measured else 0), key))
    return Part(
        Sheet("agencies", _("Waiting for other agencies"), columns, tuple((*key, planned.get(key), *_waited(measured.get(key))) for key in keys)),
        (_("The steps of other agencies in the procedures; what was not measured has no figure."),),
        _("No procedure in force has a step of another agency."),
        drawn(bar_chart("chart-agencies", _("Waited at other agencies, office hours"), _agency_bars(measured.values()))),
    )


def _agency_bars(found: Iterable[AgencyWait]) -> list[Bar]:
    waited: Counter[str] = Counter()
    for each in found:
        waited[each.agency] += each.total
    return [Bar(name, in_hours(seconds)) for name, seconds in sorted(waited.items(), key=lambda pair: (-pair[1], pair[0]))]


def _waited(found: AgencyWait | None) -> tuple[Value, ...]:
    if found is None:
        return (None,) * 5
    return (found.cases, in_hours(found.total), in_hours(found.median), in_hours(found.ninetieth), found.over)
