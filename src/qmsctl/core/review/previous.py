"""What became of the decisions of earlier reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.review.figures import Figures, some
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.values import read_date
from qmsctl.message import Message, _

REVIEW = "management-review"
TYPES = (REVIEW, "action")
_DONE = frozenset({"done", "verified-effective", "verified-ineffective"})


def earlier_reviews(library: Library, period: Period, review: str) -> tuple[Item, ...]:
    """The reviews of periods that ended before this one ends, the latest first."""
    found = [
        each
        for each in library.by_type.get(REVIEW, ())
        if each.id != review and not each.is_given_up and (_end(each) < (period.end or date.max))
    ]
    return tuple(sorted(found, key=lambda each: (_end(each), each.id), reverse=True))


def _end(review: Item) -> date:
    return review.day("period_until") or review.day("held") or date.min


def collect(library: Library, period: Period, review: str) -> Figures:
    """The decisions of the review before, and what is still open of any earlier one.

    A decision is named ``XXLD-2025-01/2``: the review and its number.
    """
    reviews = earlier_reviews(library, period, review)
    found = [(f"{each.id}/{row.text('no') or number}", row, each is reviews[0])
             for each in reviews for number, row in enumerate(each.block_rows("outputs"), 1)]  # fmt: skip
    last = [(name, row) for name, row, is_last in found if is_last]
    open_ = [(name, row) for name, row, _is_last in found if not is_done(row, library)]
    return Figures.of(
        review=reviews[0].id if reviews else None,
        decisions=len(last),
        done=sum(is_done(row, library) for _name, row in last),
        open=[name for name, _row in open_],
        late=[name for name, row in open_ if _is_late(row, library)],
    )


def is_done(row: Mapping, library: Library) -> bool:
    """True for a decision whose action is done or cancelled, or that says what came of it."""
    action = library.by_id.get(row.text("action") or "")
    if action is not None:
        return action.status in _DONE or action.is_given_up
    return bool((row.text("result") or "").strip())


def _is_late(row: Mapping, library: Library) -> bool:
    action = library.by_id.get(row.text("action") or "")
    moved = [read_date(each.text("until") or "") for each in action.block_rows("extensions")] if action else []
    due = next((day for day in reversed(moved) if day), None) or (action.day("due") if action else None) or read_date(row.text("due") or "")
    return due is not None and due < library.today


def told(figures: Figures, library: Library) -> Iterator[Message]:
    """The decisions of the last review, and what is open."""
    if figures.text("review"):
        yield _("Review {id}: {done} of {decisions} decisions are done.", id=figures.text("review"), done=figures.count("done"), decisions=figures.count("decisions"))
    if figures.count("open"):
        yield _("Still open: {names}.", names=some(figures.ids("open")))
    if figures.count("late"):
        yield _("Of these late: {names}.", names=some(figures.ids("late")))
