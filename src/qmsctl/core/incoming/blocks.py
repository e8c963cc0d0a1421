"""What a page is made of, whatever program wrote it: headings, paragraphs, items, tables, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qmsctl.value import dataclass

HEADING, PARAGRAPH, ITEM, TABLE, PICTURE, CODE = "heading", "paragraph", "item", "table", "picture", "code"


Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page. ``text`` is plain; in the cells of ``rows`` a newline parts paragraphs, merged cells are filled.

    ``level`` is that of a heading, or how deep an item lies; an item may be ``numbered``, a paragraph all in ``bold``.
    """

    kind: str
    text: str = ""
    level: int = 0
    rows: Rows = ()
    numbered: bool = False
    bold: bool = False

    def plain(self) -> list[object]:
        """The block as it goes from one process to another."""
        return [self.kind, self.text, self.level, [list(row) for row in self.rows], self.numbered, self.bold]

    @property
    def words(self) -> str:
        """All its text; that of merged cells as often as it stands there."""
        return "\n".join((self.text, *(cell for row in self.rows for cell in row)))


def block_of(plain: Sequence[Any]) -> Block:
    """The block that :meth:`Block.plain` told of."""
    kind, text, level, rows, numbered, bold = plain
    return Block(str(kind), str(text), int(level), tuple(tuple(map(str, row)) for row in rows), bool(numbered), bool(bold))


def words(blocks: Iterable[Block]) -> str:
    """All the text of blocks."""
    return "\n".join(each.words for each in blocks)
