"""The figures of a management review as leaders look at them: a few numbers, and bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.finding import NONCONFORMITY
from qmsctl.core.review.figures import Figures, percent
from qmsctl.core.review.nonconformities import AGES
from qmsctl.core.text.values import read_number
from qmsctl.message import Label, Message, _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.bars import Bar, length, pareto

_NONE = Figures({})
_MOST_MONTHS = 24

Found = Mapping[str, Figures]
"""The figures by the name of their input."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A number, what it counts, and the input it belongs to; ``bad`` where somebody has to act."""

    value: str
    words: Message
    anchor: str
    bad: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Nonconformities raised and closed in a month such as ``2026-10``."""

    month: str
    raised: int
    closed: int
    raised_bar: int
    closed_bar: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How the cases of a procedure were kept; the bar is the share in time."""

    id: str
    title: str
    received: int
    finished: int
    late: int
    in_time: str
    bar: int
    first_pass: str


@dataclass(frozen=True, slots=True)
class Target:
    """An objective: its latest value against its target, ``None`` where it was not measured."""

    id: str
    title: str
    value: str
    target: str
    unit: str
    reached: bool | None


def tiles(found: Found, library: Library) -> Iterator[Tile]:
    """The numbers for leaders, those left out to which there is nothing to count."""
    cases, problems = found.get("process-performance", _NONE), found.get("actions-status", _NONE)
    done, late = sum(cases.counts("finished").values()), sum(cases.counts("late").values())
    if done:
        yield _tile(percent(done - late, done), _("of the cases in time"), "process-performance", bad=bool(cases.counts("overdue")))
    voices = found.get("customer-feedback", _NONE)
    answers = sum(voices.counts("answers").values())
    if answers:
        yield _tile(percent(sum(voices.counts("content").values()), answers), _("of the answers in surveys content"), "customer-feedback")
    for name, words, figure, bad in (
        ("customer-feedback", _("complaints"), "complaints", False),
        ("actions-status", _("nonconformities raised"), "raised", False),
        ("actions-status", _("nonconformities open"), "open", False),
        ("actions-status", _("nonconformities that repeat an earlier one"), "repeats", True),
        ("actions-status", _("actions late"), "actions_late", True),
        ("audit-results", _("findings of audits open"), "open", False),
    ):
        count = found.get(name, _NONE).count(figure)
        if count or (problems and name == "actions-status"):
            yield _tile(str(count), words, name, bad=bad and count > 0)
    objectives, earlier = found.get("objectives", _NONE), found.get("previous-actions", _NONE)
    if objectives:
        reached, whole = objectives.count("reached"), objectives.count("objectives")
        yield _tile(f"{reached}/{whole}", _("objectives reached"), "objectives", bad=bool(objectives.ids("missed")))
    if earlier:
        yield _tile(f"{earlier.count('done')}/{earlier.count('decisions')}", _("decisions of the last review done"), "previous-actions", bad=bool(earlier.ids("late")))


def _tile(value: str, words: Message, name: str, *, bad: bool = False) -> Tile:
    return Tile(value, words, naming.anchor("input", name), bad)


def causes(found: Found, library: Library) -> tuple[Bar, ...]:
    """The causes of nonconformities, the most frequent first."""
    kind = library.types.get(NONCONFORMITY)
    labels: Mapping[str, Label] = kind.fields["cause_category"].values if kind else {}
    counts = found.get("actions-status", _NONE).counts("causes")
    return pareto((labels.get(name, name), count) for name, count in counts.items())


def ages(found: Found) -> tuple[Bar, ...]:
    """How old open nonconformities are."""
    counts = found.get("actions-status", _NONE).counts("ages")
    young, middling = AGES
    words = {
        "young": _("up to {days} days", days=young),
        "middling": _("{first} to {last} days", first=young + 1, last=middling),
        "old": _("over {days} days", days=middling),
    }
    longest = max(counts.values(), default=0)
    return tuple(Bar(words[name], str(counts.get(name, 0)), length(counts.get(name, 0), longest)) for name in words) if counts else ()


def months(found: Found, period: Period) -> tuple[Month, ...]:
    """Every month of the period in which something was raised or closed, and those between."""
    figures = found.get("actions-status", _NONE)
    raised, closed = figures.counts("raised_by_month"), figures.counts("closed_by_month")
    longest = max((*raised.values(), *closed.values()), default=0)
    if not longest or period.start is None or period.end is None:
        return ()
    return tuple(
        Month(each, raised.get(each, 0), closed.get(each, 0), length(raised.get(each, 0), longest), length(closed.get(each, 0), longest))
        for each in _months(period.start, period.end)[-_MOST_MONTHS:]
    )


def _months(start: date, end: date) -> list[str]:
    found, day = [], start.replace(day=1)
    while day <= end:
        found.append(f"{day:%Y-%m}")
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def kept(found: Found, library: Library) -> tuple[Kept, ...]:
    """The procedures with cases, the least in time first."""
    figures = found.get("process-performance", _NONE)
    received, finished, late, back = (figures.counts(name) for name in ("received", "finished", "late", "supplemented"))
    rows = [
        Kept(
            id=name,
            title=naming.title(library, name),
            received=received[name],
            finished=finished.get(name, 0),
            late=late.get(name, 0),
            in_time=percent(finished.get(name, 0) - late.get(name, 0), finished.get(name, 0)),
            bar=round(100 * (finished[name] - late.get(name, 0)) / finished[name]) if finished.get(name) else 0,
            first_pass=percent(received[name] - back.get(name, 0), received[name]),
        )
        for name in received
    ]
    return tuple(sorted(rows, key=lambda row: (row.bar, row.id)))


def targets(found: Found, library: Library) -> tuple[Target, ...]:
    """The objectives by id."""
    figures = found.get("objectives", _NONE)
    values, aims, units = (figures.texts(name) for name in ("values", "targets", "units"))
    met = {**dict.fromkeys(figures.ids("reached"), True), **dict.fromkeys(figures.ids("missed"), False)}
    names = sorted({*met, *figures.ids("unmeasured")})
    return tuple(
        Target(name, naming.title(library, name), _plain(values.get(name)), _plain(aims.get(name)), units.get(name, ""), met.get(name))
        for name in names
    )


def _plain(text: str | None) -> str:
    """A number without the zeros at its end; what is no number as it stands."""
    number = read_number(text or "")
    return text or "–" if number is None else f"{number.normalize():f}"
