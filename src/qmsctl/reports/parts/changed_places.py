"""Where a text differs from the one before, as a log of amendments has it: sections by number, rows of tables by theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qmsctl.core.comparison.differences import changed_fields, written
from qmsctl.core.comparison.passages import Compared, Passage, compared, passages
from qmsctl.core.comparison.row_changes import row_changes, rows_of
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_text import file_of
from qmsctl.core.text.inline_text import plain_text
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.types.field import Field
from qmsctl.message import Label
from qmsctl.regex import regex
from qmsctl.value import dataclass

_NUMBER = regex(r"(?:[0-9]+|[IVX]+)(?:\.[0-9]+)*(?=[.)]?(?:\s|$))")
_HEADING = regex(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t\r]*$", re.MULTILINE)
_NOT_OF_THE_TEXT = frozenset({"id", "type", "revision", "amendment", "change", "editorial", "answers", "effective", "review_by", "owner", "keywords", "files"})


@dataclass(frozen=True, slots=True)
class Place:
    """A section by its number, or by its heading where it has none; a field of the head; ``rows`` are numbers of rows in it."""

    name: str | Label
    rows: tuple[str, ...] = ()


def changed_places(old: Item, new: Item, library: Library) -> tuple[Place, ...]:
    """Every place of ``new`` in which it differs from ``old``, in the order of a reader."""
    labels = (_label(new, name) for name in changed_fields(new, old) if name not in _NOT_OF_THE_TEXT)
    places: dict[str | Label, dict[str, None]] = {}
    for name, rows in _sections(old, new, library):
        places.setdefault(name, {}).update(dict.fromkeys(rows))
    return (*(Place(label) for label in labels), *(Place(name, tuple(rows)) for name, rows in places.items()))


def _label(item: Item, name: str) -> Label | str:
    field = item.type.fields.get(name)
    return field.label if field else name


def _sections(old: Item, new: Item, library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The changes, each with the heading above it."""
    here = there = ""
    for pair in compared(passages(old, file_of(old, library)), passages(new, file_of(new, library))):
        here, there = _heading(pair.old) or here, _heading(pair.new) or there
        if not pair.is_same and any(side and side.text.strip() for side in pair):
            yield _short(there if pair.new else here or there) or new.title, tuple(_rows(pair, new))


def _heading(passage: Passage | None) -> str:
    """The last heading in a passage, which may be nothing but that."""
    if passage is None or passage.block:
        return ""
    found = _HEADING.findall(passage.text)
    return plain_text(found[-1]) if found else ""


def _short(heading: str) -> str:
    number = _NUMBER.match(heading)
    return number[0] if number else heading


def _rows(pair: Compared, item: Item) -> Iterator[str]:
    """The numbers of the rows that differ, where rows have one."""
    one, two = (side.block if side else None for side in pair)
    block = item.type.blocks.get(two.name) if two else None
    key = next((name for name, column in block.keys.items() if column.unique), None) if block else None
    if one and two and block and key:
        yield from _changed_rows(block, key, rows_of(one.rows), rows_of(two.rows))


def _changed_rows(block: Field, key: str, old: Sequence[Mapping], new: Sequence[Mapping]) -> Iterator[str]:
    for before, after in row_changes(block, old, new):
        if before is None or after is None or _said(before) != _said(after):
            row = after or before
            yield (row.text(key) if row else "") or ""


def _said(row: Mapping) -> tuple[tuple[str, str], ...]:
    return tuple((name, written(node)) for name, node in row.entries.items())
