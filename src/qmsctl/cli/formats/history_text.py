"""The history of a document or record for people and for scripts: who signed what, when, and in which commit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from qmsctl.cli.formats.item_text import fact, heading, in_force_line, signoff_lines
from qmsctl.cli.formats.table import wrapped
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD
from qmsctl.core.comparison.chronicle import Chapter, chapters, signed_copies
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.paper_approver import approver_data
from qmsctl.core.proof.arrival import arrival
from qmsctl.core.proof.level import level
from qmsctl.core.signoffs.status_labels import document_status, status_words
from qmsctl.core.text.text_file import cut
from qmsctl.message import Label, Message, _

_BELOW = " " * 20
"""The sign-offs begin with their moment; what belongs to one stands under its words."""


def history_text(session: Session, library: Library, shown: Item) -> Iterator[str]:
    """The lines of the history, the latest first."""
    yield heading(session, shown)
    if shown.is_document:
        yield in_force_line(session, library, shown.id)
        yield from _draft(session, library, shown)
        for each in reversed(chapters(library, shown.id)):
            yield from _chapter(session, library, each)
    else:
        yield fact(session, _("Status"), status_words(shown.type, shown.status or ""))
        for dossier in reversed(signed_copies(library, shown.id)):
            yield from _signed_state(session, library, shown, dossier)


def _draft(session: Session, library: Library, shown: Item) -> Iterator[str]:
    """The working text, where it is something that nobody has submitted yet."""
    standing, working = library.standing(shown.id), library.by_id.get(shown.id)
    if working is None or standing.working not in ("draft", "changed"):
        return
    title = _("Revision {revision}: {state}", revision=working.revision or "?", state=document_status(standing.working))
    yield from _titled(session, title)
    yield from _reasons(session, working)
    yield fact(session, _("File"), working.path)


def _chapter(session: Session, library: Library, found: Chapter) -> Iterator[str]:
    title = _("Revision {revision}: {state}", revision=found.round.revision, state=document_status(found.status))
    yield from _titled(session, title)
    if found.start and found.end:
        yield fact(session, _("In force"), _("{start} to {end}", start=found.start, end=found.end))
    elif found.start:
        yield fact(session, _("In force from"), found.start)
    if found.round.copy:
        yield from _reasons(session, found.round.copy)
    yield fact(session, _("Frozen copy"), found.round.dossier.copy_path)
    yield from _signed(session, library, found.round.dossier.signoffs)


def _signed_state(session: Session, library: Library, shown: Item, dossier: Dossier) -> Iterator[str]:
    title = _("State “{state}”", state=status_words(shown.type, dossier.state))
    yield from _titled(session, title)
    yield fact(session, _("Frozen copy"), dossier.copy_path)
    yield from _signed(session, library, dossier.signoffs)


def _titled(session: Session, title: Message) -> Iterator[str]:
    yield ""
    yield session.colour(session.words(title), BOLD)


def _reasons(session: Session, text: Item) -> Iterator[str]:
    """Why there is this revision, and the nonconformities it answers."""
    for name in ("change", "answers"):
        label = text.type.fields[name].label if name in text.type.fields else Label({"en": name})
        if text.has(name):
            yield fact(session, label, ", ".join(text.texts(name)))


def _signed(session: Session, library: Library, signoffs: Sequence[SignOff]) -> Iterator[str]:
    for signoff in signoffs:
        yield from signoff_lines(session, library, signoff)
        found = arrival(signoff.path, library)
        if found:
            at = found.at.astimezone(library.config.zone)
            words = _("commit {commit} of {at}, by {name}", commit=found.id[:10], at=at, name=found.name)
            yield wrapped(session.terminal, session.words(words), _BELOW, _BELOW)
        elif library.outside.first_commits() or library.outside.history_is_whole():
            yield wrapped(session.terminal, session.words(_("not in a commit yet")), _BELOW, _BELOW)


def history_data(library: Library, shown: Item) -> dict[str, Any]:
    """The same for scripts, the oldest first."""
    own: dict[str, Any] = {"id": shown.id, "type": shown.type.name, "title": shown.title}
    if not shown.is_document:
        states = [{"state": d.state, **_dossier(library, d)} for d in signed_copies(library, shown.id)]
        return own | {"status": shown.status, "states": states}
    standing = library.standing(shown.id)
    in_force = standing.in_force.revision if standing.in_force else None
    revisions = [_revision(library, each) for each in chapters(library, shown.id)]
    return own | {"status": standing.status, "day": library.today.isoformat(), "in_force": in_force, "draft": standing.draft, "revisions": revisions}


def _revision(library: Library, found: Chapter) -> dict[str, Any]:
    copy = found.round.copy
    return {
        "revision": found.round.revision,
        "status": found.status,
        "change": copy.text("change") if copy else None,
        "answers": list(copy.texts("answers")) if copy else [],
        "approved": _day(found.round.approved_on),
        "from": _day(found.start),
        "to": _day(found.end),
        **_dossier(library, found.round.dossier),
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _dossier(library: Library, dossier: Dossier) -> dict[str, Any]:
    sha256 = dossier.copy.sha256 if dossier.copy else None
    return {"copy": dossier.copy_path, "sha256": sha256, "signoffs": [_signoff(library, each) for each in dossier.signoffs]}


def _signoff(library: Library, signoff: SignOff) -> dict[str, Any]:
    found = arrival(signoff.path, library)
    return {
        "path": signoff.path,
        "meaning": signoff.meaning,
        "by": list(signoff.by),
        "role": signoff.role,
        "at": signoff.at.isoformat(),
        "level": level(signoff, library).value,
        "entered_by": signoff.entered_by,
        "approved_by": approver_data(signoff.approved_by),
        "comment": cut(library.outside.read(signoff.path)).body.strip(),
        "commit": {"id": found.id, "at": found.at.isoformat(), "name": found.name, "email": found.email} if found else None,
    }
