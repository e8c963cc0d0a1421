"""The parts of the page on cases that name them: where the two promises differ, and the late ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qmsctl.core.cases.case import RESULT_WORDS
from qmsctl.core.cases.limits import TOO_LATE, Judged
from qmsctl.message import _
from qmsctl.reports.parts.case_book import Kept
from qmsctl.reports.parts.case_words import due_words, in_hours
from qmsctl.reports.parts.figured import Part
from qmsctl.reports.parts.sheet import NUMBER, Column, Sheet, Value

_CASE = (Column("case", _("Case")), Column("procedure", _("Procedure")), Column("received", _("Received")), Column("due", _("Day told")))


def differing(book: Sequence[Kept]) -> Part:
    """The cases that are late by the day told or by the limit, not by both."""
    columns = (*_CASE, Column("limit", _("End of the limit")), Column("finished", _("Finished")), Column("result", _("By the day told")), Column("by_limit", _("By the limit")))
    rows = tuple(
        (*_case(each, one), each.limit.at if each.limit else None, each.told.case.finished, RESULT_WORDS[each.told.result], RESULT_WORDS[each.by_limit] if each.by_limit else None)
        for each, one in _pairs(book) if each.differs
    )
    return Part(
        Sheet("differing", _("Where the two promises differ"), columns, rows),
        (_("Late by the day told and not by the limit, or the other way round."),),
        _("Both promises say the same of every case."),
    )


def late(book: Sequence[Kept]) -> Part:
    """The late cases, the latest first."""
    columns = (*_CASE, Column("finished", _("Finished")), Column("result", _("Result")), Column("late", _("Late by, h"), NUMBER))
    found = sorted(((each, one) for each, one in _pairs(book) if each.told.result in TOO_LATE), key=lambda pair: (-pair[0].told.late, pair[0].told.case.id))
    rows = tuple((*_case(each, one), each.told.case.finished, RESULT_WORDS[each.told.result], in_hours(each.told.late)) for each, one in found)
    return Part(Sheet("late", _("Late cases"), columns, rows), (_("By the day told, the latest first."),), _("No case was late."))


def _pairs(book: Sequence[Kept]) -> Iterator[tuple[Judged, Kept]]:
    return ((each, one) for one in book for each in one.cases)


def _case(each: Judged, one: Kept) -> tuple[Value, ...]:
    case = each.told.case
    return (case.id, one.id, case.received, due_words(case.due) if case.due else None)
