"""The parts of the page on satisfaction that count complaints: by month, and by kind."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.office.period_words import period_words
from qmsctl.core.records.counted import counted
from qmsctl.core.review.feedback import INPUT, Feedback, is_late
from qmsctl.core.review.figures import labels_of
from qmsctl.message import _
from qmsctl.reports.parts.bar_chart import pareto_chart, ranked
from qmsctl.reports.parts.figured import Part, drawn, periods_from
from qmsctl.reports.parts.line_chart import Series, line_chart
from qmsctl.reports.parts.sheet import NUMBER, Column, Sheet

_COUNTS = (
    Column("received", _("Received"), NUMBER),
    Column("justified", _("Justified, wholly or in part"), NUMBER),
    Column("late", _("Answered late"), NUMBER),
    Column("unanswered", _("Not answered yet"), NUMBER),
)


def complaints(library: Library, period: Period) -> Part:
    """How many came in each month, and what became of them."""
    found = counted(library, INPUT, "complaints", period)
    justified = {each.id for each in counted(library, INPUT, "justified", period)}
    unanswered = {each.id for each in counted(library, INPUT, "unanswered", period)}
    shown = periods_from(period, min((day for each in found if (day := each.day("received"))), default=None))
    counts = []
    for each in shown:
        own = [one for one in found if each.start <= (one.day("received") or each.end) <= each.end]
        counts.append((len(own), sum(one.id in justified for one in own), sum(is_late(one) for one in own), sum(one.id in unanswered for one in own)))
    series = (Series(_("received"), tuple(each[0] for each in counts)), Series(_("justified"), tuple(each[1] for each in counts)))
    rows = tuple((period_words(each.text), *numbers) for each, numbers in zip(shown, counts, strict=True))
    return Part(
        Sheet("complaints", _("Complaints by month"), (Column("period", _("Month")), *_COUNTS), rows),
        (_("By the month in which they came in; justified are those that were found right, wholly or in part."),),
        _("No complaint was received in this period."),
        drawn(line_chart("chart-complaints", _("Complaints received and justified, by month"), shown, series)),
    )


def kinds(library: Library, found: Feedback) -> Part:
    """What they were about, the most frequent first."""
    labels = labels_of(library, INPUT, "complaints", "classification")
    ranks = ranked((labels.get(name, name) if name else _("not classified"), found.classes[name]) for name in sorted(found.classes))
    columns = (Column("name", _("Kind")), Column("count", _("How many"), NUMBER), Column("share", _("Share, %"), NUMBER), Column("reached", _("With those before, %"), NUMBER))
    rows = tuple((each.name, each.count, each.share, each.reached) for each in ranks)
    return Part(
        Sheet("kinds", _("Complaints by kind"), columns, rows), (), _("No complaint was received in this period."),
        drawn(pareto_chart("chart-kinds", _("Kinds of complaint"), ranks)),
    )
