"""The parts of the page on cases that count them: altogether, by procedure and by month."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from qmsctl.core.cases.limits import Judged, Sums, sums
from qmsctl.core.office.config import Period
from qmsctl.core.office.measuring_period import MeasuringPeriod
from qmsctl.core.office.period_words import period_words
from qmsctl.core.review.figures import Share
from qmsctl.message import Message, _
from qmsctl.reports.parts.bar_chart import Bar, bar_chart
from qmsctl.reports.parts.case_book import Kept
from qmsctl.reports.parts.figured import Part, drawn, periods_from
from qmsctl.reports.parts.line_chart import Series, line_chart
from qmsctl.reports.parts.review_charts import Tile
from qmsctl.reports.parts.sheet import NUMBER, Column, Sheet, Value

_SHARES = (
    Column("in_time", _("In time by the day told, %"), NUMBER),
    Column("in_time_by_limit", _("In time by the limit, %"), NUMBER),
    Column("first_pass", _("Right the first time, %"), NUMBER),
)
_COUNTS = (Column("received", _("Received"), NUMBER), Column("finished", _("Finished"), NUMBER), Column("late", _("Late"), NUMBER))
_UNKNOWN: tuple[Value, ...] = (None,) * (len(_COUNTS) + len(_SHARES))


def case_tiles(book: Sequence[Kept]) -> tuple[Tile, ...]:
    """The numbers of all procedures together."""
    whole = sums(_all(book))
    in_time, by_limit, first_pass = _shares(whole)
    found = [Tile(str(whole.received), _("cases received"), "procedures", bad=False)]
    found += [Tile(in_time, _("in time by the day told"), "procedures", bad=False)] if in_time.whole else []
    found += [Tile(by_limit, _("in time by the limit"), "procedures", bad=False)] if by_limit.whole else []
    found += [Tile(first_pass, _("right the first time"), "months", bad=False)]
    found += [Tile(str(whole.differing), _("late by one of the two only"), "differing", bad=True)] if whole.differing else []
    return (*found, *((Tile(str(whole.overdue), _("past due and still open"), "late", bad=True),) if whole.overdue else ()))


def _all(book: Sequence[Kept]) -> tuple[Judged, ...]:
    return tuple(chain.from_iterable(each.cases for each in book))


def _shares(found: Sums) -> tuple[Share, Share, Share]:
    """In time by the day told, in time by the limit, right the first time."""
    return (
        Share(found.finished - found.late, found.finished),
        Share(found.limited - found.late_by_limit, found.limited),
        Share(found.received - found.supplemented, found.received),
    )


def procedures(book: Sequence[Kept]) -> Part:
    """A line a procedure."""
    columns = (Column("id", _("Procedure")), Column("title", _("Title")), *_COUNTS, Column("overdue", _("Past due, open"), NUMBER), *_SHARES, Column("differing", _("Differ"), NUMBER))
    rows = []
    bars = []
    for each in book:
        found = each.sums
        numbers = [share.number for share in _shares(found)]
        rows.append((each.id, each.title, found.received, found.finished, found.late, found.overdue, *numbers, found.differing))
        if numbers[0] is not None:
            bars.append(Bar(f"{each.id} {each.title}", numbers[0], numbers[1], bad=bool(found.overdue)))
    return Part(
        Sheet("procedures", _("By procedure"), columns, tuple(rows)),
        (
            _("The day told is the one that the system or the slip gave the citizen or customer; the limit is counted from the procedure's own time limit, in office hours without stops. “Differ” counts the cases that are late by one of the two only."),
        ),
        _("There is none."),
        drawn(bar_chart("chart-procedures", _("Finished in time by the day told, %"), sorted(bars, key=lambda bar: bar.value), "%", _("by the limit"), 100)),
    )


def months(book: Sequence[Kept], period: Period) -> Part:
    """A line a month, all procedures together, then each where there are several."""
    columns = (Column("procedure", _("Procedure")), Column("period", _("Month")), *_COUNTS, *_SHARES)
    own = [each for each in book if each.cases]
    every = _all(own)
    shown = periods_from(period, min((each.told.case.received.date() for each in every), default=None))
    named = [(_("All procedures"), every, tuple(chain.from_iterable(each.begun for each in own)))] if len(own) > 1 else []
    named += [(Message("{id} {title}", {"id": each.id, "title": each.title}), each.cases, each.begun) for each in own]
    rows = tuple(
        (name, period_words(each.text), *(_line(found) if any(each.start <= day <= each.end for day in begun) else _UNKNOWN))
        for name, cases, begun in named
        for each, found in zip(shown, _by(shown, cases), strict=True)
    )
    return Part(
        Sheet("months", _("By month"), columns, rows, by="procedure"),
        (_("By the month in which the cases came in, as they stand today. A dash stands where there is no case register."),),
        _("There is none."),
        drawn(line_chart("chart-months", _("In time and right the first time, %"), shown, _series(_by(shown, every)), "%")),
    )


def _by(shown: Sequence[MeasuringPeriod], cases: Sequence[Judged]) -> tuple[Sums, ...]:
    """The sums of each period."""
    return tuple(sums(case for case in cases if each.start <= case.told.case.received.date() <= each.end) for each in shown)


def _line(found: Sums) -> tuple[Value, ...]:
    return (found.received, found.finished, found.late, *(share.number for share in _shares(found)))


def _series(found: Sequence[Sums]) -> tuple[Series, ...]:
    names = (_("in time by the day told"), _("in time by the limit"), _("right the first time"))
    return tuple(Series(name, tuple(_shares(each)[place].number for each in found)) for place, name in enumerate(names))
