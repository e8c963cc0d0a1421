"""Whether what was done about risks and opportunities has worked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.records.counted import counted, counted_ids
from qmsctl.core.records.latest_row import latest_row
from qmsctl.core.review.figures import Counts, Figures, Ids, by_label, labels_of, some
from qmsctl.message import Message, _
from qmsctl.value import dataclass, field

INPUT = "risk-actions"
_HIGH = "high"


@dataclass(frozen=True, slots=True)
class Risks(Figures):
    """Open risks by their level, the new ones, those without treatment, those still high after it; opportunities pursued."""

    INPUT: ClassVar[str] = INPUT
    levels: Counts = field(default_factory=dict)
    new: Ids = ()
    untreated: Ids = ()
    still_high: Ids = ()
    lowered: Ids = ()
    pursued: Ids = ()


def collect(library: Library, period: Period, review: str) -> Risks:
    """The risks of today, and those that are new in a period."""
    risks = counted(library, INPUT, "risks")
    return Risks(
        levels=Counter(each.text("level") or "" for each in risks),
        new=counted_ids(library, INPUT, "new", period),
        untreated=counted_ids(library, INPUT, "untreated"),
        still_high=tuple(each.id for each in risks if _residual(each) == _HIGH),
        lowered=tuple(each.id for each in risks if each.text("level") == _HIGH and _residual(each) not in (None, _HIGH)),
        pursued=counted_ids(library, INPUT, "pursued"),
    )


def _residual(risk: Item) -> str | None:
    """The level that was left at the last review; ``None`` while there was none."""
    row = latest_row(risk, "reviews")
    return row.text("residual") if row else None


def told(figures: Risks, library: Library) -> Iterator[Message]:
    """Levels, what is new, what worked and what did not."""
    if figures.levels:
        yield _("Open risks by level: {levels}.", levels=by_label(figures.levels, labels_of(library, INPUT, "risks", "level")))
    sentences = (
        (figures.new, _("New in the period")),
        (figures.untreated, _("Without treatment yet")),
        (figures.lowered, _("High before, lower after treatment")),
        (figures.still_high, _("Still high after treatment")),
        (figures.pursued, _("Opportunities pursued")),
    )
    for ids, words in sentences:
        if ids:
            yield _("{what}: {count} ({ids}).", what=words, count=len(ids), ids=some(ids))
