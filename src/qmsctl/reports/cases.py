"""Cases of citizens and customers: kept in time by the day they were told and by the limit, right the first time, time at steps and agencies."""

from __future__ import annotations

from qmsctl.core.cases.register import month_of, registers
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.mend import Hole, command
from qmsctl.message import Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts.case_book import Kept, kept
from qmsctl.reports.parts.case_lists import differing, late
from qmsctl.reports.parts.case_parts import case_tiles, months, procedures
from qmsctl.reports.parts.case_times import agencies, steps
from qmsctl.reports.parts.cover import cover
from qmsctl.reports.parts.figured import Figured, period_so_far

ABOUT = About.PERIOD
EXAMPLE = "--from 2026-09-01"


def build(library: Library, result: CheckResult, options: ReportOptions) -> Figured:
    """The cases received in the period, as they stand on the day of the report."""
    period = period_so_far(library, options)
    book = kept(library, period)
    parts = (procedures(book), months(book, period), steps(book), agencies(book, library), differing(book), late(book))
    empty = None if any(each.cases for each in book) else _nothing(library)
    return Figured(cover(_("Cases and how they were kept"), library, options), case_tiles(book), parts, empty, _unread(book))


def _nothing(library: Library) -> Message:
    newest = max((month.last for each in registers(library) if (month := month_of(each))), default=None)
    if newest is not None:
        return _("No case register has cases that were received in this period; the newest one ends on {day}.", day=newest)
    mend = command("cases import", Hole("procedure"), f"{library.today:%Y-%m}", Hole("file"))
    return _("There is no case register yet, so there is nothing to count. To take in the cases of a month: {command}", command=mend)


def _unread(book: tuple[Kept, ...]) -> tuple[Message, ...]:
    return tuple(_("The cases of {id} cannot be read whole: the figures are too small.", id=name) for each in book for name in each.found.unread)
