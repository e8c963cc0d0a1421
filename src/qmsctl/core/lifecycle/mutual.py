"""The other side of a link: a change that names a record is written down in that record too."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.reading import parse
from qmsctl.core.records.mutual import field_back
from qmsctl.core.text.splice import set_fields
from qmsctl.core.types.field import Field
from qmsctl.value import replace


def linked_back(library: Library, edit: Edit) -> Edit:
    """``edit`` with every link that it makes or takes away made or taken away on the other side.

    What is closed or put into force stays as it is.
    """
    changes = {change.path: change for change in edit.changes}
    for change in edit.changes:
        if holder := _item(library, change):
            for field in holder.type.mutual_fields:
                for other, back, names in _moved(library, holder, field):
                    changes.setdefault(other.path, _rewritten(library, other, back, names))
    further = tuple(changes.values())[len(edit.changes) :]
    return replace(edit, changes=edit.changes + further, subjects=edit.subjects + tuple(each.path for each in further))


def _item(library: Library, change: FileChange) -> Item | None:
    """What ``change`` makes, if that is a controlled file."""
    if change.after is None or not change.path.endswith(".md"):
        return None
    read = parse(change.path, change.after, library.types)
    found = library.types.get(read.fields.text("type") or "") if read.fields else None
    return Item.of(change.path, found, read) if found else None


def _moved(library: Library, holder: Item, field: Field) -> Iterator[tuple[Item, Field, list[str]]]:
    """The files whose side of the link has to change, the field there, and what it has to name then."""
    known = library.by_id.get(holder.id)
    old, new = set(known.texts(field.name)) if known else set(), set(holder.texts(field.name))
    for name in sorted(old ^ new):
        other = library.by_id.get(name)
        back = field_back(field, holder, other, library) if other else None
        if other is None or back is None or other.is_document or library.is_closed(other):
            continue
        names = other.texts(back.name)
        if (holder.id in names) != (name in new):
            kept = [each for each in names if each != holder.id]
            yield other, back, [*kept, holder.id] if name in new else kept


def _rewritten(library: Library, other: Item, back: Field, names: list[str]) -> FileChange:
    before = library.outside.read(other.path)
    return FileChange(other.path, before, set_fields(before, {back.name: names or None}, other.type.field_order))
