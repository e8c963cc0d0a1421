"""The parts of the page on satisfaction that tell of surveys: each as a whole, and question by question."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.office.measuring_period import MeasuringPeriod, period_around
from qmsctl.core.records.counted import counted
from qmsctl.core.review.feedback import INPUT, Feedback, average, content, scores_in, scores_of
from qmsctl.core.review.figures import labels_of
from qmsctl.core.text.characters import fold
from qmsctl.message import _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.bar_chart import Bar, bar_chart
from qmsctl.reports.parts.chart import Chart
from qmsctl.reports.parts.figured import Part, drawn
from qmsctl.reports.parts.line_chart import Series, line_chart
from qmsctl.reports.parts.sheet import DAY, NUMBER, Column, Sheet, Value
from qmsctl.value import dataclass

_CONTENT = Column("content", _("Content, %"), NUMBER)
_AVERAGE = Column("average", _("Mean, 1 to 5"), NUMBER)


def surveys(library: Library, found: Feedback, period: Period) -> Part:
    """Each survey of the period, and how content grew from one to the next."""
    items = [library.by_id[name] for name in found.surveys]
    columns = (
        *(Column("id", _("No.")), Column("title", _("Title")), Column("unit", _("Unit")), Column("until", _("Period until"), DAY)),
        *(Column("sent", _("Forms given out"), NUMBER), Column("forms", _("Forms counted"), NUMBER), Column("answers", _("Answers given"), NUMBER)),
        *(_CONTENT, _AVERAGE, Column("attitude", _("Attitude of the staff, %"), NUMBER)),
    )
    rows = tuple(_survey(each, library) for each in sorted(items, key=_order))
    return Part(
        Sheet("surveys", _("Surveys"), columns, rows),
        (_("Content are the answers of 4 and 5 of all that were given."),),
        _("No survey ended in this period."),
        drawn(_trend(items)),
    )


def _order(survey: Item) -> tuple[date, str]:
    return survey.day("period_until") or date.min, survey.id


def _survey(survey: Item, library: Library) -> tuple[Value, ...]:
    scores, attitude = scores_of(survey), scores_of(survey, "attitude")
    return (
        survey.id, survey.title, naming.unit(library, survey.text("unit") or "") or None, survey.day("period_until"), survey.integer("sent"),
        survey.integer("sample"), scores.total(), content(scores).number, average(scores), content(attitude).number,
    )


def _trend(items: Sequence[Item]) -> Chart | None:
    """Over the months in which surveys ended, those of one month together."""
    by_month: dict[MeasuringPeriod, list[Item]] = defaultdict(list)
    for each in sorted(items, key=_order):
        by_month[period_around(each.day("period_until") or date.min, "month")].append(each)
    series = (Series(_("content"), _contents(by_month, None)), Series(_("content with the attitude of the staff"), _contents(by_month, "attitude")))
    return line_chart("chart-surveys", _("Content answers, by the month in which a survey ended, %"), tuple(by_month), series, "%")


def _contents(by_month: Mapping[MeasuringPeriod, Sequence[Item]], about: str | None) -> tuple[Decimal | None, ...]:
    return tuple(content(sum((scores_of(each, about) for each in items), Counter())).number for items in by_month.values())


@dataclass(frozen=True, slots=True)
class _Answered:
    """A question of a survey with its answers, and the share that was content with it before."""

    survey: Item
    question: str
    about: str
    scores: Counter[str]
    before: Decimal | None


def questions(library: Library, found: Feedback) -> Part:
    """Each question of each survey, beside the survey of that unit before it that asked the same."""
    columns = (
        *(Column("survey", _("Survey")), Column("question", _("Question")), Column("about", _("About")), Column("answers", _("Answers given"), NUMBER)),
        *(_CONTENT, Column("before", _("Before, %"), NUMBER), Column("change", _("Change, points"), NUMBER), _AVERAGE),
    )
    labels = labels_of(library, INPUT, "surveys", "about", "questions")
    answered = [each for each in _answered(library) if each.survey.id in found.surveys]
    rows = tuple(
        (f"{each.survey.id} {each.survey.title}", each.question, labels.get(each.about, each.about) or None, each.scores.total(), *_change(each), average(each.scores))
        for name in reversed(dict.fromkeys(each.survey.id for each in answered))
        for each in answered
        if each.survey.id == name
    )
    return Part(
        Sheet("questions", _("Question by question"), columns, rows, by="survey"),
        (_("The latest survey first; before is the share in the survey of that unit before it that asked the same question."),),
        _("No survey has a question."),
        drawn(_question_chart(answered)),
    )


def _answered(library: Library) -> Iterator[_Answered]:
    """Every question of every survey, the earliest survey first."""
    known: dict[tuple[str, str], Decimal | None] = {}
    for survey in sorted(counted(library, INPUT, "surveys"), key=_order):
        for row in survey.block_rows("questions"):
            question, scores = row.text("question") or "", scores_in(row)
            key = (survey.text("unit") or "", fold(question))
            yield _Answered(survey, question, row.text("about") or "", scores, known.get(key))
            known[key] = content(scores).number


def _change(each: _Answered) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    now = content(each.scores).number
    return now, each.before, None if now is None or each.before is None else now - each.before


def _question_chart(answered: Sequence[_Answered]) -> Chart | None:
    """The questions of the latest survey."""
    latest = [each for each in answered if each.survey.id == answered[-1].survey.id]
    bars = [Bar(each.question, share, each.before) for each in latest if (share := content(each.scores).number) is not None]
    return bar_chart("chart-questions", _("Content in {id}, by question, %", id=latest[-1].survey.id), bars, "%", _("the survey before"), 100) if latest else None
