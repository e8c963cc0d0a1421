"""Tables of a page of HTML: what many systems export under the name of an Excel file."""

from __future__ import annotations

from html.parser import HTMLParser

from qmsctl.core.incoming.sheet import EMPTY, Cell, Row, Sheet, Span

_WIDEST = 400
_CELLS = ("td", "th")


def read_html(text: str, most_rows: int) -> Sheet:
    """All rows of the page's tables, one below another, with what stands over several cells."""
    reader = _Reader(most_rows)
    reader.feed(text)
    reader.close()
    return Sheet(tuple(reader.rows), spans=tuple(reader.spans))


class _Reader(HTMLParser):
    """Collects cells; where rows are open that nobody ends, the next one ends them."""

    def __init__(self, most_rows: int) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self.spans: list[Span] = []
        self._most = most_rows
        self._row: list[Cell] = []
        self._text: list[str] | None = None
        self._held: dict[int, int] = {}
        self._over = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
        elif tag in _CELLS:
            self._end_cell()
            given = dict(attrs)
            self._text, self._over = [], (_count(given.get("rowspan"), self._most), _count(given.get("colspan"), _WIDEST))
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS:
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _end_cell(self) -> None:
        if self._text is None:
            return
        text, self._text = "".join(self._text).strip(), None
        lines, columns = self._over
        self._skip_held()
        if len(self._row) + columns > _WIDEST:
            return
        if lines > 1 or columns > 1:
            self.spans.append(Span(len(self.rows) + 1, len(self._row), lines, columns))
        for place in range(len(self._row), len(self._row) + columns):
            self._held[place] = lines
        self._row += [Cell(text) if text else EMPTY, *[EMPTY] * (columns - 1)]

    def _skip_held(self) -> None:
        """Pass over the places that a cell of a row above still takes."""
        while self._held.get(len(self._row), 0) > 0:
            self._row.append(EMPTY)

    def _end_row(self) -> None:
        self._end_cell()
        self._skip_held() if self._row else None
        if self._row and len(self.rows) < self._most:
            self.rows.append(Row(len(self.rows) + 1, tuple(self._row)))
            self._held = {place: lines - 1 for place, lines in self._held.items() if lines > 1}
        self._row = []


def _count(text: str | None, most: int) -> int:
    """How many cells are taken: a number as browsers read it, and no more than there can be."""
    return max(1, min(int(text), most)) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1
