"""What became of a document, submission by submission, and the text of each revision as it was then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from qmsctl.core.comparison.chosen_text import chosen
from qmsctl.core.comparison.chronicle import Chapter, chapter, chapters
from qmsctl.core.library import Library
from qmsctl.core.proof.frozen_text import with_body
from qmsctl.message import Label, Message
from qmsctl.reports.parts.document_text import Text, body_text
from qmsctl.reports.parts.revision_chain import reason
from qmsctl.reports.parts.signatures import Signature, approvals
from qmsctl.reports.parts.state import State, document_state
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Revision:
    """One submission: in force from ``start`` to ``end``, why there is it, and who has signed it. Its text can be read where it ``is_kept``."""

    revision: int
    state: State
    start: date | None
    end: date | None
    change: Message | str
    answers: tuple[str, ...]
    signatures: tuple[Signature, ...]
    is_kept: bool


@dataclass(frozen=True, slots=True)
class RevisionPage:
    """The text of one revision, as it was submitted."""

    id: str
    title: str
    type_label: Label
    revision: Revision
    text: Text
    anchors: Mapping[str, str]


def revisions(library: Library, subject: str) -> tuple[Revision, ...]:
    """All submissions of a document, the latest first."""
    return tuple(_revision(library, each) for each in reversed(chapters(library, subject)))


def _revision(library: Library, found: Chapter) -> Revision:
    own, standing = found.round, library.standing(found.round.dossier.subject)
    return Revision(
        own.revision, document_state(found.status), found.start, found.end, reason(own), own.copy.texts("answers") if own.copy else (),
        approvals(own, library).all, is_kept=own.copy is not None and standing.revision(own.revision) is own,
    )


def revision_page(library: Library, subject: str, number: str, anchors: Mapping[str, str]) -> RevisionPage:
    """The page of one revision. Raises ``Refusal`` where there is none."""
    shown, found = chosen(library, subject, int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else -1)
    assert found is not None  # a revision is that of a submission
    return RevisionPage(subject, shown.title, shown.type.label, _revision(library, chapter(library, found)), body_text(with_body(shown, library), library), anchors)
