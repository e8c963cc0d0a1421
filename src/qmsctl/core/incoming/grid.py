"""A table of a page as rows of texts: merged cells stand wherever they reach."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.incoming.markdown import seen
from qmsctl.regex import regex

MOST_COLUMNS = 63
MOST_ROWS = 20_000
_SPACE = regex(r"[ \t\r\n\f\v]+")


def lines(text: str) -> list[str]:
    """The lines that say something, without signs that nobody can see."""
    return [line for part in text.split("\n") if (line := _SPACE.sub(" ", seen(part)).strip())]


class Grid:
    """A table that is being read."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.spans: dict[tuple[int, int], str] = {}
        self.cell: list[str] | None = None
        self.beside: list[str] = []
        """What stands in the table and in no cell: a caption, and what a browser shows before it."""
        self.size = (1, 1)

    def begin(self, attributes: Mapping[str, str | None]) -> None:
        """Begin a cell, ending the one before."""
        self.end()
        self.cell, self.size = [], (_count(attributes.get("rowspan"), MOST_ROWS), _count(attributes.get("colspan"), MOST_COLUMNS))
        if not self.rows:
            self.rows.append([])

    def hold(self, text: str) -> None:
        """Add to the cell that is being read, else beside them."""
        (self.beside if self.cell is None else self.cell).append(text)

    def end(self) -> None:
        """Put the cell where it begins, and wherever it reaches."""
        if self.cell is None:
            return
        text = "\n".join(lines("".join(self.cell)))
        row, column = len(self.rows) - 1, len(self.rows[-1])
        while (row, column) in self.spans:
            self.rows[-1].append(self.spans.pop((row, column)))
            column += 1
        down, across = self.size
        self.rows[-1] += [text] * min(across, MOST_COLUMNS - column)
        for below in range(1, min(down, 200)):
            self.spans |= {(row + below, column + right): text for right in range(across)}
        self.cell = None

    def fill(self) -> None:
        """Complete the last row with what reaches into it from above."""
        self.end()
        row = len(self.rows) - 1
        while self.rows and (row, len(self.rows[-1])) in self.spans:
            self.rows[-1].append(self.spans.pop((row, len(self.rows[-1]))))


def _count(text: str | None, most: int) -> int:
    return min(max(int(text[:9]), 1), most) if text and text.isascii() and text.isdigit() else 1
