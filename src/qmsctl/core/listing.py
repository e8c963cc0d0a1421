"""Documents and records as rows: what ``list`` prints and scripts read."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.disposal import DESTROYED, destroyed
from qmsctl.core.types.type_order import type_rank

if TYPE_CHECKING:
    from qmsctl.core.text.splice import Value


class Row(NamedTuple):
    """A document or record. Title, revision and status are those in force, else of the working text.

    ``draft`` is the revision under way and ``draft_status`` its state, or ``changed`` where the text in
    force was changed; ``path`` is the working text, ``text`` the path of the one that the row tells of.
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
    text: str
    library: Library

    @property
    def shown(self) -> Item:
        """The text that the row tells of."""
        item = self.library.by_id.get(self.id)
        copies = (each.copy for each in self.library.dossiers.get(self.id, ()))
        return next(each for each in (item, *copies) if each is not None and each.path == self.text)

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
    return with_destroyed(library, rows_there(library))


def rows_there(library: Library) -> list[Row]:
    """The rows of what is there, and of documents of which dossiers are. What a row says rests on what bears its id, on the office and on the day alone."""
    gone = (subject for subject in library.dossiers.folders if subject not in library.by_id)
    found = (_row(library, name) for name in chain(library.by_id, gone))
    return sorted((row for row in found if row), key=_order(library))


def rows_anew(library: Library, rows: Iterable[Row], ids: frozenset[str]) -> list[Row]:
    """The ``rows`` that were there before files of the ``ids`` were others."""
    found = [row for row in rows if row.id not in ids]
    for name in ids:
        if (row := _row(library, name)) is not None:
            insort(found, row, key=_order(library))
    return found


def with_destroyed(library: Library, rows: list[Row]) -> Iterator[Row]:
    """The ``rows`` of what is there, and those of destroyed records."""
    gone = [_record(library, each.copy)._replace(status=DESTROYED) for each in destroyed(library).values() if each.copy]
    yield from sorted((*rows, *gone), key=_order(library)) if gone else rows


def _order(library: Library) -> Callable[[Row], tuple[tuple[bool, int, str], str]]:
    rank = cache(lambda name: type_rank(library.types.get(name), name))
    return lambda row: (rank(row.type), row.id)


def _row(library: Library, name: str) -> Row | None:
    item = library.by_id.get(name)
    if item is None:
        return _gone(library, name)
    return _document(library, item) if item.is_document else _record(library, item)


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
        shown.text("owner"), shown.text("unit"), item.path, shown.path, library,
    )


def _record(library: Library, item: Item) -> Row:
    return Row(item.id, item.type.name, item.title, item.revision, item.status or "", None, None, item.text("owner"), item.text("unit"), item.path, item.path, library)


def _gone(library: Library, subject: str) -> Row | None:
    """A document whose working text is gone but whose dossiers are there."""
    standing = library.standing(subject)
    at = standing.in_force or standing.withdrawn or standing.coming
    if at is None or at.copy is None:
        return None
    copy = at.copy
    return Row(
        subject, copy.type.name, copy.title, at.revision, standing.status, None, None,
        copy.text("owner"), copy.text("unit"), copy.path, copy.path, library,
    )
