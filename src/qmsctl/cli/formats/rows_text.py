"""The data blocks of a record for people: a line a row, each value behind its label."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.cli.formats.table import wrapped
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Mapping, is_empty
from qmsctl.core.types.field import Field
from qmsctl.reports.parts.cell import pieces


def rows_text(session: Session, library: Library, shown: Item) -> Iterator[str]:
    """The lines of every data block that has rows, under the block's name."""
    for name, block in shown.type.blocks.items():
        rows = tuple(shown.block_rows(name))
        if rows:
            yield ""
            yield session.colour(session.words(block.label), BOLD)
        for row in rows:
            yield wrapped(session.terminal, "; ".join(_values(session, library, block, row)), "  – ", "    ")


def _values(session: Session, library: Library, block: Field, row: Mapping) -> Iterator[str]:
    for column in block.keys.values():
        node = row.entries.get(column.name)
        if not is_empty(node):
            text = ", ".join(session.words(piece.text) for piece in pieces(column, node, library))
            yield f"{session.words(column.label)}: {text}"
