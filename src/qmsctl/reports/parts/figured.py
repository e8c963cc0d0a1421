"""A page of figures: a few numbers, and parts that are each a drawing or two with the list beneath it."""

from __future__ import annotations

from datetime import date
from itertools import dropwhile
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.office.measuring_period import MeasuringPeriod, periods
from qmsctl.message import Message
from qmsctl.reports.options import ReportOptions
from qmsctl.reports.parts.chart import Chart
from qmsctl.reports.parts.cover import Cover
from qmsctl.reports.parts.review_charts import Tile
from qmsctl.reports.parts.sheet import Sheet
from qmsctl.value import dataclass, replace

MOST_MONTHS = 24
"""So many months a chart and its list have at most; then quarters, then years."""

MOST_LINES = 200
"""So many lines of a list stand on the page; a spreadsheet has them all."""


@dataclass(frozen=True, slots=True)
class Part:
    """A list with its drawings; ``lead`` says how it is counted, ``none`` what there is to say where it is empty."""

    sheet: Sheet
    lead: tuple[Message, ...]
    none: Message
    charts: tuple[Chart, ...] = ()

    @property
    def shown(self) -> Sheet:
        """The lines that stand on the page."""
        return replace(self.sheet, rows=self.sheet.rows[:MOST_LINES])

    @property
    def more(self) -> int:
        """How many lines do not."""
        return max(0, len(self.sheet.rows) - MOST_LINES)


@dataclass(frozen=True, slots=True)
class Figured:
    """The page. ``empty`` is said in place of all parts where an office has nothing to count; ``warnings`` what was not counted."""

    SHEETS: ClassVar = ("report", "figures")

    cover: Cover
    tiles: tuple[Tile, ...]
    parts: tuple[Part, ...]
    empty: Message | None = None
    warnings: tuple[Message, ...] = ()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every list, for spreadsheets and programs."""
        return tuple(each.sheet for each in self.parts)


def period_so_far(library: Library, options: ReportOptions) -> Period:
    """The period of a report, no further than it has come."""
    first, last = options.days(library.today)
    return Period(first, min(last, library.today))


def periods_from(period: Period, begun: date | None, most: int = MOST_MONTHS) -> tuple[MeasuringPeriod, ...]:
    """The months of a period, or its quarters or years, from the one on in which there is something to count."""
    if period.start is None or period.end is None or begun is None:
        return ()
    return tuple(dropwhile(lambda each: each.end < begun, periods(period.start, period.end, most)))


def drawn(*charts: Chart | None) -> tuple[Chart, ...]:
    """Those drawings for which there was something to draw."""
    return tuple(each for each in charts if each is not None)

