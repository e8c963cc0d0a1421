"""A province by the rows its agencies sent: who built, declared and checked, what is late, what repeats, who did not send."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from qmsctl.core.signoffs.status_labels import level_words
from qmsctl.core.text.quantity import percent, rounded
from qmsctl.message import Label, Message, _
from qmsctl.reports.parts.bar_chart import Bar, bar_chart
from qmsctl.reports.parts.chart import Chart
from qmsctl.reports.parts.cover import Cover
from qmsctl.reports.parts.figured import Figured, Part, drawn
from qmsctl.reports.parts.review_charts import Tile
from qmsctl.reports.parts.sheet import DAY, NUMBER, TEXT, Column, Sheet, Value
from qmsctl.value import dataclass

Rows = Sequence[tuple[object, ...]]
Words = Callable[[str, str], Label | str]
"""The label of a word in a column, such as a type or a cause; the word where there is none."""

LABELS: Mapping[str, tuple[Message, str]] = {
    "agency": (_("Agency"), TEXT), "name": (_("Name"), TEXT), "sent": (_("Last sent"), DAY), "documents": (_("Documents in force"), NUMBER),
    "procedures": (_("Procedures in force"), NUMBER), "declared": (_("Declared"), DAY), "audited": (_("Internal audit closed"), DAY), "errors": (_("Errors of the check"), NUMBER),
    "code": (_("Code of the procedure"), TEXT), "on_list": (_("On the list"), TEXT), "agencies": (_("Number of agencies"), NUMBER), "lacking": (_("Agencies without"), NUMBER),
    "received": (_("Received"), NUMBER), "finished": (_("Finished"), NUMBER), "late": (_("Late"), NUMBER), "overdue": (_("Overdue"), NUMBER),
    "in_time": (_("In time, %"), NUMBER), "unread": (_("Lists not read whole"), NUMBER), "type": (_("Type"), TEXT), "oldest": (_("Oldest due date"), DAY),
    "document": (_("Document"), TEXT), "revision": (_("Revision"), NUMBER), "due": (_("Due"), DAY), "record": (_("Id of the record"), TEXT), "severity": (_("Severity"), TEXT),
    "cause": (_("Cause"), TEXT), "state": (_("State"), TEXT), "opened": (_("Opened"), DAY), "nonconformities": (_("Nonconformities"), NUMBER), "major": (_("Major"), NUMBER),
    "sign_offs": (_("Number of sign-offs"), NUMBER), "entered": (level_words("entered"), NUMBER), "declared_level": (level_words("declared"), NUMBER),
    "evidenced": (level_words("evidenced"), NUMBER), "signed": (level_words("signed"), NUMBER), "witnessed": (_("of these witnessed"), NUMBER),
}


@dataclass(frozen=True, slots=True)
class Metric:
    """A part of the page: ``lead`` says how it is counted, ``none`` what there is to say where nothing is."""

    name: str
    title: Message
    lead: Message
    none: Message
    columns: tuple[str, ...]


METRICS = (
    Metric("agencies", _("Agencies"), _("What each agency has in force, and when it declared conformity and closed an internal audit last, as it sent it."), _("No agency is on the list."),
           ("agency", "name", "sent", "documents", "procedures", "declared", "audited", "errors")),
    Metric("silent", _("Who did not send"), _("Agencies of the list that sent nothing, or nothing in the last days."), _("Every agency sent."), ("agency", "name", "sent")),
    Metric("procedures", _("Administrative procedures"), _("For how many of the agencies that sent there is a procedure in force, by its code."), _("No list was given, and no agency sent a code."), ("code", "name", "on_list", "agencies", "lacking")),
    Metric("on_time", _("In time by administrative procedure"), _("Of the finished cases, how many were finished when due or before."), _("No agency sent counts of cases of a procedure that has a code."),
           ("code", "name", "agencies", "received", "finished", "late", "overdue", "in_time")),
    Metric("on_time_by_agency", _("In time by agency"), _("Of the finished cases, how many were finished when due or before."), _("No agency sent counts of cases."),
           ("agency", "name", "received", "finished", "late", "overdue", "in_time", "unread")),
    Metric("late_records", _("Late records"), _("Open records of which something is past due."), _("Nothing is late."), ("agency", "name", "type", "late", "oldest")),
    Metric("overdue_reviews", _("Overdue reviews"), _("Documents in force that should have been reviewed."), _("No review is overdue."), ("agency", "name", "document", "type", "revision", "due")),
    Metric("open_nonconformities", _("Nonconformities open for long"), _("Nonconformities that were opened before the days allowed for them."), _("None is open for so long."),
           ("agency", "name", "record", "severity", "cause", "state", "opened", "due")),
    Metric("causes", _("Causes that repeat across agencies"), _("Groups of causes that nonconformities of the last year have in more than one agency."), _("No cause was found in more than one agency."), ("cause", "agencies", "nonconformities", "major")),
    Metric("levels", _("Levels of sign-offs"), _("What shows who gave the sign-offs of each agency, and, of all of them, how many somebody outside had seen by a day."), _("No agency sent sign-offs."),
           ("agency", "name", "sign_offs", "entered", "declared_level", "evidenced", "signed", "witnessed")),
)
"""The parts of the page, each a metric of this name."""

_WORDS = ("type", "severity", "cause", "state")
_YES = "yes"


def sheet_of(metric: Metric, rows: Rows, words: Words) -> Sheet:
    """The rows of a metric as a list."""
    columns = tuple(Column(name, *LABELS[name]) for name in metric.columns)
    return Sheet(metric.name.replace("_", "-"), metric.title, columns, tuple(tuple(_value(name, each, words) for name, each in zip(metric.columns, row, strict=True)) for row in rows))


def province(cover: Cover, found: Mapping[str, Rows], words: Words) -> Figured:
    """The page of all metrics, each with its rows by name."""
    parts = tuple(Part(sheet_of(each, found[each.name], words), (each.lead,), each.none, drawn(_chart(each, found[each.name], words))) for each in METRICS)
    return Figured(cover, tuple(_tiles(found)), parts)


def _value(name: str, value: object, words: Words) -> Value:
    if value is None or isinstance(value, int | Decimal | date):
        return value
    if name == "on_list":
        return _("yes") if value == _YES else _("no")
    return words(name, str(value)) if name in _WORDS else str(value)


def _tiles(found: Mapping[str, Rows]) -> Iterator[Tile]:
    agencies, silent, cases = found["agencies"], found["silent"], found["on_time_by_agency"]
    sent = sum(row[2] is not None for row in agencies)
    yield Tile(_("{count} of {all}", count=sent, all=len(agencies)), _("agencies sent rows"), "agencies", bad=sent < len(agencies))
    yield Tile(_("{count} of {all}", count=sum(row[5] is not None for row in agencies), all=len(agencies)), _("declared conformity"), "agencies", bad=False)
    finished, late = _sum(cases, 3), _sum(cases, 4)
    if finished:
        yield Tile(percent(rounded(Decimal(100 * (finished - late)) / finished, 1)), _("of the cases in time"), "on-time-by-agency", bad=late > 0)
    for name, counted, told in (
        ("late-records", _sum(found["late_records"], 3), _("late records")),
        ("overdue-reviews", len(found["overdue_reviews"]), _("overdue reviews")),
        ("open-nonconformities", len(found["open_nonconformities"]), _("nonconformities open for long")),
        ("causes", len(found["causes"]), _("causes in several agencies")),
        ("silent", len(silent), _("agencies that did not send")),
    ):
        yield Tile(str(counted), told, name, bad=counted > 0)


def _sum(rows: Rows, place: int) -> int:
    return sum(int(str(row[place])) for row in rows)


def _chart(metric: Metric, rows: Rows, words: Words) -> Chart | None:
    """Bars of the lowest shares in time, or of the causes that most agencies have."""
    if metric.name in ("on_time", "on_time_by_agency"):
        lowest = sorted((row for row in rows if isinstance(row[metric.columns.index("in_time")], Decimal)), key=lambda row: str(row[metric.columns.index("in_time")]).zfill(6))
        return bar_chart(metric.name, _("The lowest shares in time"), [Bar(str(row[1] or row[0]), _share(row, metric), bad=_share(row, metric) < 100) for row in lowest], "%", whole=100)
    if metric.name == "causes":
        return bar_chart(metric.name, _("Agencies by cause"), [Bar(words("cause", str(row[0])), _sum([row], 1)) for row in rows])
    return None


def _share(row: tuple[object, ...], metric: Metric) -> Decimal:
    return Decimal(str(row[metric.columns.index("in_time")]))
