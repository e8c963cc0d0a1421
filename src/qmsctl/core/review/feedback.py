"""What citizens and customers say: complaints, feedback, and how content they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.review.figures import Figures, by_label, percent, some
from qmsctl.core.text.values import read_date, read_integer
from qmsctl.message import Message, _

COMPLAINT = "complaint"
TYPES = (COMPLAINT, "feedback", "survey")
_SCORES = ("score1", "score2", "score3", "score4", "score5")
_CONTENT = frozenset({"score4", "score5"})


def collect(library: Library, period: Period, review: str) -> Figures:
    """What came in during the period; ``answers`` and ``content`` count the scores of surveys, 4 and 5 being content."""
    complaints = [each for each in _in(library, COMPLAINT, "received", period) if not each.is_given_up]
    surveys = [each for each in _in(library, "survey", "period_until", period) if not each.is_given_up]
    scores = {each.id: scores_of(each) for each in surveys}
    opinions = _in(library, "feedback", "received", period)
    return Figures.of(
        complaints=len(complaints),
        classes=Counter(each.text("classification") or "" for each in complaints),
        justified=sum(each.text("justified") in ("justified", "partly") for each in complaints),
        unanswered=[each.id for each in complaints if not each.has("answered")],
        answered_late=[each.id for each in complaints if _is_late(each)],
        feedback=len(opinions),
        feedback_open=[each.id for each in opinions if not library.is_closed(each)],
        surveys=list(scores),
        forms=sum(each.integer("sample") or 0 for each in surveys),
        answers={name: sum(found.values()) for name, found in scores.items()},
        content={name: sum(found[key] for key in _CONTENT) for name, found in scores.items()},
        attitude={each.id: sum(found[key] for key in _CONTENT) for each in surveys if (found := scores_of(each, "attitude"))},
        attitude_answers={each.id: sum(scores_of(each, "attitude").values()) for each in surveys},
    )


def scores_of(survey: Item, about: str | None = None) -> Counter[str]:
    """How often each score was given, to all questions or to those about one thing."""
    found: Counter[str] = Counter()
    for row in survey.block_rows("questions"):
        if about in (None, row.text("about")):
            found.update({key: read_integer(row.text(key) or "") or 0 for key in _SCORES})
    return found


def _in(library: Library, kind: str, field: str, period: Period) -> list[Item]:
    return [each for each in library.by_type.get(kind, ()) if (day := each.day(field)) and period.covers(day)]


def _is_late(complaint: Item) -> bool:
    answered, due = complaint.day("answered"), due_of(complaint)
    return answered is not None and due is not None and answered > due


def due_of(record: Item) -> date | None:
    """The day in ``due`` as its last extension has moved it."""
    moved = [day for row in record.block_rows("extensions") if (day := read_date(row.text("until") or ""))]
    return moved[-1] if moved else record.day("due")


def told(figures: Figures, library: Library) -> Iterator[Message]:
    """Complaints, feedback, surveys."""
    if figures.count("complaints"):
        yield _("Complaints: {count}, justified wholly or in part: {justified}.", count=figures.count("complaints"), justified=figures.count("justified"))
        yield _("By kind: {kinds}.", kinds=by_label(figures.counts("classes"), library, COMPLAINT, "classification"))
    if figures.count("answered_late"):
        yield _("Answered late: {ids}.", ids=some(figures.ids("answered_late")))
    if figures.count("unanswered"):
        yield _("Not answered yet: {ids}.", ids=some(figures.ids("unanswered")))
    if figures.count("feedback"):
        yield _("Other feedback: {count}.", count=figures.count("feedback"))
    answers, content = figures.counts("answers"), figures.counts("content")
    for name in figures.ids("surveys"):
        yield _("Survey {id}: content {share} of {answers} answers.", id=name, share=percent(content.get(name, 0), answers.get(name, 0)), answers=answers.get(name, 0))
    attitude, asked = figures.counts("attitude"), figures.counts("attitude_answers")
    for name in asked:
        yield _("With the attitude of the staff ({id}): {share}.", id=name, share=percent(attitude.get(name, 0), asked[name]))
