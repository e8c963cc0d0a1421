"""Nonconformities: kinds of cause and places where they are seen as a Pareto, how old the open ones are, repeats, units by month."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.as_of import as_of
from qmsctl.core.review.nonconformities import INPUT, Problems, collect
from qmsctl.message import _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts.cover import cover
from qmsctl.reports.parts.figured import Figured, period_so_far
from qmsctl.reports.parts.problem_parts import ages, causes, months, repeats, sources, units
from qmsctl.reports.parts.review_charts import Tile

ABOUT = About.PERIOD
EXAMPLE = "--from 2026-01-01"


def build(library: Library, result: CheckResult, options: ReportOptions) -> Figured:
    """What was raised in the period, and what was open on its last day: of a period that is over nothing later is known."""
    period = period_so_far(library, options)
    then = as_of(library, period.end or library.today)
    found = collect(then, period, "")
    parts = (causes(found, then), sources(found, then), months(found, period), ages(found, then), repeats(found, then), units(then, period))
    nothing = _("No nonconformity was raised or closed in this period, and none was open at its end: there is nothing to count.")
    empty = None if found.raised or found.closed or found.open else nothing
    left_out = tuple(_left_out(then, period))
    told = (_("Not counted, for they were cancelled or not accepted: {ids}.", ids=left_out),) if left_out else ()
    return Figured(cover(_("Nonconformities in figures"), library, options), _tiles(found), parts, empty, told)


def _left_out(library: Library, period: Period) -> Iterator[str]:
    """Those raised in the period and given up since."""
    kinds = {each.name for each in library.types.all() if each.counted_as(INPUT, "raised")}
    for record in library.records:
        state, day = record.type.states.get(record.status or ""), record.day("raised")
        if record.type.name in kinds and state is not None and state.given_up and day is not None and period.covers(day):
            yield record.id


def _tiles(found: Problems) -> tuple[Tile, ...]:
    return (
        Tile(str(found.raised), _("nonconformities raised"), "units", bad=False),
        Tile(str(len(found.major)), _("of these major"), "units", bad=False),
        Tile(str(found.closed), _("nonconformities closed"), "months", bad=False),
        Tile(str(len(found.open)), _("nonconformities open"), "ages", bad=False),
        Tile(str(len(found.repeats)), _("nonconformities that repeat an earlier one"), "repeats", bad=bool(found.repeats)),
    )
