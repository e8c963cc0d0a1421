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
    found = [row for item in library.by_id.values() if (row := _document(library, item) if item.is_document else _record(item))]
    found += [row for subject in gone if (row := _gone(library, subject))]
    found += [replace(_record(each.copy), status=DESTROYED) for each in destroyed(library).values() if each.copy]
    yield from sorted(found, key=lambda row: (type_rank(library.types.get(row.type), row.type), row.id))


def _document(library: Library, item: Item) -> Row | None:
    """``None`` for one of which nothing was there yet on a day that lies behind."""
    standing = library.standing(item.id)
    if standing.working == "absent" and not standing.rounds:
        return None
    at = standing.in_force or standing.withdrawn or standing.coming
    shown = at.copy if at and at.copy else item
    draft_status = standing.working if standing.working in _UNDER_WAY else None
    return Row(
        item.id, item.type.name, shown.title, at.revision if at else item.revision, standing.status, standing.draft, draft_status,
        shown.text("owner"), shown.text("unit"), item.path, shown,
    )


def _record(item: Item) -> Row:
    return Row(item.id, item.type.name, item.title, item.revision, item.status or "", None, None, item.text("owner"), item.text("unit"), item.path, item)


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
