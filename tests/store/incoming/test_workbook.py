"""Excel files as they come: cells with what they show, whatever their fonts, and nothing that a file could do besides."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, Self

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from qmsctl.core.incoming.sheet import Cell, Span
from qmsctl.core.incoming.text_table import MOST_ROWS
from qmsctl.errors import Refusal, RepositoryError
from qmsctl.store.incoming import tables, workbook
from qmsctl.store.incoming.unfit import Unfit
from tests.workbooks import in_tcvn3, saved, typed, with_part

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader itself; that it is run in a process of its own is tested by commands."""

    class Here:
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_error: object) -> None:
            pass

        def read(self, kind: str, data: bytes) -> Any:
            assert kind == "excel"
            return workbook.read(data)

    monkeypatch.setattr(tables, "Reader", Here)


def cells(data: bytes) -> list[list[Cell]]:
    return [list(row.cells) for row in tables.read_tables(data, lambda _sheet: 0).sheets[0].rows]


def shown(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row] for row in cells(data)]


def test_cells_show_what_they_hold() -> None:
    moment = datetime.fromisoformat("2026-03-02T08:10:00")
    (row,) = cells(saved([["Tên", "02", 2, 1.0, 1.5, date(2024, 3, 15), moment, time(8, 30), True, "=1+1", None, 123456789012345]]))
    assert [cell.text for cell in row] == ["Tên", "02", "2", "1", "1.5", "2024-03-15 00:00:00", "2026-03-02 08:10:00", "08:30:00", "x", "", "", "123456789012345"]
    assert (row[6].moment, row[2].number, row[9].formula, row[10].is_empty) == (moment, Decimal(2), True, True)


@pytest.mark.parametrize(("kept", "number"), [(5, b"1e999"), (date(2024, 3, 15), b"-5")], ids=["endless", "before the calendar"])
def test_what_no_sheet_can_show_is_not_taken(kept: object, number: bytes) -> None:
    data = with_part(saved([[kept]]), SHEET, lambda part: re.sub(rb"<v>\d+</v>", b"<v>" + number + b"</v>", part))
    assert [cell.formula for cell in cells(data)[0]] == [True]


def test_rows_keep_their_numbers_and_spans_end_with_the_table() -> None:
    (sheet,) = tables.read_workbook(saved([["a"], [], ["b", "c"]], merged=["A1:B1"])).sheets
    assert ([row.line for row in sheet.rows], sheet.spans) == ([1, 3], (Span(1, 0, 1, 2),))


@pytest.mark.parametrize("font", [".VnTime", ".VnTimeH", "Times New Roman"])
def test_letters_are_those_of_the_font(font: str) -> None:
    text = "Sổ tay chất lượng"
    written = text if font.startswith("Times") else in_tcvn3(text)
    assert shown(saved([[written]], then=typed(font))) == [[text.upper() if font.endswith("H") else text]]


def test_a_cell_of_two_fonts() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    text = in_tcvn3("chất lượng")
    sheet["A1"] = CellRichText("Sổ tay ", TextBlock(InlineFont(rFont=".VnTime"), text[:4]), TextBlock(InlineFont(rFont=".VnTime"), text[4:]), TextBlock(InlineFont(rFont="Arial"), " © ISO"))
    data = BytesIO()
    book.save(data)
    assert shown(data.getvalue()) == [["Sổ tay chất lượng © ISO"]]


def test_hidden_sheets_and_what_is_no_cell_are_told() -> None:
    def hide(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.worksheets[1].sheet_state = "hidden"

    data = with_part(saved([["a"]], [["b"]], then=hide), "xl/vbaProject.bin", lambda _old: b"x")
    found = tables.read_workbook(data)
    assert [sheet.hidden for sheet in found.sheets] == [False, True]
    assert [str(each) for each in found.notes] == ["the hidden sheet “Sheet1”", "macros"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        (b"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'),
        (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'),
        (b"</sheetData>", b'<row r="1048576"/></sheetData><dataValidations><dataValidation sqref="A1:XFD1048576" type="whole"/></dataValidations>'),
    ],
    ids=["merged", "link", "formatted", "validated"],
)
def test_what_claims_to_be_wide_is_as_wide_as_what_it_holds(old: bytes, new: bytes) -> None:
    assert shown(with_part(saved([["a", "b"]]), SHEET, lambda part: part.replace(old, new))) == [["a", "b"]]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (saved([["x"] * 401]), "more than"),
        (with_part(saved([["a"]]), SHEET, lambda part: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + part), "document type"),
        (with_part(saved([["a"]]), "../x.xml", lambda _old: b"<x/>"), "elsewhere"),
        (with_part(saved([["a"]]), "xl/media/image1.png", lambda _old: b"\0" * 33_000_000), "unpacked"),
        (b"PK\x03\x04 no archive", "cannot be opened"),
        (with_part(saved([["a"]]), SHEET, lambda part: part.replace(b"</sheetData>", b'<row r="1"><c r="A1"><v>1</v></c></row></sheetData>')), "one number"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "password"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "97"),
        (saved([["UBND PHƯỜNG TÂN AN", "TỐI MẬT"], ["Số hồ sơ"]]), "mark of secrecy"),
        (with_part(saved([["a"]]), "xl/workbook.xml", lambda part: part.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")), "Strict"),
        (with_part(saved([["a"]]), "xl/workbook.xml", lambda part: part.replace(b'state="visible"', b'state="veryHidden"')), "none of its sheets"),
    ],
    ids=["wide", "dtd", "slip", "bomb", "broken", "twice", "encrypted", "old", "secret", "strict", "hidden"],
)
def test_what_is_not_read(data: bytes, says: str) -> None:
    with pytest.raises(Refusal, match=says) as refused:
        tables.read_tables(data, lambda _sheet: 0)
    assert "TÂN AN" not in str(refused.value)


@pytest.mark.parametrize(
    "more",
    [b"<row><c><v>1</v></c></row>" * (MOST_ROWS + 1), b"<row>" + b"<c/>" * 17_000 + b"</row>", (b"<row>" + b"<c/>" * 16_000 + b"</row>") * 40, b"<mergeCell ref='A1:XFD1048576'/>" * 20_001],
    ids=["long", "wide", "both", "merged"],
)
def test_a_table_longer_than_any_office_keeps(more: bytes) -> None:
    data = with_part(saved([["a"]]), SHEET, lambda part: part.replace(b"</sheetData>", more + b"</sheetData>"))
    with pytest.raises(Unfit, match="more than"):
        tables.read_tables(data, lambda _sheet: 0)


def test_a_column_of_secrecy_is_no_stamp() -> None:
    assert len(shown(saved([["STT", "Tên", "Độ mật"], [1, "Quy chế", "MẬT"]]))) == 2


def test_without_openpyxl_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qmsctl.store.incoming.extra.find_spec", lambda _name: None)
    with pytest.raises(RepositoryError) as refused:
        tables.read_tables(saved([["a"]]), lambda _sheet: 0)
    assert "pip install 'qmsctl[office]'" in str(refused.value.mend)
