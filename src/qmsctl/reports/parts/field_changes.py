"""Values before and after: of a field of the front matter, and of the rows of a data block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qmsctl.core.comparison.alignment import runs
from qmsctl.core.comparison.differences import written
from qmsctl.core.comparison.row_changes import Pair, row_changes
from qmsctl.core.comparison.word_changes import DELETED, INSERTED, SAME, word_changes
from qmsctl.core.library import Library
from qmsctl.core.text.nodes import Mapping, Node, is_empty
from qmsctl.core.types.field import Field
from qmsctl.message import Label
from qmsctl.reports.parts.cell import Shown, pieces
from qmsctl.value import dataclass

CHANGED = "changed"


class Said(NamedTuple):
    """A value, or words of it, that stays, goes or comes."""

    kind: str
    text: Shown


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the front matter, or a column of a row.

    ``parts`` are words that follow each other, or, where ``listed``, values beside each other. ``old`` and
    ``new`` are the values as written, ``None`` where there is none.
    """

    name: str
    label: Label
    parts: tuple[Said, ...]
    listed: bool
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of a data block: ``same``, ``deleted``, ``inserted`` or ``changed``, and all its columns."""

    kind: str
    cells: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class TableChange:
    """A data block with the columns that either side fills."""

    name: str
    caption: Label
    columns: tuple[Label, ...]
    rows: tuple[RowChange, ...]


def field_change(library: Library, field: Field, old: Node | None, new: Node | None) -> FieldChange:
    """The change in a reader's words; where these are the same and the value is not, in the value as written."""
    said, says = pieces(field, old, library), pieces(field, new, library)
    values = _as_written(old), _as_written(new)
    texts = [[each.text for each in side] for side in (said, says)]
    listed = any(len(side) > 1 for side in texts)
    if listed or not all(isinstance(text, str) for side in texts for text in side):
        parts = tuple(_listed(*texts))
    else:
        one, two = ("".join(map(str, side)) for side in texts)
        parts = tuple(Said(*each) for each in word_changes(one, two))
    if values[0] != values[1] and all(each.kind == SAME for each in parts):
        parts = tuple(Said(*each) for each in word_changes(values[0] or "", values[1] or ""))
    return FieldChange(field.name, field.label, parts, listed, *values)


def _as_written(node: Node | None) -> str | None:
    return None if node is None or is_empty(node) else written(node)


def _listed(old: Sequence[Shown], new: Sequence[Shown]) -> Iterator[Said]:
    """The values of both sides, each as one."""
    for run in runs([str(each) for each in old], [str(each) for each in new]):
        if run.same:
            yield from (Said(SAME, new[place]) for place in run.new)
        else:
            yield from (Said(DELETED, old[place]) for place in run.old)
            yield from (Said(INSERTED, new[place]) for place in run.new)


def table_change(library: Library, block: Field, old: Sequence[Mapping], new: Sequence[Mapping]) -> TableChange:
    """The data block with every column that a row of either side fills."""
    used = [field for name, field in block.keys.items() if any(not is_empty(row.entries.get(name)) for row in (*old, *new))]
    rows = tuple(_row(library, used, pair) for pair in row_changes(block, old, new))
    return TableChange(block.name, block.label, tuple(field.label for field in used), rows)


def _row(library: Library, columns: Sequence[Field], pair: Pair) -> RowChange:
    old, new = pair
    cells = tuple(
        field_change(library, each, old.entries.get(each.name) if old else None, new.entries.get(each.name) if new else None)
        for each in columns
    )
    if old is None or new is None:
        return RowChange(INSERTED if old is None else DELETED, cells)
    return RowChange(SAME if all(cell.old == cell.new for cell in cells) else CHANGED, cells)
