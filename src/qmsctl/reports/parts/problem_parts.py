"""The parts of the page on nonconformities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.office.measuring_period import MeasuringPeriod
from qmsctl.core.office.period_words import period_words
from qmsctl.core.records.counted import counted
from qmsctl.core.records.repeats import Repeats
from qmsctl.core.records.repeats_words import told
from qmsctl.core.review.figures import labels_of
from qmsctl.core.review.nonconformities import AGES, Problems
from qmsctl.core.signoffs.status_labels import status_words
from qmsctl.message import Label, Message, _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.bar_chart import Bar, bar_chart, pareto_chart, ranked
from qmsctl.reports.parts.figured import Part, drawn, periods_from
from qmsctl.reports.parts.line_chart import Series, line_chart
from qmsctl.reports.parts.sheet import DAY, NUMBER, Column, Sheet, Value, listed

_MOST_COLUMNS = 13
_RANKED = (Column("count", _("How many"), NUMBER), Column("share", _("Share, %"), NUMBER), Column("reached", _("With those before, %"), NUMBER))


def causes(found: Problems, library: Library) -> Part:
    """The kinds of cause, the most frequent first."""
    labels = labels_of(library, found.INPUT, "raised", "cause_category")
    unknown = found.raised - sum(found.causes.values())
    lead = (_("Of what was raised in the period, the kinds of cause that are known; not known yet: {count}.", count=unknown),)
    return _pareto("causes", _("Kinds of cause"), _("Cause"), found.causes, labels, lead, _("No cause is known yet."))


def sources(found: Problems, library: Library) -> Part:
    """Where they were seen, the most frequent first."""
    labels = labels_of(library, found.INPUT, "raised", "source")
    lead = (_("By whom or in what they were found."),)
    return _pareto("sources", _("Where they were seen"), _("Seen in"), found.sources, labels, lead, _("There is none."))


def _pareto(name: str, title: Message, head: Message, counts: Mapping[str, int], labels: Mapping[str, Label], lead: tuple[Message, ...], none: Message) -> Part:
    ranks = ranked((labels.get(key, key), counts[key]) for key in sorted(counts))
    rows = tuple((each.name, each.count, each.share, each.reached) for each in ranks)
    return Part(Sheet(name, title, (Column("name", head), *_RANKED), rows), lead, none, drawn(pareto_chart(f"chart-{name}", title, ranks)))


def months(found: Problems, period: Period) -> Part:
    """Raised and closed in each month."""
    begun = min((each.start for each in (*found.raised_by_month, *found.closed_by_month)), default=None)
    shown = periods_from(period, begun)
    counts = [(each, _within(found.raised_by_month, each), _within(found.closed_by_month, each)) for each in shown]
    columns = (Column("period", _("Month")), Column("raised", _("Raised in the month"), NUMBER), Column("closed", _("Closed in the month"), NUMBER))
    series = (Series(_("raised"), tuple(each[1] for each in counts)), Series(_("closed"), tuple(each[2] for each in counts)))
    chart = line_chart("chart-months", _("Nonconformities raised and closed, by month"), shown, series)
    rows = tuple((period_words(each.text), raised, closed) for each, raised, closed in counts)
    return Part(Sheet("months", _("Raised and closed by month"), columns, rows), (), _("There is none."), drawn(chart))


def _within(counts: Mapping[MeasuringPeriod, int], whole: MeasuringPeriod) -> int:
    return sum(count for month, count in counts.items() if whole.start <= month.start <= whole.end)


def ages(found: Problems, library: Library) -> Part:
    """Those that are open on the last day, the oldest first."""
    young, middling = AGES
    words = {"young": _("up to {days} days", days=young), "middling": _("{first} to {last} days", first=young + 1, last=middling), "old": _("over {days} days", days=middling)}
    bars = [Bar(words[name], found.ages.get(name, 0), bad=name == "old") for name in words] if found.ages else []
    columns = (
        *(Column("id", _("No.")), Column("title", _("Title")), Column("unit", _("Unit")), Column("owner", _("Owner"))),
        *(Column("raised", _("Raised"), DAY), Column("days", _("Days open"), NUMBER), Column("state", _("State"))),
    )
    rows = tuple(_open(library.by_id[name], library) for name in found.open)
    return Part(
        Sheet("ages", _("How long they have been open"), columns, rows),
        (_("Those that were open on the last day of the period, the oldest first."),),
        _("None is open."),
        drawn(bar_chart("chart-ages", _("How long nonconformities have been open"), bars)),
    )


def _open(record: Item, library: Library) -> tuple[Value, ...]:
    raised = record.day("raised")
    return (
        record.id, record.title, naming.unit(library, record.text("unit") or "") or None, naming.person(library, record.text("owner") or ""),
        raised, (library.today - raised).days if raised else None, status_words(record.type, record.status or ""),
    )


def repeats(found: Problems, library: Library) -> Part:
    """Those raised in the period that repeat an earlier one, with what they have in common."""
    known = Repeats(library)
    columns = (Column("id", _("No.")), Column("title", _("Title")), Column("unit", _("Unit")), Column("raised", _("Raised"), DAY), Column("repeats", _("Repeats")))
    records = [library.by_id[name] for name in found.repeats]
    rows = tuple((each.id, each.title, naming.unit(library, each.text("unit") or "") or None, each.day("raised"), listed(told(known.before(each), library))) for each in records)
    lead = (_("In the same unit or against the same document within the office's window (repeat_window); the same kind of cause is named beside it."),)
    return Part(Sheet("repeats", _("What came back"), columns, rows), lead, _("None repeats an earlier one."))


def units(library: Library, period: Period) -> Part:
    """How many each unit had in each month of the period."""
    days: defaultdict[str, list[date]] = defaultdict(list)
    for each in counted(library, Problems.INPUT, "raised", period):
        days[each.text("unit") or ""] += [day] if (day := each.day("raised")) else []
    shown = periods_from(period, min((day for each in days.values() for day in each), default=None), _MOST_COLUMNS)
    order = {each.id: place for place, each in enumerate(library.config.units)}
    names = sorted(days, key=lambda name: (order.get(name, len(order)), name))
    called = {name: naming.unit(library, name) or _("no unit") for name in names}
    columns = (Column("unit", _("Unit")), *(Column(each.text, period_words(each.text), NUMBER) for each in shown), Column("all", _("Altogether"), NUMBER))
    rows = tuple((called[name], *_by(shown, days[name]), len(days[name])) for name in names)
    bars = sorted((Bar(called[name], len(days[name])) for name in names), key=lambda bar: -bar.value)
    chart = bar_chart("chart-units", _("Nonconformities raised, by unit"), bars)
    return Part(Sheet("units", _("By unit and month"), columns, rows), (), _("There is none."), drawn(chart))


def _by(shown: Iterable[MeasuringPeriod], days: Iterable[date]) -> Iterator[int | None]:
    """How many days lie in each period; nothing for none."""
    yield from (sum(each.start <= day <= each.end for day in days) or None for each in shown)
