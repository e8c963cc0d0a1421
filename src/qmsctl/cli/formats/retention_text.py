"""How long records are kept, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from qmsctl.cli.formats.table import table, wrapped
from qmsctl.cli.session import Session
from qmsctl.core.library import Library
from qmsctl.core.office.duration_words import retention
from qmsctl.core.records.retention import Keeping
from qmsctl.mend import HOLE, Assignment, Mend, command
from qmsctl.message import Message, _


def retention_table(session: Session, found: Sequence[Keeping], library: Library) -> str:
    """A record a line: what may be destroyed first, then by the day until which it is kept."""
    headings = (_("Id"), _("Type"), _("Title"), _("Retention"), _("Closed"), _("Kept until"), _("State"))
    ordered = sorted(found, key=lambda each: (not each.is_due(library.today), each.until or date.max, each.record.id))
    return table(session.terminal, [session.words(each) for each in headings], [_row(session, each, library.today) for each in ordered])


def _row(session: Session, found: Keeping, today: date) -> list[str]:
    item = found.record
    return [
        item.id,
        session.label(item.type.label),
        item.title,
        session.words(retention(found.line.written)) + (f" ({found.line.by})" if found.line.by else ""),
        session.words(found.closed or ""),
        session.words(found.until or ""),
        session.words(_state(found, today)),
    ]


def _state(found: Keeping, today: date) -> Message:
    if found.closed is None:
        return _("open")
    if found.disposals:
        return _("listed in {ids}", ids=found.disposals)
    if found.is_due(today):
        return _("may be destroyed")
    if found.until is not None and found.until < today:
        return _("needed by {ids}, which is open", ids=found.needed)
    law = found.retention is not None and found.retention.law is not None and found.until is None
    return _("kept; see what the law says") if law else _("kept")


def say_how_to_dispose(session: Session, found: Sequence[Keeping], library: Library) -> None:
    """The command that proposes the disposal, and what comes next where nothing is due."""
    due = [each for each in found if each.is_due(library.today) and not each.disposals]
    for message, mend in _said(due, found, library.today):
        session.say_text(wrapped(session.terminal, session.words(message)))
        if mend is not None:
            session.say_text(f"  → {session.words(mend.hint)}")


def _said(due: Sequence[Keeping], found: Sequence[Keeping], today: date) -> Iterator[tuple[Message, Mend | None]]:
    if due:
        yield (
            _("records that may be destroyed: {count}; a disposal has to be approved first", count=len(due)),
            _disposal(due),
        )
        return
    coming = min((each for each in found if each.until and each.until >= today), key=_until, default=None)
    if coming is None:
        yield _("no record may be destroyed"), None
        return
    yield (
        _("no record may be destroyed; the next may be {id}, which is kept until {day}", id=coming.record.id, day=coming.until),
        command("records due-for-disposal", all=True),
    )


def _disposal(due: Sequence[Keeping]) -> Mend:
    """The command that proposes to destroy these."""
    ids = ",".join(each.record.id for each in due)
    return command("new", "disposal", sets=[Assignment("title", HOLE), Assignment("disposes", ids), Assignment("reason", HOLE)])


def _until(found: Keeping) -> tuple[date, str]:
    return found.until or date.max, found.record.id


def retention_data(session: Session, found: Sequence[Keeping], today: date) -> dict[str, Any]:
    """What scripts read: what may be destroyed, and what is kept."""
    return {
        "date": str(today),
        "due": [_data(session, each, today) for each in found if each.is_due(today)],
        "kept": [_data(session, each, today) for each in found if not each.is_due(today)],
    }


def _data(session: Session, found: Keeping, today: date) -> dict[str, Any]:
    return {
        "id": found.record.id,
        "type": found.record.type.name,
        "title": found.record.title,
        "retention": found.line.written or None,
        "by": found.line.by or None,
        "closed": str(found.closed) if found.closed else None,
        "until": str(found.until) if found.until else None,
        "needed_by": list(found.needed),
        "disposals": list(found.disposals),
        "path": found.record.path,
        "state": session.words(_state(found, today)),
    }
