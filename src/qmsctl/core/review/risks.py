"""Whether what was done about risks and opportunities has worked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.review.figures import Figures, by_label, some
from qmsctl.message import Message, _

RISK, OPPORTUNITY = "risk", "opportunity"
TYPES = (RISK, OPPORTUNITY)
_HIGH = "high"


def collect(library: Library, period: Period, review: str) -> Figures:
    """Open risks by their level, the new ones, those without treatment, those still high after it; opportunities pursued."""
    risks = list(library.by_type.get(RISK, ()))
    open_ = [each for each in risks if not library.is_closed(each)]
    opportunities = [each for each in library.by_type.get(OPPORTUNITY, ()) if not library.is_closed(each)]
    return Figures.of(
        levels=Counter(each.text("level") or "" for each in open_),
        new=[each.id for each in risks if (day := each.day("raised")) and period.covers(day)],
        untreated=[each.id for each in open_ if each.status == each.type.first_state],
        still_high=[each.id for each in open_ if _residual(each) == _HIGH],
        lowered=[each.id for each in open_ if each.text("level") == _HIGH and _residual(each) not in (None, _HIGH)],
        pursued=[each.id for each in opportunities if each.text("strategy") == "pursue"],
    )


def _residual(risk: Item) -> str | None:
    """The level that was left at the last review; ``None`` while there was none."""
    rows = list(risk.block_rows("reviews"))
    return rows[-1].text("residual") if rows else None


def told(figures: Figures, library: Library) -> Iterator[Message]:
    """Levels, what is new, what worked and what did not."""
    if figures.counts("levels"):
        yield _("Open risks by level: {levels}.", levels=by_label(figures.counts("levels"), library, RISK, "level"))
    sentences = (
        ("new", _("New in the period")),
        ("untreated", _("Without treatment yet")),
        ("lowered", _("High before, lower after treatment")),
        ("still_high", _("Still high after treatment")),
        ("pursued", _("Opportunities pursued")),
    )
    for name, words in sentences:
        if figures.count(name):
            yield _("{what}: {count} ({ids}).", what=words, count=figures.count(name), ids=some(figures.ids(name)))
