"""Lists of documents and records, and the search in them: without diacritics, every word somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.listing import rows
from qmsctl.core.proof.holders import role_title
from qmsctl.message import Label
from qmsctl.reports.parts.state import State, document_state, record_state
from qmsctl.reports.portal.addresses import bare
from qmsctl.value import dataclass

MOST = 300
DOCUMENTS, RECORDS = "documents", "records"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line; ``draft`` is the state of the revision under way."""

    id: str
    title: str
    type_label: Label | str
    state: State
    draft: State | None
    owner: str


@dataclass(frozen=True, slots=True)
class Entries:
    """What was found; ``more`` did not fit."""

    entries: tuple[Entry, ...]
    more: int


def entries(library: Library, kind: str, query: str) -> Entries:
    """The documents or records, or both where ``kind`` is neither, that have every word of ``query``."""
    words = bare(query).split()
    found = [each for each in _all(library, kind) if all(word in bare(f"{each.id} {each.title} {each.owner}") for word in words)]
    return Entries(tuple(found[:MOST]), max(0, len(found) - MOST))


def _all(library: Library, kind: str) -> Iterator[Entry]:
    for row in rows(library):
        is_document = row.shown.is_document
        if kind not in (DOCUMENTS, RECORDS) or is_document == (kind == DOCUMENTS):
            state = document_state(row.status) if is_document else record_state(row.shown, library)
            draft = document_state(row.draft_status) if row.draft_status and row.draft_status != row.status else None
            owner = library.people.get(row.owner or "")
            yield Entry(row.id, row.title, row.shown.type.label, state, draft, owner.name if owner else role_title(row.owner, library) if row.owner else "")

