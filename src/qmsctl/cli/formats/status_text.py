"""What needs attention, for people: a page of at most so many rows, or the whole of one list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qmsctl.cli.formats.table import columns_of, table, wrapped
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD, DIM, GREEN, RED
from qmsctl.core.attention import KIND_WORDS, Kind
from qmsctl.core.office.period_words import period_words
from qmsctl.core.tasks.task_words import days_words
from qmsctl.message import Message, _
from qmsctl.reports.parts.trend import Trend
from qmsctl.reports.status import Group, Line, StatusReport, UnitRow

_TONES = {"worse": RED, "better": GREEN}


def status_lines(session: Session, page: StatusReport) -> Iterator[str]:
    """The page: the lists with what fits, the units, and what is not known."""
    words, cover = session.words, page.cover
    head = _("{office}: what needs attention on {day}, compared with {before}", office=cover.organization, day=cover.today, before=page.before)
    yield session.colour(wrapped(session.terminal, words(head)), BOLD)
    if page.quiet:
        yield ""
        yield wrapped(session.terminal, words(page.quiet))
    for group in page.groups:
        yield ""
        yield from _group(session, group)
    if page.more:
        yield ""
        yield words(_("and 1 more") if page.more == 1 else _("and {count} more", count=page.more)) + ": " + ", ".join(
            words(each.list) for each in page.groups if each.list_goes_on
        )
    if page.units:
        yield ""
        yield from _units(session, page)
    for note in page.notes:
        yield wrapped(session.terminal, words(note), "! ", "  ")


def list_lines(session: Session, kind: Kind, found: Sequence[Line]) -> Iterator[str]:
    """One list with all it holds, each with the command that comes next."""
    yield session.colour(session.words(_("{what}: {count}", what=KIND_WORDS[kind], count=len(found))), BOLD)
    for each in found:
        yield from _line(session, each, with_command=True)


def _group(session: Session, group: Group) -> Iterator[str]:
    head = session.words(_("{what}: {count}", what=group.label, count=group.trend.now))
    told, listed = _told(session, group.trend), session.words(group.list)
    gap = session.terminal.width - columns_of(head) - columns_of(told) - columns_of(listed) - 2
    shown = session.colour(head, BOLD) + "  " + session.colour(told, _TONES.get(group.trend.tone, DIM))
    if columns_of(head) + columns_of(told) + 2 > session.terminal.width and session.terminal.folds:
        yield wrapped(session.terminal, head)
        yield from (wrapped(session.terminal, told, "  ", "  "), session.colour(f"  {listed}", DIM))
    elif gap >= 2:
        yield shown + " " * (gap if session.terminal.folds else 2) + session.colour(listed, DIM)
    else:
        yield shown
        yield session.colour(f"  {listed}", DIM)
    for each in group.lines:
        yield from _line(session, each, with_command=group.kind is Kind.SIGNATURES)


def _told(session: Session, trend: Trend) -> str:
    change = "" if not trend.change else f" ▲ +{trend.change}" if trend.change > 0 else f" ▼ −{-trend.change}"
    return f"({session.words(trend.words)}{change})"


def _line(session: Session, each: Line, *, with_command: bool) -> Iterator[str]:
    words, terminal = session.words, session.terminal
    yield wrapped(terminal, f"{words(each.id)} {words(each.title)}", "  ", "    ")
    told = (each.what, each.whose, each.unit, _since(each))
    yield wrapped(terminal, " · ".join(shown for part in told if (shown := words(part))), "    ", "    ")
    if with_command:
        yield session.colour(f"    → {words(each.next.hint)}", DIM)


def _since(each: Line) -> Message | str:
    if each.since is None:
        return ""
    return _("since {day} ({days})", day=each.since, days=days_words(each.days)) if each.days else _("since {day}", day=each.since)


def _units(session: Session, page: StatusReport) -> Iterator[str]:
    """A line a unit for people, with what is not zero; a table for other programs."""
    words = session.words
    if session.terminal.folds:
        yield session.colour(words(_("By unit, and what reached the top")), BOLD)
        yield from (wrapped(session.terminal, _unit(session, each, page), "  ", "    ") for each in page.units)
    else:
        heads = (_("Unit"), *page.columns, _("all"), _("a month ago"), *map(period_words, page.months), _("not answered"))
        rows = [(words(each.name), *each.figures, each.trend.now, each.trend.short, *each.by_month, each.waiting) for each in page.units]
        yield table(session.terminal, [words(each) for each in heads], [[str(cell) for cell in row] for row in rows])
    if page.more_units:
        yield words(_("and {count} more units", count=page.more_units))
    whole = page.units[0]
    told = _("Escalated this month: {count}, {trend}; not answered: {waiting}", count=whole.escalated.now, trend=whole.escalated.words, waiting=whole.waiting)
    yield wrapped(session.terminal, words(told))


def _unit(session: Session, each: UnitRow, page: StatusReport) -> str:
    words = session.words
    figures = [f"{words(column)} {count}" for column, count in zip(page.columns, each.figures, strict=True) if count]
    if any(each.by_month):
        figures.append(words(_("escalated since {month}: {counts}", month=period_words(page.months[0]), counts=" ".join(map(str, each.by_month)))))
    return f"{words(each.name)}: {each.trend.now} {_told(session, each.trend)} · {', '.join(figures)}".rstrip(" ·")
