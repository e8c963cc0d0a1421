"""What needs attention, on one page: late work and cases, nonconformities late or back again, objectives off target, documents past review, and what waits for whoever reads it; by unit, against a month ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, zip_longest

from qmsctl.core.attention import KIND_WORDS, MONTHS, Attention, Count, Escalated, Kind, Matter, attention, months
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.office.config import COMPANY
from qmsctl.mend import Mend, command
from qmsctl.message import Label, Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.trend import Trend, trend
from qmsctl.value import dataclass

ABOUT = About.OFFICE
PERSONAL = True

MOST = 12
"""So many rows at most, of all lists together: more is no page that is read in a minute."""

MOST_UNITS = 6
_LONG = 90


@dataclass(frozen=True, slots=True)
class Line:
    """One matter: what, whose, since when and for how many days, and what to type."""

    id: str
    title: str
    what: Label | Message
    unit: str
    whose: str
    since: date | None
    days: int | None
    next: Mend


@dataclass(frozen=True, slots=True)
class Group:
    """A list: its figure, the command that shows the whole of it, the lines that fit on the page, and whether there are others.

    A list without any line is of what was there a month ago.
    """

    kind: Kind
    label: Message
    trend: Trend
    list: Mend
    lines: tuple[Line, ...]
    list_goes_on: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its figures, one for each of the columns, all of them against a month ago, and what it escalated.

    The first row is of all units. ``by_month`` counts the escalations; ``waiting`` of them are not answered.
    """

    name: str | Message
    figures: tuple[int, ...]
    trend: Trend
    by_month: tuple[int, ...]
    escalated: Trend
    waiting: int
    list: Mend


@dataclass(frozen=True, slots=True)
class StatusReport:
    """The page.

    ``more`` is how many matters did not fit; ``notes`` say what is not known; ``reader`` is empty for nobody known. It
    ``is_whole`` if all that is there could be read.
    """

    cover: Cover
    before: date
    reader: str
    groups: tuple[Group, ...]
    more: int
    columns: tuple[Message, ...]
    units: tuple[UnitRow, ...]
    more_units: int
    months: tuple[str, ...]
    notes: tuple[Message, ...]
    is_whole: bool

    @property
    def quiet(self) -> Message | None:
        """The sentence of an office without exceptions; ``None`` where there are some."""
        if any(each.trend.now for each in self.groups):
            return None
        if not self.is_whole:
            return _("Nothing else is known to be late.")
        if not self.reader:
            return _("Nothing is late and nothing has come back: thank you all.")
        return _("Nothing is late, nothing has come back, and nothing waits for you to sign or answer: thank you all.")


def build(library: Library, result: CheckResult, options: ReportOptions) -> StatusReport:
    """The page for ``options.reader``."""
    return status(library, cover(_("What needs attention"), library, options), options.reader)


def status(library: Library, shown: Cover, reader: str, units: frozenset[str] | None = None) -> StatusReport:
    """The page as a value, for paper and terminal alike; of some units if they are given."""
    found = attention(library, reader).only(units)
    chosen = _chosen(found)
    groups = tuple(_group(kind, found, chosen.get(kind, ()), library) for kind in Kind if found.now[kind] or found.count(kind).then)
    rows = _units(found, library)
    return StatusReport(
        cover=shown,
        before=found.before,
        reader=library.people.name(reader) if reader else "",
        groups=groups,
        more=sum(map(len, found.now.values())) - sum(map(len, chosen.values())),
        columns=tuple(_SHORT[kind] for kind in _OF_UNITS),
        units=rows[: 1 + MOST_UNITS],
        more_units=len(rows[1 + MOST_UNITS :]),
        months=tuple(str(each) for each in months(library)),
        notes=tuple(_notes(found, library, reader)),
        is_whole=not found.unread and not shown.unseen,
    )


def lines(library: Library, reader: str, kind: Kind, units: frozenset[str] | None = None) -> tuple[Line, ...]:
    """The whole of one list, of some units if they are given."""
    return tuple(_line(each, library, None) for each in attention(library, reader).only(units).now[kind])


_OF_UNITS = tuple(kind for kind in Kind if kind is not Kind.SIGNATURES)
"""What is counted by unit: all but what waits for the reader alone."""

_SHORT = {
    Kind.LATE: _("late work"), Kind.CASES: _("late cases"), Kind.NONCONFORMITIES: _("nonconf."), Kind.OBJECTIVES: _("objectives"),
    Kind.REVIEWS: _("reviews"),
}


def _chosen(found: Attention) -> dict[Kind, tuple[Matter, ...]]:
    """The first of each list, then the second of each, and so on, until the page is full."""
    rounds = zip_longest(*(found.now[kind] for kind in Kind))
    picked = [each for each in chain.from_iterable(rounds) if each is not None][:MOST]
    return {kind: tuple(each for each in picked if each.kind is kind) for kind in Kind}


def _group(kind: Kind, found: Attention, chosen: tuple[Matter, ...], library: Library) -> Group:
    return Group(kind, KIND_WORDS[kind], trend(found.count(kind)), command("status", kind.value), tuple(_line(each, library, _LONG) for each in chosen), len(found.now[kind]) > len(chosen))


def _line(each: Matter, library: Library, most: int | None) -> Line:
    days = (library.today - each.since).days if each.since else None
    title = _clipped(each.title, most) if most else each.title
    return Line(each.id, title, each.what, _unit(each.unit, library), _whose(each, library), each.since, days, each.next)


def _whose(each: Matter, library: Library) -> str:
    """The one person; else whoever is named."""
    if len(each.people) == 1:
        return naming.person(library, each.people[0])
    return ", ".join(naming.holder(library, owner) for owner in each.owners)


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _unit(name: str, library: Library) -> str:
    return naming.unit(library, name) if name else ""


def _units(found: Attention, library: Library) -> tuple[UnitRow, ...]:
    """All units together, then those in which something is not as it should be, the one with the most first."""
    by_unit = {each.unit: each for each in found.escalated[1:]}
    names = {each.unit for kind in _OF_UNITS for each in found.now[kind]} | by_unit.keys()
    rows = [_unit_row(name, found, by_unit.get(name), library) for name in sorted(names)]
    whole = _unit_row(None, found, found.escalated[0] if found.escalated else None, library)
    return (whole, *sorted(rows, key=lambda row: (-row.trend.now, -sum(row.by_month)))) if rows else ()


def _unit_row(name: str | None, found: Attention, told: Escalated | None, library: Library) -> UnitRow:
    counts = [found.count(kind, name) for kind in _OF_UNITS]
    then = [each.then for each in counts if each.then is not None]
    known, unsure = sum(then) if then else None, len(then) < len(counts) or any(each.at_least for each in counts)
    told = told or Escalated("", (0,) * MONTHS, 0, 0, 0)
    return UnitRow(
        name=_("all units") if name is None else _unit(name, library) or _("no unit"),
        figures=tuple(each.now for each in counts),
        trend=trend(Count(sum(each.now for each in counts), known, unsure)),
        by_month=told.by_month,
        escalated=Trend(told.now, told.then, at_least=False, words=_("up to this day a month ago: {count}", count=told.then)),
        waiting=told.waiting,
        list=command("status", unit=name or None),
    )


def _notes(found: Attention, library: Library, reader: str) -> Iterator[Message]:
    """What the page cannot tell, so that nothing is taken for good that nobody looked at."""
    if not reader:
        yield _("What waits for you is not known: git's address is nobody's in people.yaml.")
    if found.unread:
        yield _("Late cases are not all known: {ids} could not be read whole.", ids=found.unread[:5])
    if not found.has_cases and library.config.profile != COMPANY:
        yield _("Late cases are not known: there is no case register.")
    if found.without_day:
        yield _("Open nonconformities without a day to be closed by: {count} (nonconformity_due in qms.yaml).", count=found.without_day)
