"""Which forms a document names: in the rows of its data blocks, and in its links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qmsctl.core.config_reader import texts
from qmsctl.core.field import Field
from qmsctl.core.model import Item
from qmsctl.core.nodes import Mapping, Sequence
from qmsctl.core.record_type import RecordType
from qmsctl.core.sections import section_of

FORM = "form"
SECTION = "forms"


class Named(NamedTuple):
    """An id as a document names it, and the line."""

    id: str
    line: int


def form_columns(kind: RecordType) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The data blocks of a type, each with its columns in which a form may stand."""
    found = (
        (name, tuple(column for column, described in block.keys.items() if _names_form(described)))
        for name, block in kind.blocks.items()
    )
    return tuple((name, columns) for name, columns in found if columns)


def _names_form(described: Field) -> bool:
    return (described.kind == "reference" and FORM in described.to) or any(map(_names_form, described.of))


def forms_in_rows(item: Item, columns: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[Named]:
    """The forms named in the rows of the data blocks; ``columns`` as :func:`form_columns` gives them."""
    if not item.body.blocks:
        return
    for block, names in columns:
        for row in item.block_rows(block):
            for name in names:
                yield from _named(row, name)


def _named(row: Mapping, name: str) -> Iterator[Named]:
    node = row.entries.get(name)
    if isinstance(node, Sequence):
        yield from (Named(text, part.line) for part in node.items for text in texts(part) if text)
    elif node is not None:
        yield from (Named(text, node.line) for text in texts(node) if text)


def linked(item: Item) -> Iterator[Named]:
    """The names of the Markdown files that the body links to, without folder and ``.md``."""
    for link in item.body.links:
        path = link.target.partition("#")[0]
        if path.endswith(".md"):
            yield Named(path.rpartition("/")[2].removesuffix(".md"), link.line)


def forms_section(item: Item) -> range:
    """The lines of the section that lists the forms; empty where there is none."""
    start = 0
    for heading in item.body.headings:
        if start and heading.level <= 2:
            return range(start, heading.line)
        section = section_of(heading, item.type.sections)
        if section and section.id == SECTION:
            start = heading.line
    return range(start, 1 << 31) if start else range(0)
