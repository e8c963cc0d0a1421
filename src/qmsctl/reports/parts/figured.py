"""A page of figures: a few numbers, and parts that are each a drawing or two with the list beneath it."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from qmsctl.message import Message
from qmsctl.reports.parts.chart import Chart
from qmsctl.reports.parts.cover import Cover
from qmsctl.reports.parts.review_charts import Tile
from qmsctl.reports.parts.sheet import Sheet
from qmsctl.value import dataclass

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
    """The page. ``empty`` is said in place of everything else where an office has nothing to count; ``warnings`` what was not counted."""

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


def drawn(*charts: Chart | None) -> tuple[Chart, ...]:
    """Those drawings for which there was something to draw."""
    return tuple(each for each in charts if each is not None)

