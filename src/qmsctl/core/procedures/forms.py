"""Which forms a document names: in the rows of its data blocks, and in its links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qmsctl.core.model import Item
from qmsctl.core.sections.sections import by_title, opened
from qmsctl.core.text.nodes import Mapping, Scalar, Sequence
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType

FORM = "form"
SECTION = "forms"


class Named(NamedTuple):
    """An id as a document names it, and the line."""

    id: str
    line: int


class FormRows:
    """Finds forms in the rows of data blocks; looks up once a type in which columns they may stand."""

    def __init__(self) -> None:
        self._columns: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}

    def named(self, item: Item) -> Iterator[Named]:
        """The forms that the rows of ``item`` name."""
        if not item.blocks:
            return
        if item.type.name not in self._columns:
            self._columns[item.type.name] = tuple(_form_columns(item.type))
        for block, columns in self._columns[item.type.name]:
            for row in item.block_rows(block):
                for column in columns:
                    yield from _named(row, column)


def _form_columns(kind: RecordType) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, block in kind.blocks.items():
        columns = tuple(column for column, described in block.keys.items() if _names_form(described))
        if columns:
            yield name, columns


def _names_form(described: Field) -> bool:
    return (described.kind == "reference" and FORM in described.to) or any(map(_names_form, described.of))


def _named(row: Mapping, name: str) -> Iterator[Named]:
    node = row.entries.get(name)
    if node is None:
        return
    for part in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(part, Scalar) and part.text:
            yield Named(part.text, part.line)


def linked(item: Item) -> Iterator[Named]:
    """The names of the Markdown files that the body links to, without folder and ``.md``."""
    for target, line, _image in item.links:
        path = target.partition("#")[0] if "#" in target else target
        if path.endswith(".md"):
            yield Named._make((path[path.rfind("/") + 1 : -len(".md")], line))


def forms_section(item: Item) -> range:
    """The lines of the section that lists the forms; empty where there is none."""
    start, titles = 0, by_title(item.type.sections)
    for heading in item.body.headings:
        if start and heading.level <= 2:
            return range(start, heading.line)
        section = opened(heading, titles)
        if section and section.id == SECTION:
            start = heading.line
    return range(start, 1 << 31) if start else range(0)
