"""The coverage of clauses as a table, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from qmsctl.cli.formats.table import as_csv, table, wrapped
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD, GREEN, YELLOW
from qmsctl.core.office.config import Period
from qmsctl.message import Message, _
from qmsctl.reports.coverage import EditionCoverage
from qmsctl.reports.parts.clauses import ClauseLine, OfType
from qmsctl.reports.parts.requirements import RequiredLine
from qmsctl.reports.parts.state import BAD, GOOD

_FEW = 4


def coverage_text(session: Session, found: Sequence[EditionCoverage], period: Period, missing: bool) -> Iterator[str]:
    """The lines for the terminal: the clauses, what is asked for and missing, and a summary."""
    for number, edition in enumerate(found):
        if number:
            yield ""
        title = _("{standard}, with the records from {start} to {end}", standard=edition.clauses.title, start=period.start, end=period.end)
        yield session.colour(session.words(title), BOLD)
        shown = _shown(edition, missing)
        if shown:
            headings = (_("Clause"), _("Documents"), _("Records"), _("Result"))
            yield table(session.terminal, [session.words(each) for each in headings], [_row(session, line) for line in shown])
        yield from _asked(session, edition)
        yield from _summary(session, edition)


def _shown(edition: EditionCoverage, missing: bool) -> list[ClauseLine]:
    return [line for line in edition.clauses.lines if not missing or line.state.tone != GOOD]


def _row(session: Session, line: ClauseLine) -> list[str]:
    documents = [*line.documents, *(_group(session, each) for each in line.by_type)]
    records = [*(f"{session.words(kept.name)} ({kept.document})" for kept in line.kept), *(_group(session, each) for each in line.records)]
    return [f"{line.number} {session.label(line.title)}", "; ".join(documents), "; ".join(records), session.words(line.state.word)]


def _group(session: Session, group: OfType) -> str:
    """The ids where they are few, else how many of the type."""
    if len(group.ids) <= _FEW:
        return ", ".join(group.ids)
    return session.words(_("{type}: {count}", type=group.label, count=len(group.ids)))


def _asked(session: Session, edition: EditionCoverage) -> Iterator[str]:
    """The documents and records that have to be there and are not."""
    absent = [line for line in (*edition.documents, *edition.records) if line.state.tone == BAD]
    if absent:
        yield ""
        yield session.colour(session.words(_("Asked for and missing")), BOLD)
    for line in absent:
        yield wrapped(session.terminal, f"{line.clause}  {session.words(line.name)}{_because(session, line)}", "  ", "    ")


def _because(session: Session, line: RequiredLine) -> str:
    return session.words(Message(" ({why})", {"why": line.why})) if line.why else ""


def _summary(session: Session, edition: EditionCoverage) -> Iterator[str]:
    clauses = edition.clauses
    yield ""
    message = _("Clauses applied: {all}; with something missing: {open}; documents and records asked for and missing: {missing}",
                all=len(clauses.lines), open=clauses.open, missing=edition.missing)
    colour = YELLOW if clauses.open or edition.missing else GREEN
    yield session.colour(wrapped(session.terminal, session.words(message)), colour)
    if clauses.open:
        why = _("A clause has something missing while no document in force answers it, or a record that it asks for is not there in the period; "
                "what the standard asks for by name is counted apart, and listed above where it is missing.")
        yield wrapped(session.terminal, session.words(why), "", "  ")
    for each in clauses.excluded:
        text = _("Not applied: {clause} {title} – {reason}", clause=each.number, title=each.title, reason=each.reason)
        yield wrapped(session.terminal, session.words(text), "", "  ")


def coverage_csv(session: Session, found: Sequence[EditionCoverage], missing: bool) -> str:
    """A clause a line."""
    keys = ("standard", "clause", "title", "documents", "kept", "records", "complete", "result")
    rows = [
        [
            edition.clauses.standard,
            line.number,
            session.label(line.title),
            " ".join(_documents(line)),
            "; ".join(f"{kept.name} ({kept.document})" for kept in line.kept),
            " ".join(_records(line)),
            "yes" if line.state.tone == GOOD else "no",
            session.words(line.state.word),
        ]
        for edition in found
        for line in _shown(edition, missing)
    ]
    return as_csv(keys, rows)


def coverage_data(session: Session, found: Sequence[EditionCoverage], period: Period, missing: bool) -> list[dict[str, Any]]:
    """What scripts read: an entry an edition."""
    return [
        {
            "standard": edition.clauses.standard,
            "from": str(period.start),
            "to": str(period.end),
            "clauses": [_clause(session, line) for line in _shown(edition, missing)],
            "not_applied": [{"clause": each.number, "reason": each.reason} for each in edition.clauses.excluded],
            "documents": [_required(session, line) for line in edition.documents],
            "records": [_required(session, line) for line in edition.records],
        }
        for edition in found
    ]


def _documents(line: ClauseLine) -> list[str]:
    return [*line.documents, *(name for group in line.by_type for name in group.ids)]


def _records(line: ClauseLine) -> list[str]:
    return [name for group in line.records for name in group.ids]


def _clause(session: Session, line: ClauseLine) -> dict[str, Any]:
    return {
        "clause": line.number,
        "title": session.label(line.title),
        "documents": _documents(line),
        "kept": [{"name": kept.name, "document": kept.document} for kept in line.kept],
        "records": _records(line),
        "complete": line.state.tone == GOOD,
        "result": session.words(line.state.word),
    }


def _required(session: Session, line: RequiredLine) -> dict[str, Any]:
    return {
        "clause": line.clause,
        "name": session.label(line.name),
        "when": session.words(line.when),
        "answers": list(line.answers),
        "kept": [{"name": kept.name, "document": kept.document} for kept in line.kept],
        "because_of": list(line.why),
        "missing": line.state.tone == BAD,
        "result": session.words(line.state.word),
    }
