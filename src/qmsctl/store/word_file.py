"""The paper of a document as a Word file: the extra ``qmsctl[office]``.

It is made of the page, so that no word is in one that is not in the other. It is for reference: it bears no stamp.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store.word_tree import Element, tree

_LEFT_OUT = frozenset(("head", "stamped", "across", "skip"))
_BLOCKS = frozenset(("p", "div", "ul", "ol", "table", "pre", "blockquote", "dl", "section", "header", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "main", "article"))
_BLANK = re.compile(r"[ \t\r\n]+")
_BEGINNING = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_FONT = "Times New Roman"
_WIDTH = 165
"""Millimetres of text on a page of A4."""


@dataclass(frozen=True, slots=True)
class WordHead:
    """What stands on every page: the three cells of the box, without the line of the pages, and the foot."""

    agency: str
    kind: str
    title: str
    marks: tuple[str, ...]
    page: str
    foot: str


@dataclass(frozen=True, slots=True)
class _Style:
    bold: bool = False
    italic: bool = False
    code: bool = False
    strike: bool = False
    script: str = ""


def word_file(html: str, head: WordHead, day: date, lang: str) -> bytes:
    """The file: the same bytes for the same page. Raises :class:`RepositoryError` where python-docx is not installed."""
    try:
        from docx import Document
    except ImportError:
        raise RepositoryError(
            _("a Word file is made with python-docx, which is not installed"),
            advice(_("to install it: pip install 'qmsctl[office]'")),
        ) from None
    document = Document()
    _lay_out(document, head, day, lang)
    writer = _Writer(document)
    for main in tree(html).all("main"):
        writer.blocks(main.inside)
    found = BytesIO()
    document.save(found)
    return _steady(found.getvalue())


def _steady(data: bytes) -> bytes:
    """The same archive without the time at which it was written, its last part naming whose output it is."""
    found = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(found, "w") as new:
        for name in sorted(old.namelist(), key=lambda each: (each == _CORE, each != "[Content_Types].xml", each)):
            info = ZipInfo(name, _BEGINNING)
            info.compress_type = ZIP_STORED if name == _CORE else ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return found.getvalue()


def _lay_out(document: Any, head: WordHead, day: date, lang: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Mm(30), Mm(15), Mm(20), Mm(20)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    for name in ("Normal", *(f"Heading {level}" for level in range(1, 7))):
        _set_font(document.styles[name], heading=name != "Normal")
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(4), 1.1
    language = normal.element.rPr.makeelement(qn("w:lang"), {qn("w:val"): "vi-VN" if lang == "vi" else "en-GB"})
    normal.element.rPr.append(language)
    core = document.core_properties
    core.author = core.last_modified_by = "qmsctl"
    core.title, core.comments = head.title, ""
    core.created = core.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 — the format has no zone
    _header(section, head)
    _footer(section, head)


def _set_font(style: Any, *, heading: bool) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = _FONT, Pt(13)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("eastAsia", "hAnsi", "cs", "ascii"):
        fonts.set(qn(f"w:{script}"), _FONT)
    for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{script}"), None)
    if heading:
        style.font.bold, style.font.italic = True, False
        for colour in properties.findall(qn("w:color")):
            properties.remove(colour)


def _header(section: Any, head: WordHead) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table = section.header.add_table(1, 3, Mm(_WIDTH))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    agency, title, marks = table.rows[0].cells
    for cell, width in zip((agency, title, marks), (50, 65, 50), strict=True):
        cell.width = Mm(width)
    _line(agency.paragraphs[0], head.agency, bold=True, centred=True)
    _line(title.paragraphs[0], head.kind, bold=True, centred=True)
    _line(title.add_paragraph(), head.title, bold=True, centred=True)
    for number, text in enumerate(head.marks):
        _line(marks.paragraphs[0] if not number else marks.add_paragraph(), text)
    last = marks.add_paragraph()
    _line(last, f"{head.page}: ")
    _field(last, "PAGE")
    _line(last, "/")
    _field(last, "NUMPAGES")
    first = section.header.paragraphs[0]
    first._p.getparent().remove(first._p)  # noqa: SLF001 — the library has no other way; the table stands at the top
    section.header.add_paragraph()


def _footer(section: Any, head: WordHead) -> None:
    _line(section.footer.paragraphs[0], head.foot, bold=True)


def _line(paragraph: Any, text: str, *, bold: bool = False, centred: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(11)
    paragraph.paragraph_format.space_after = Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _field(paragraph: Any, code: str) -> None:
    """A field that Word fills in: the number of the page, or of all."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for kind in ("begin", "", "separate", "1", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(11)
        if kind == "1":
            run.text = "1"
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001 — the library knows no fields
        else:
            words = OxmlElement("w:instrText")
            words.set(qn("xml:space"), "preserve")
            words.text = code
            run._r.append(words)  # noqa: SLF001


class _Writer:
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
        if any(_words(each) or _pictures(each) for each in inside):
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
                _Writer(self._place, self._indent + 1).blocks(element.inside)
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
        _Line(paragraph).add(inside, _Style(bold=self._bold))
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
            _run(paragraph, line, _Style(code=True))

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
            inner = _Writer(self._place, self._indent + 1)
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
                writer = _Writer(place, first=place.paragraphs[0], bold=is_head, centred=is_head or "num" in cell.classes() or "signing" in element.classes())
                writer.blocks(cell.inside)
        self._place.add_paragraph()


class _Line:
    """Writes what stands in a line."""

    def __init__(self, paragraph: Any) -> None:
        self._paragraph = paragraph
        self._open = False
        """Whether a word stands before, from which a blank divides the next."""

    def add(self, inside: Iterable[Element | str], style: _Style) -> None:
        """Texts and elements, one after another."""
        for each in inside:
            if isinstance(each, str):
                self._words(each, style)
            elif each.is_seen:
                self._element(each, style)

    def _words(self, text: str, style: _Style) -> None:
        for number, line in enumerate(text.split("\n\n")) if text.strip("\n") == "" else ((0, _BLANK.sub(" ", text)),):
            if number:
                self._paragraph.add_run().add_break()
            shown = line if self._open else line.lstrip(" ")
            if shown:
                _run(self._paragraph, shown, style)
                self._open = not shown.endswith(" ")

    def _element(self, element: Element, style: _Style) -> None:
        match element.tag:
            case "br":
                self._paragraph.add_run().add_break()
                self._open = False
            case "img":
                _picture(self._paragraph, element)
            case "strong" | "b" | "th":
                self.add(element.inside, replace(style, bold=True))
            case "em" | "i":
                self.add(element.inside, replace(style, italic=True))
            case "code" | "kbd" | "samp":
                self.add(element.inside, replace(style, code=True))
            case "s" | "del":
                self.add(element.inside, replace(style, strike=True))
            case "sub" | "sup":
                self.add(element.inside, replace(style, script=element.tag))
            case "svg":
                return
            case _:
                self.add(element.inside, style)


def _run(paragraph: Any, text: str, style: _Style) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic = style.bold or None, style.italic or None
    run.font.strike = style.strike or None
    run.font.subscript, run.font.superscript = style.script == "sub" or None, style.script == "sup" or None
    if style.code:
        run.font.name = "Courier New"


def _picture(paragraph: Any, element: Element) -> None:
    from docx.shared import Mm

    data = b64decode(element.attributes.get("src", "").partition(",")[2])
    try:
        shape = paragraph.add_run().add_picture(BytesIO(data))
    except Exception:  # noqa: BLE001 — anybody's picture, of a kind the library may not know
        paragraph.add_run(element.attributes.get("alt", ""))
        return
    if shape.width > Mm(_WIDTH):
        shape.height, shape.width = int(shape.height * Mm(_WIDTH) / shape.width), Mm(_WIDTH)


def _keep_whole(row: Any, *, repeated: bool) -> None:
    """A row that no page cuts; the head of a table on every page."""
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 — the library knows no such property
    for name in ("w:cantSplit", *(("w:tblHeader",) if repeated else ())):
        properties.append(OxmlElement(name))


def _text(each: Element | str) -> str:
    return each if isinstance(each, str) else "".join(map(_text, each.inside)) if each.is_seen else ""


def _words(each: Element | str) -> str:
    return _text(each).strip()


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
