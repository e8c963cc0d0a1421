"""Procedures as offices have them in Word, made by python-docx; in Unicode or an old font, with the words of a story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.old_fonts import in_tcvn3, in_vni

Write = Callable[[Any, str, bool], None]


def as_unicode(paragraph: Any, text: str, bold: bool = False) -> None:
    """A run as Word of today writes it."""
    paragraph.add_run(text).bold = bold or None


def as_tcvn3(paragraph: Any, text: str, bold: bool = False) -> None:
    """A run in .VnTime; words in capitals in .VnTimeH."""
    run = paragraph.add_run(in_tcvn3(text))
    run.bold = bold or None
    run.font.name = ".VnTimeH" if text.isupper() else ".VnTime"


def as_vni(paragraph: Any, text: str, bold: bool = False) -> None:
    """A text in VNI-Times, in runs that part letters from their marks."""
    shown = in_vni(text)
    for part in (shown[:7], shown[7:8], shown[8:]):
        run = paragraph.add_run(part)
        run.bold = bold or None
        run.font.name = "VNI-Times"


class Paper:
    """A Word file that is being written."""

    def __init__(self, write: Write = as_unicode) -> None:
        self.document: Any = Document()
        self.write = write

    def line(self, text: str, *, bold: bool = False, style: str | None = None) -> Any:
        paragraph = self.document.add_paragraph(style=style)
        self.write(paragraph, text, bold)
        return paragraph

    def table(self, rows: Sequence[Sequence[str]], place: Any = None) -> Any:
        if place is not None:
            table = place.add_table(len(rows), len(rows[0]), width=5_000_000)
        else:
            table = self.document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                for number, line in enumerate(text.split("\n")):
                    self.write(cell.paragraphs[0] if number == 0 else cell.add_paragraph(), line, False)
        return table

    def bytes(self) -> bytes:
        found = BytesIO()
        self.document.save(found)
        return found.getvalue()


STEPS = (
    ("Bước", "Trách nhiệm", "Nội dung công việc", "Thời gian", "Kết quả, biểu mẫu"),
    ("B1", "Bộ phận một cửa", "Tiếp nhận hồ sơ\nHẹn ngày trả", "0,5 ngày", "Giấy hẹn BM-{number}-01"),
    ("B2", "Công chức tư pháp", "Thẩm định hồ sơ", "02 ngày làm việc", "Dự thảo"),
    ("B3", "Công chức tư pháp", "Trình ký", "Giờ hành chính", "Bản ký"),
)


def procedure(number: str, title: str, write: Write = as_unicode, *, head: str = "header", steps: Iterable[Sequence[str]] = STEPS, decision: str = "12/QĐ-UBND") -> bytes:
    """A procedure with its head, approval, revisions, sections, steps and records."""
    paper = Paper(write)
    rows = [("ỦY BAN NHÂN DÂN PHƯỜNG TÂN AN", "QUY TRÌNH\n" + title, f"Mã hiệu: QT-{number}\nLần ban hành: 03\nNgày ban hành: 15/03/2024\nTrang: 1/12")]
    paper.table(rows, paper.document.sections[0].header if head == "header" else None)
    paper.line(f"Ban hành kèm theo Quyết định số {decision} ngày 15/03/2024 của Chủ tịch UBND phường")
    paper.table((("", "Người viết", "Người kiểm tra", "Người phê duyệt"), ("Họ và tên", "Nguyễn Văn Sơn", "Lê Thị Hạnh", "Phạm Quốc Bảo"), ("Chức vụ", "Công chức", "Trưởng phòng", "Chủ tịch"), ("Chữ ký", "", "", "")))
    paper.line("BẢNG THEO DÕI SỬA ĐỔI", bold=True)
    paper.table((("Lần sửa đổi", "Ngày sửa đổi", "Nội dung sửa đổi"), ("02", "10/01/2022", "Bổ sung biểu mẫu"), ("03", "15/03/2024", "Cập nhật theo Nghị định mới")))
    for heading, text in (
        ("1. MỤC ĐÍCH", "Thống nhất cách làm, trả kết quả đúng hẹn."),
        ("2. PHẠM VI", "Dùng tại UBND phường."),
        ("3. TÀI LIỆU VIỆN DẪN", "Luật Hộ tịch năm 2014."),
        ("4. ĐỊNH NGHĨA, CHỮ VIẾT TẮT", "TTHC: thủ tục hành chính."),
    ):
        paper.line(heading, bold=True)
        paper.line(text)
    paper.line("5. NỘI DUNG", bold=True)
    paper.line("Thành phần hồ sơ gồm:")
    paper.line("Tờ khai theo mẫu", style="List Bullet")
    paper.line("Giấy tờ tùy thân", style="List Bullet")
    paper.table([[cell.format(number=number) for cell in row] for row in steps])
    paper.line("6. BIỂU MẪU", bold=True)
    paper.line(f"BM-{number}-01 Giấy tiếp nhận hồ sơ")
    paper.line("7. HỒ SƠ LƯU", bold=True)
    paper.table((("TT", "Tên hồ sơ", "Nơi lưu", "Thời gian lưu"), ("1", "Hồ sơ giải quyết", "Bộ phận một cửa", "05 năm"), ("2", "Sổ theo dõi", "Văn thư", "Lâu dài")))
    return paper.bytes()


def simple(title: str, code: str, *sections: tuple[str, str], revision: int = 1, year: int = 2024) -> bytes:
    """A document of a few headings, its head a line each."""
    paper = Paper()
    paper.line(title, bold=True)
    for line in (f"Mã hiệu: {code}", f"Lần ban hành: {revision:02}", f"Ngày hiệu lực: ngày 15 tháng 3 năm {year}"):
        paper.line(line)
    for heading, text in sections:
        paper.line(heading, bold=True)
        paper.line(text)
    return paper.bytes()


def tracked(paragraph: Any, kind: str, author: str, text: str) -> None:
    """A change within a paragraph that nobody has accepted: ``ins`` or ``del``."""
    change = OxmlElement(f"w:{kind}")
    change.set(qn("w:author"), author)
    change.set(qn("w:id"), "1")
    run = OxmlElement("w:r")
    word = OxmlElement("w:t" if kind == "ins" else "w:delText")
    word.text = text
    run.append(word)
    change.append(run)
    paragraph._p.append(change)
