"""The blocks of a page as those of a Word file: paragraphs, lists, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from qmsctl.store.word.line import Line, Style, write_run
from qmsctl.store.word.tree import Element

_LEFT_OUT = frozenset(("head", "stamped", "across", "skip"))
_BLOCKS = frozenset(("p", "div", "ul", "ol", "table", "pre", "blockquote", "dl", "section", "header", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "main", "article"))


class Writer:
    """Writes the blocks of a page into a document, or into a cell of one of its tables."""

    def __init__(self, place: Any, indent: int = 0, first: Any = None, *, bold: bool = False, centred: bool = False) -> None:
        self._place = place
        self._indent = indent
        self._first = first
        self._bold = bold
        self._centred = centred

    def blocks(self, inside: Iterable[Element | str]) -> None:
        """Everything in an element: blocks one after another, and what stands between them as a paragraph."""
        loose: list[Element | str] = []
        for each in inside:
            if isinstance(each, Element) and each.tag in _BLOCKS:
                self._loose(loose)
                loose = []
                self._block(each)
            else:
                loose.append(each)
        self._loose(loose)

    def _loose(self, inside: Sequence[Element | str]) -> None:
        if any(_text(each).strip() or _pictures(each) for each in inside):
            self._paragraph(inside)

    def _block(self, element: Element) -> None:
        if not element.is_seen or element.classes() & _LEFT_OUT:
            return
        match element.tag:
            case "table":
                self._table(element)
            case "ul" | "ol":
                self._list(element)
            case "pre":
                self._code(element)
            case "blockquote":
                Writer(self._place, self._indent + 1).blocks(element.inside)
            case "dl":
                self._definitions(element)
            case _:
                self._prose(element)

    def _prose(self, element: Element) -> None:
        match element.tag:
            case "hr":
                self._paragraph(["―" * 20])
            case "p":
                self._loose(element.inside)
            case tag if re.fullmatch(r"h[1-6]", tag):
                self._paragraph(element.inside, style=f"Heading {tag[1]}")
            case _ if "signer" in element.classes():
                self._signer(element)
            case _:
                self.blocks(element.inside)

    def _new(self, style: str | None = None) -> Any:
        """The next paragraph; the first of a cell is there already."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        paragraph, self._first = self._first or self._place.add_paragraph(), None
        if style:
            paragraph.style = style
        if self._indent:
            paragraph.paragraph_format.left_indent = Mm(7 * self._indent)
        if self._centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def _paragraph(self, inside: Iterable[Element | str], style: str | None = None, lead: str = "") -> Any:
        paragraph = self._new(style)
        if lead:
            paragraph.add_run(lead)
        Line(paragraph).add(inside, Style(bold=self._bold))
        return paragraph

    def _signer(self, element: Element) -> None:
        for each in element.elements():
            if "ink" in each.classes():
                self._paragraph(["\n\n"])
            else:
                self._loose([each])

    def _code(self, element: Element) -> None:
        paragraph = self._new()
        for number, line in enumerate(_text(element).rstrip("\n").split("\n")):
            if number:
                paragraph.add_run().add_break()
            write_run(paragraph, line, Style(code=True))

    def _definitions(self, element: Element) -> None:
        for row in element.elements():
            parts: list[Element | str] = []
            for each in row.elements():
                parts += [Element("em", {}, [*each.inside, ": "])] if each.tag == "dt" else _run_in(each)
            self._loose(parts)

    def _list(self, element: Element) -> None:
        from docx.shared import Mm

        number = int(element.attributes.get("start") or 1)
        for item in element.elements():
            number = int(item.attributes.get("value") or number)
            lead = "" if "task" in item.classes() else "•\t" if element.tag == "ul" else f"{number}.\t"
            number += 1
            inner = Writer(self._place, self._indent + 1)
            first, rest = _first_of(item)
            paragraph = inner._paragraph(first, lead=lead)
            paragraph.paragraph_format.first_line_indent = Mm(-6)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(7 * (self._indent + 1)))
            inner.blocks(rest)

    def _table(self, element: Element) -> None:
        rows = [row for row in element.all("tr") if any(True for _each in row.all("td", "th"))]
        grid = [[cell for cell in row.elements() if cell.tag in ("td", "th")] for row in rows]
        for caption in element.all("caption"):
            if "announced" not in caption.classes():
                self._paragraph([Element("strong", {}, caption.inside)]).paragraph_format.keep_with_next = True
        if not grid:
            return
        columns = max(map(len, grid))
        table = self._place.add_table(len(grid), columns)
        table.style = "Table Grid"
        heads = {id(row) for head in element.all("thead") for row in head.all("tr")}
        for row, cells, made in zip(rows, grid, table.rows, strict=True):
            _keep_whole(made, repeated=id(row) in heads)
            for cell, place in zip(cells, made.cells, strict=False):
                is_head = id(row) in heads
                writer = Writer(place, first=place.paragraphs[0], bold=is_head, centred=is_head or "num" in cell.classes() or "signing" in element.classes())
                writer.blocks(cell.inside)
        self._place.add_paragraph()


def _keep_whole(row: Any, *, repeated: bool) -> None:
    """A row that no page cuts; the head of a table on every page."""
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 — the library knows no such property
    for name in ("w:cantSplit", *(("w:tblHeader",) if repeated else ())):
        properties.append(OxmlElement(name))


def _text(each: Element | str) -> str:
    return each if isinstance(each, str) else "".join(map(_text, each.inside)) if each.is_seen else ""


def _pictures(each: Element | str) -> bool:
    return isinstance(each, Element) and (each.tag == "img" or any(map(_pictures, each.inside)))


def _run_in(element: Element) -> Iterator[Element | str]:
    """What is in an element, its blocks in one line."""
    blocks = [each for each in element.elements() if each.tag == "div"]
    for each in element.inside:
        if isinstance(each, Element) and each.tag == "div":
            yield from each.inside
            if each is not blocks[-1]:
                yield "; "
        else:
            yield each


def _first_of(item: Element) -> tuple[list[Element | str], list[Element | str]]:
    """What stands beside the mark of an item, and what comes below it."""
    inside = [each for each in item.inside if not isinstance(each, str) or each.strip()]
    if inside and isinstance(inside[0], Element) and inside[0].tag == "p":
        return inside[0].inside, inside[1:]
    place = next((place for place, each in enumerate(inside) if isinstance(each, Element) and each.tag in _BLOCKS), len(inside))
    return inside[:place], inside[place:]
