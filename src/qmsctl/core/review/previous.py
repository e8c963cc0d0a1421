"""What became of the decisions of earlier reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.records.counted import counted, stands
from qmsctl.core.records.record_days import moved_day
from qmsctl.core.review.figures import Figures, Ids, some
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.values import read_date
from qmsctl.message import Message, _
from qmsctl.value import dataclass

INPUT = "previous-actions"


@dataclass(frozen=True, slots=True)
class Previous(Figures):
    """The decisions of the review before, how many are done, and what is ``open`` of any earlier one, ``late`` among it.

    A decision is named ``XXLD-2025-01/2``: the review and its number.
    """

    INPUT: ClassVar[str] = INPUT
    review: str = ""
    decisions: int = 0
    done: int = 0
    open: Ids = ()
    late: Ids = ()


def earlier_reviews(library: Library, period: Period, review: str) -> tuple[Item, ...]:
    """The reviews of periods that ended before this one ends, the latest first."""
    known = counted(library, INPUT, "reviews")
    found = [each for each in known if each.id != review and _end(each) < (period.end or date.max)]
    return tuple(sorted(found, key=lambda each: (_end(each), each.id), reverse=True))


def _end(review: Item) -> date:
    return review.day("period_until") or review.day("held") or date.min


def collect(library: Library, period: Period, review: str) -> Previous:
    """What became of the decisions, today."""
    reviews = earlier_reviews(library, period, review)
    found = [(f"{each.id}/{row.text('no') or number}", row, each is reviews[0])
             for each in reviews for number, row in enumerate(each.block_rows("outputs"), 1)]
    last = [(name, row) for name, row, is_last in found if is_last]
    open_ = [(name, row) for name, row, _is_last in found if not is_done(row, library)]
    return Previous(
        review=reviews[0].id if reviews else "",
        decisions=len(last),
        done=sum(is_done(row, library) for _name, row in last),
        open=tuple(name for name, _row in open_),
        late=tuple(name for name, row in open_ if _is_late(row, library)),
    )


def is_done(row: Mapping, library: Library) -> bool:
    """True for a decision whose action is done or cancelled, or that says what came of it."""
    action = library.item(row.text("action"))
    if action is not None:
        return stands(action, INPUT, "done") or action.is_given_up
    return bool((row.text("result") or "").strip())


def _is_late(row: Mapping, library: Library) -> bool:
    action = library.item(row.text("action"))
    due = (moved_day(action, "due") if action else None) or read_date(row.text("due"))
    return due is not None and due < library.today


def told(figures: Previous, library: Library) -> Iterator[Message]:
    """The decisions of the last review, and what is open."""
    if figures.review:
        yield _("Review {id}: {done} of {decisions} decisions are done.", id=figures.review, done=figures.done, decisions=figures.decisions)
    if figures.open:
        yield _("Still open: {names}.", names=some(figures.open))
    if figures.late:
        yield _("Of these late: {names}.", names=some(figures.late))
