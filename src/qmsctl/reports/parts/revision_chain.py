"""The revision history of a document: the chain of its dossiers."""

from __future__ import annotations

from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.signoffs.round import Round
from qmsctl.core.signoffs.status import Standing
from qmsctl.message import Message, _
from qmsctl.reports.parts.signatures import Signature, approvals
from qmsctl.reports.parts.state import State, document_state
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Revision:
    """An approved revision: from when, what changed, who approved."""

    revision: int
    effective: date | None
    approved: date | None
    change: Message | str
    answers: tuple[str, ...]
    approvers: tuple[Signature, ...]
    state: State


@dataclass(frozen=True, slots=True)
class History:
    """All approved revisions of a document, the newest first."""

    id: str
    title: str
    revisions: tuple[Revision, ...]


def history(subject: str, title: str, library: Library) -> History:
    """The history of one document."""
    standing = library.standing(subject)
    found = tuple(_revision(each, standing, library) for each in reversed(standing.approved))
    return History(subject, title, found)


def _revision(found: Round, standing: Standing, library: Library) -> Revision:
    return Revision(
        revision=found.revision,
        effective=found.effective_on,
        approved=found.approved_on,
        change=reason(found),
        answers=found.copy.texts("answers") if found.copy else (),
        approvers=approvals(found, library).approvers,
        state=document_state(standing.status_of(found)),
    )


def reason(found: Round) -> Message | str:
    """Why there is this revision; empty where nobody said so."""
    written = found.copy.text("change") if found.copy else None
    if written:
        return written
    if found.adopted:
        return _("taken over from the approved paper")
    return _("first issue") if found.revision == 1 else ""
