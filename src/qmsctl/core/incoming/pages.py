"""Pages in HTML as blocks, whatever program made them."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser

from qmsctl.core.incoming.blocks import CODE, HEADING, ITEM, PARAGRAPH, PICTURE, TABLE, Block
from qmsctl.core.incoming.grid import Grid, lines
from qmsctl.regex import regex

_TICKS, _NO_NAME = regex(r"`+"), regex(r"[^a-z0-9-]")
_SPACE = regex(r"[ \t\r\n\f\v]+")
_BREAKS = ("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "dt", "dd", "blockquote", "section", "article", "header", "footer", "pre")
_SILENT = ("script", "style", "title", "template", "noscript")
_ANSWERS = {"checkbox": ("☐ ", "☒ "), "radio": ("☐ ", "☒ ")}
_UNSAID = ("hidden", "submit", "button", "reset", "image", "password", "file")
_SAFE = ("http://", "https://", "mailto:")


def blocks_of_html(html: str) -> tuple[tuple[Block, ...], int]:
    """The blocks of a page, and how many tables lay within cells of others."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return tuple(reader.found), reader.nested


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self.nested = 0
        self._text: list[tuple[str, bool]] = []
        self._heading, self._bold, self._silent = 0, 0, 0
        self._code: str | None = None
        """The language of the lines that are being read as they stand; ``None`` outside of such."""
        self._lists: list[bool] = []
        self._item = False
        self._tables: list[Grid] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS:
            self._begin(tag)
        elif tag == "code" and self._code is not None:
            self._code = (attributes.get("class") or "").removeprefix("language-")
        elif tag in ("table", "td", "th"):
            self._begin_table(tag, attributes)
        elif tag in ("strong", "b"):
            self._bold += 1
        elif tag == "br":
            self._add("\n")
        elif tag == "img":
            self._picture(attributes)
        elif tag in ("input", "option"):
            self._answer(tag, attributes)
        elif tag == "a":
            self._links.append((attributes.get("href") or "", len(self._text)))

    def _begin(self, tag: str) -> None:
        """A tag before which the paragraph ends."""
        self.flush()
        if tag == "pre":
            self._code = ""
        elif tag[0] == "h" and tag[1:].isdigit():
            self._heading = int(tag[1])
        elif tag in ("ul", "ol"):
            self._lists.append(tag == "ol")
        elif tag == "li":
            self._item = True
        elif tag == "tr" and self._tables:
            self._tables[-1].fill()
            self._tables[-1].rows.append([])

    def _begin_table(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag == "table":
            self.flush()
            self._tables.append(Grid())
        elif self._tables:
            self._tables[-1].begin(attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _BREAKS:
            self.flush()
            if tag[0] == "h" and tag[1:].isdigit():
                self._heading = 0
            elif tag in ("ul", "ol") and self._lists:
                self._lists.pop()
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].end()
        elif tag == "table" and self._tables:
            self._close_table()
        elif tag in ("strong", "b"):
            self._bold = max(self._bold - 1, 0)
        elif tag == "a" and self._links:
            self._close_link()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(data if self._code is not None and not self._tables else _SPACE.sub(" ", data))

    def _answer(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """What was ticked, chosen or filled in."""
        kind = (attributes.get("type") or "text").casefold()
        if tag == "option":
            self._add(f" {_ANSWERS['radio']['selected' in attributes]}")
        elif kind in _ANSWERS:
            self._add(_ANSWERS[kind]["checked" in attributes])
        elif kind not in _UNSAID:
            self._add(attributes.get("value") or "")

    def _add(self, text: str) -> None:
        if self._tables:
            self._tables[-1].hold(text)
        else:
            self._text.append((text, bool(self._bold)))

    def _close_link(self) -> None:
        """Say where a link leads, if its words do not, and it leads anywhere on the net."""
        address, begun = self._links.pop()
        shown = "".join(text for text, _bold in self._text[begun:])
        if address.casefold().startswith(_SAFE) and not self._tables and address.removeprefix("mailto:") not in shown:
            self._add(f" ({address})")

    def _picture(self, attributes: Mapping[str, str | None]) -> None:
        name = attributes.get("src") or ""
        if name.startswith("picture-") and not self._tables:
            self.flush()
            self.found.append(Block(PICTURE, name, rows=((attributes.get("alt") or "",),)))
        elif attributes.get("alt"):
            self._add(f"[{attributes['alt']}]")

    def _close_table(self) -> None:
        table = self._tables.pop()
        table.fill()
        rows = [row for row in table.rows if any(row)]
        beside = lines("".join(table.beside))
        if self._tables:
            self.nested += 1
            self._add("\n" + "\n".join(beside) + "\n" + "\n".join("; ".join(cell.replace("\n", " ") for cell in row if cell) for row in rows) + "\n")
            return
        self.found += [Block(PARAGRAPH, line) for line in beside]
        if rows:
            width = max(map(len, rows))
            self.found.append(Block(TABLE, rows=tuple(tuple(row + [""] * (width - len(row))) for row in rows)))

    def flush(self) -> None:
        """End the paragraph that is being read."""
        if self._tables:
            self._add("\n")
            return
        if self._code is not None:
            self._end_code()
            return
        text, bold = "".join(each for each, _bold in self._text), all(bold for each, bold in self._text if each.strip())
        self._text = []
        found = lines(text)
        if not found:
            return
        if self._heading:
            self.found.append(Block(HEADING, " ".join(found), self._heading))
        elif self._lists and self._item:
            self.found.append(Block(ITEM, " ".join(found), len(self._lists) - 1, numbered=self._lists[-1]))
            self._item = False
        else:
            self.found += [Block(PARAGRAPH, line, bold=bold) for line in found]

    def _end_code(self) -> None:
        """Keep lines as they stand, in a fence that nothing in them ends."""
        text = "".join(each for each, _bold in self._text).strip("\n")
        fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=0))
        if text.strip():
            self.found.append(Block(CODE, f"{fence}{_NO_NAME.sub('', self._code or '')}\n{text}\n{fence}"))
        self._text, self._code = [], None
