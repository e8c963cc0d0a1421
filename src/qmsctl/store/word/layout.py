"""What every page of a Word file has: its size, its letters, the box at its head and the words at its foot."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from qmsctl.value import dataclass

FONT = "Times New Roman"
WIDTH = 165
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


def lay_out(document: Any, head: WordHead, day: date, lang: str) -> None:
    """Give a new document its pages, its letters, its head and its foot; ``day`` is when it is said to be made."""
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

    style.font.name, style.font.size = FONT, Pt(13)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("eastAsia", "hAnsi", "cs", "ascii"):
        fonts.set(qn(f"w:{script}"), FONT)
    for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{script}"), None)
    if heading:
        style.font.bold, style.font.italic = True, False
        for colour in properties.findall(qn("w:color")):
            properties.remove(colour)


def _header(section: Any, head: WordHead) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table = section.header.add_table(1, 3, Mm(WIDTH))
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
