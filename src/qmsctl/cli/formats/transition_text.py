"""The way from one edition to another, for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qmsctl.cli.formats.table import table, wrapped
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD
from qmsctl.message import Message, _
from qmsctl.reports.parts.passage import Have, Kind, Passage
from qmsctl.reports.transition import NoLonger, Transition

_FEW, _READABLE = 4, 6
_SECTIONS = (Kind.MISSING, Kind.EXTEND, Kind.DECIDE)


def transition_text(session: Session, found: Transition) -> Iterator[str]:
    """What is to be done first, then what carries over, what is no longer asked for, and the plan."""
    yield session.colour(session.words(found.cover.title), BOLD)
    for kind, title in zip(_SECTIONS, (_("Missing"), _("To be extended"), _("To be decided again")), strict=True):
        passages = found.of(kind)
        if passages:
            yield from _heading(session, title, len(passages))
            yield from _passages(session, passages)
    ready = (*found.of(Kind.THERE), *found.of(Kind.CARRIES))
    if ready:
        yield from _heading(session, _("There already, or carries over"), len(ready))
        headings = (_("Clause"), _("From"), _("What there is"))
        yield table(session.terminal, [session.words(each) for each in headings], [_row(session, each) for each in ready])
    if found.no_longer:
        yield from _heading(session, _("No longer asked for; what there is may stay"), len(found.no_longer))
        for each in found.no_longer:
            yield wrapped(session.terminal, _left(session, each), "  ", "    ")
    yield from _heading(session, _("Plan"), len(found.plan))
    for number, step in enumerate(found.plan, 1):
        yield wrapped(session.terminal, session.words(step.text), f"  {number}. ", "     ")
        yield from (f"     → {session.words(each.hint)}" for each in step.commands)


def _heading(session: Session, title: Message, count: int) -> Iterator[str]:
    yield ""
    yield session.colour(f"{session.words(title)} ({count})", BOLD)


def _passages(session: Session, passages: tuple[Passage, ...]) -> Iterator[str]:
    for each in passages:
        origin = session.words(_("from {clauses}", clauses=each.sources)) if each.sources else session.words(_("new"))
        yield wrapped(session.terminal, f"{each.number} {session.label(each.title)} ({origin})", "  ", "    ")
        for note in each.notes:
            yield wrapped(session.terminal, session.label(note), "    ", "    ")
        if each.have != Have((), (), (), ()):
            yield wrapped(session.terminal, f"{session.words(_('what there is:'))} {'; '.join(_having(session, each.have))}", "    ", "      ")
        yield from (f"    → {session.words(begun.hint)}" for begun in each.commands)


def _row(session: Session, passage: Passage) -> list[str]:
    return [f"{passage.number} {session.label(passage.title)}", ", ".join(passage.sources), "; ".join(_having(session, passage.have))]


def _having(session: Session, have: Have) -> Iterator[str]:
    """Ids where they are few; the page names them all."""
    yield from have.documents[:_READABLE]
    if len(have.documents) > _READABLE:
        yield session.words(_("and {count} more documents", count=len(have.documents) - _READABLE))
    if have.kept:
        yield session.words(_("records kept elsewhere: {count}", count=len(have.kept)))
    for group in (*have.by_type, *have.records):
        few = len(group.ids) <= _FEW
        yield ", ".join(group.ids) if few else session.words(_("{type}: {count}", type=group.label, count=len(group.ids)))


def _left(session: Session, each: NoLonger) -> str:
    own = f" – {', '.join(each.documents)}" if each.documents else ""
    note = session.label(each.note)
    return f"{each.number} {session.label(each.name)}{own}{f'. {note}' if note else ''}"


def transition_data(session: Session, found: Transition) -> dict[str, Any]:
    """What scripts read."""
    return {
        "from": found.source.id,
        "to": found.target.id,
        "clauses": [
            {
                "clause": each.number,
                "title": session.label(each.title),
                "from": list(each.sources),
                "state": each.kind.value,
                "notes": [session.label(note) for note in each.notes],
                **_have(each.have),
                "commands": [session.words(begun) for begun in each.commands],
            }
            for each in found.passages
        ],
        "leaving": [
            {
                "clause": each.number,
                "title": session.label(each.title),
                "to": list(each.targets),
                "relation": session.words(each.relation),
                "note": session.label(each.note),
                **_have(each.have),
            }
            for each in found.departures
        ],
        "no_longer": [
            {"clause": each.number, "name": session.label(each.name), "documents": list(each.documents)} for each in found.no_longer
        ],
        "plan": [{"step": session.words(each.text), "commands": [session.words(begun) for begun in each.commands]} for each in found.plan],
    }


def _have(have: Have) -> dict[str, Any]:
    return {
        "documents": [*have.documents, *(name for group in have.by_type for name in group.ids)],
        "kept": [{"name": kept.name, "document": kept.document} for kept in have.kept],
        "records": [name for group in have.records for name in group.ids],
    }
