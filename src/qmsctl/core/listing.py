"""Documents and records as rows: what ``list`` prints and scripts read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.disposal import DESTROYED, destroyed
from qmsctl.core.text.splice import Value
from qmsctl.core.types.type_order import type_rank
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A document or record. Title, revision and status are those in force, else of the working text.

    ``draft`` is the revision under way and ``draft_status`` its state, or ``changed`` where the text in
    force was changed; ``path`` the working text; ``shown`` is the text that the row tells of.
    """

    id: str
    type: str
    title: str
    revision: int | None
    status: str
    draft: int | None
    draft_status: str | None
    owner: str | None
    unit: str | None
    path: str
    shown: Item

    @property
    def fields(self) -> Mapping[str, Value]:
        """The remaining front matter of the text that is shown, as written there."""
        return {key: value for key, value in self.shown.values.items() if key not in _OWN}


_UNDER_WAY = ("draft", "in-review", "returned", "changed")
_OWN = frozenset({"id", "type", "title", "revision", "status", "owner"})


def rows(library: Library) -> Iterator[Row]:
    """Every document and record, by type and id: documents first; of destroyed records what was signed.

    What was only submitted later is not among them.
    """
    items = {item.id: item for item in library.items}
    gone = [subject for subject in library.subjects if subject not in items]
    found = [_row(library, item) for item in library.by_id.values() if not _is_yet_to_come(library, item)]
    found += [row for subject in gone if (row := _gone(library, subject))]
    found += [_destroyed(each.copy, library) for each in destroyed(library).values() if each.copy]
    yield from sorted(found, key=lambda row: (type_rank(library.types.get(row.type), row.type), row.id))


def _is_yet_to_come(library: Library, item: Item) -> bool:
    """True for a document of which nothing was there yet on a day that lies behind."""
    standing = library.standing(item.id) if item.is_document and item.id in library.dossiers else None
    return standing is not None and standing.working == "absent" and not standing.rounds


def _row(library: Library, item: Item) -> Row:
    shown, revision, status = item, item.revision, item.status or ""
    draft, draft_status = None, None
    if item.is_document:
        standing = library.standing(item.id)
        at = standing.in_force or standing.withdrawn or standing.coming
        shown = at.copy if at and at.copy else item
        revision = at.revision if at else item.revision
        status, draft = standing.status, standing.draft
        draft_status = standing.working if standing.working in _UNDER_WAY else None
    return Row(
        id=item.id,
        type=item.type.name,
        title=shown.title,
        revision=revision,
        status=status,
        draft=draft,
        draft_status=draft_status,
        owner=shown.text("owner"),
        unit=shown.text("unit"),
        path=item.path,
        shown=shown,
    )


def _gone(library: Library, subject: str) -> Row | None:
    """A document whose working text is gone but whose dossiers are there."""
    standing = library.standing(subject)
    at = standing.in_force or standing.withdrawn or standing.coming
    if at is None or at.copy is None:
        return None
    copy = at.copy
    return Row(
        subject, copy.type.name, copy.title, at.revision, standing.status, None, None,
        copy.text("owner"), copy.text("unit"), copy.path, copy,
    )


def _destroyed(copy: Item, library: Library) -> Row:
    """A record whose file is gone by an approved disposal: the text that was signed last."""
    return replace(_row(library, copy), status=DESTROYED)
