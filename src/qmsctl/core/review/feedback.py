"""What citizens and customers say: complaints, feedback, and how content they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.records.counted import counted, counted_ids
from qmsctl.core.records.record_days import moved_day
from qmsctl.core.review.figures import Counts, Figures, Ids, Share, by_label, labels_of, some
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.quantity import rounded
from qmsctl.core.text.values import read_integer
from qmsctl.message import Message, _
from qmsctl.value import dataclass, field

INPUT = "customer-feedback"
_SCORES = ("score1", "score2", "score3", "score4", "score5")
_CONTENT = frozenset({"score4", "score5"})


@dataclass(frozen=True, slots=True)
class Feedback(Figures):
    """What came in during the period.

    By the id of a survey, ``answers`` counts the scores given and ``content`` those of 4 and 5; ``attitude_answers``
    and ``attitude`` are the same of the questions about the staff. ``forms`` were handed in altogether.
    """

    INPUT: ClassVar[str] = INPUT
    complaints: int = 0
    classes: Counts = field(default_factory=dict)
    justified: int = 0
    unanswered: Ids = ()
    answered_late: Ids = ()
    feedback: int = 0
    feedback_open: Ids = ()
    surveys: Ids = ()
    forms: int = 0
    answers: Counts = field(default_factory=dict)
    content: Counts = field(default_factory=dict)
    attitude: Counts = field(default_factory=dict)
    attitude_answers: Counts = field(default_factory=dict)

    @property
    def satisfaction(self) -> Share:
        """The content answers of all surveys."""
        return Share(sum(self.content.values()), sum(self.answers.values()))

    def satisfaction_of(self, survey: str) -> Share:
        """The content answers of one survey."""
        return Share(self.content.get(survey, 0), self.answers.get(survey, 0))


def collect(library: Library, period: Period, review: str) -> Feedback:
    """The voices of a period."""
    complaints = counted(library, INPUT, "complaints", period)
    surveys = counted(library, INPUT, "surveys", period)
    scores = {each.id: scores_of(each) for each in surveys}
    attitude = {each.id: scores_of(each, "attitude") for each in surveys}
    return Feedback(
        complaints=len(complaints),
        classes=Counter(each.text("classification") or "" for each in complaints),
        justified=len(counted(library, INPUT, "justified", period)),
        unanswered=counted_ids(library, INPUT, "unanswered", period),
        answered_late=tuple(each.id for each in complaints if is_late(each)),
        feedback=len(counted(library, INPUT, "feedback", period)),
        feedback_open=counted_ids(library, INPUT, "feedback_open", period),
        surveys=tuple(scores),
        forms=sum(each.integer("sample") or 0 for each in surveys),
        answers={name: found.total() for name, found in scores.items()},
        content={name: _content(found) for name, found in scores.items()},
        attitude={name: _content(found) for name, found in attitude.items() if found},
        attitude_answers={name: found.total() for name, found in attitude.items() if found.total()},
    )


def scores_of(survey: Item, about: str | None = None) -> Counter[str]:
    """How often each score was given, to all questions or to those about one thing."""
    found: Counter[str] = Counter()
    for row in survey.block_rows("questions"):
        if about in (None, row.text("about")):
            found.update(scores_in(row))
    return found


def scores_in(row: Mapping) -> Counter[str]:
    """How often each score was given to the question of a row."""
    return Counter({key: read_integer(row.text(key) or "") or 0 for key in _SCORES})


def content(scores: Counter[str]) -> Share:
    """The part of the answers that were content."""
    return Share(_content(scores), scores.total())


def average(scores: Counter[str]) -> Decimal | None:
    """The mean of the scores from 1 to 5, to a hundredth; ``None`` where nobody answered."""
    whole = scores.total()
    return rounded(Decimal(sum(place * scores[key] for place, key in enumerate(_SCORES, 1))) / whole, 2) if whole else None


def _content(scores: Counter[str]) -> int:
    return sum(scores[key] for key in _CONTENT)


def is_late(complaint: Item) -> bool:
    """True if the answer came after the day it was due."""
    answered, due = complaint.day("answered"), moved_day(complaint, "due")
    return answered is not None and due is not None and answered > due


def told(figures: Feedback, library: Library) -> Iterator[Message]:
    """Complaints, feedback, surveys."""
    if figures.complaints:
        yield _("Complaints: {count}, justified wholly or in part: {justified}.", count=figures.complaints, justified=figures.justified)
        yield _("By kind: {kinds}.", kinds=by_label(figures.classes, labels_of(library, INPUT, "complaints", "classification")))
    if figures.answered_late:
        yield _("Answered late: {ids}.", ids=some(figures.answered_late))
    if figures.unanswered:
        yield _("Not answered yet: {ids}.", ids=some(figures.unanswered))
    if figures.feedback:
        yield _("Other feedback: {count}.", count=figures.feedback)
    for name in figures.surveys:
        share = figures.satisfaction_of(name)
        yield _("Survey {id}: content {share} of {answers} answers.", id=name, share=share, answers=share.whole)
    for name, asked in figures.attitude_answers.items():
        yield _("With the attitude of the staff ({id}): {share}.", id=name, share=Share(figures.attitude.get(name, 0), asked))
