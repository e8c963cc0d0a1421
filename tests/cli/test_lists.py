"""Registers and lists as Excel file, CSV and JSON: one view of them, read back by other means; nothing in it is run."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from qmsctl.cli.formats.lists import list_csv, lists_json
from qmsctl.cli.formats.own_output import is_own_output
from qmsctl.cli.formats.table import as_csv
from qmsctl.cli.lists_out import Lists
from qmsctl.core.text.characters import visible
from qmsctl.core.text.writing import Writing
from qmsctl.errors import RepositoryError
from qmsctl.message import show
from qmsctl.reports import build
from qmsctl.reports.parts.cover import cover
from qmsctl.reports.parts.sheet import DAY, NUMBER, Column, Sheet, Value
from qmsctl.store.outputs.spreadsheet import MOST_LETTERS, spreadsheet
from qmsctl.store.shipped.catalogue import translator
from tests.desk import Desk
from tests.office import library_of
from tests.reports.review_office import review_office
from tests.reports.small_office import checked, options, small_office
from tests.sheets import parts, read_back

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schema/lists.json").read_text("utf-8"))
REPORTS = ("register", "records", "archive", "listing")
DAY_OF_BOOK = date(2026, 11, 20)
EVIL = ('=HYPERLINK("http://x.example","bấm")', "+cmd|' /C calc'!A0", "@SUM(1+1)", "-2+3+cmd|' /C calc'!A0", "\t=1+1", "\r=1", " =1+1", "＝1+1", "http://x.example", "mailto:a@x.example", "internal:Sheet1!A1", "{=1}", "0012", "1e5", "NC\u202e-1", "_x000D_", "a\nb", 'Sổ, «quý»; "1"')


def vietnamese(value: object) -> str:
    return show(value, translator("vi"), "vi")


def plain(value: object) -> str:
    return show(value)


def book_of(*rows: tuple[Value, ...], title: str = "Sổ", label: str = "Tên") -> Lists:
    columns = (Column("name", show_as(label)), Column("day", show_as("Ngày"), DAY), Column("count", show_as("Số"), NUMBER))
    empty = library_of({}, DAY_OF_BOOK)
    return Lists(cover(show_as(title), empty, options()), (Sheet("one", show_as(title), columns, rows),))


def show_as(text: str) -> Any:
    """Words as an office's own type gives them: they are not translated, and may be anything."""
    from qmsctl.message import Label

    return Label({"en": text})


def report(name: str, office: Callable[[], Any] = small_office) -> Any:
    library = office()
    return build(name, library, checked(library), options(lang="vi"))


def as_read(value: Any, kind: str) -> Any:
    """A value of the JSON as the Excel file has it."""
    if isinstance(value, str) and kind == "day" and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    return visible(value) if isinstance(value, str) and value else None if value == "" else value


@pytest.mark.parametrize("office", [small_office, review_office])
@pytest.mark.parametrize("name", REPORTS)
def test_the_excel_file_has_what_the_json_has(name: str, office: Callable[[], Any]) -> None:
    view = report(name, office)
    data = json.loads(lists_json(view, name, vietnamese, "vi"))
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(data)
    found = list(read_back(spreadsheet(view, vietnamese, "vi")).values())
    assert len(found) == len(data["lists"])
    for sheet, given_ in zip(found, data["lists"], strict=True):
        assert sheet[0] == [each["label"] for each in given_["columns"]]
        expected = [[as_read(row[each["key"]], each["kind"]) for each in given_["columns"]] for row in given_["rows"]]
        assert [[cell or None if cell == "" else cell for cell in row] for row in sheet[1:] if row] == expected


@pytest.mark.parametrize("name", REPORTS)
def test_the_same_lists_are_the_same_bytes(name: str) -> None:
    first, second = (spreadsheet(report(name), vietnamese, "vi") for _ in range(2))
    assert first == second
    assert is_own_output(first[:1000], first[-4000:])
    assert [list_csv(each, Writing(), vietnamese) for each in report(name).sheets] == [list_csv(each, Writing(), vietnamese) for each in report(name).sheets]


def test_nothing_from_a_file_is_a_formula_a_link_or_a_macro() -> None:
    book = book_of(*((text, text, text) for text in EVIL), title=EVIL[0], label=EVIL[1])
    data = spreadsheet(book, plain, "en")
    assert [row[0] for row in next(iter(read_back(data).values()))[1:]] == [visible(each) for each in EVIL]
    files = parts(data)
    assert not any("vba" in name.casefold() or "externalLink" in name for name in files)
    assert not any(sign in part for part in files.values() for sign in (b"<f>", b"<hyperlink ", b"relationships/hyperlink", b"ormula"))


def test_csv_has_no_formula_and_gives_the_text_back() -> None:
    for separator, writing in ((",", Writing()), (";", Writing(day_first=True, comma=True))):
        text = list_csv(book_of(*((each, None, None) for each in EVIL)).sheets[0], writing, plain, excel=True)
        assert text.startswith("\ufeff")
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator))[1:]
        for (cell, *_rest), meant in zip(rows, EVIL, strict=True):
            assert cell.lstrip()[:1] not in tuple("=+-@＝＋－＠")
            assert cell[0] not in "\t\r\n"
            assert re.sub("^([\t\r\n; ,]+)'", r"\1", cell.removeprefix("'")) == visible(meant)


@pytest.mark.parametrize("before", ["", "\t", "\r", "\n", "\t ", " ", "\u3000", "\ufeff", "\u200b", ";", ",", "; ", ", ", "x\n", "a;", "a,", 'a",', "'"])
def test_csv_has_no_formula_whatever_sign_is_taken_for_the_separator(before: str) -> None:
    for sign in "=+-@＝＋－＠":
        for separator in ",;":
            text = as_csv([f"{before}{sign}1+1"], [[f"{before}{sign}1+1"]], separator=separator)
            cells = [cell for taken in ",;\t" for row in csv.reader(io.StringIO(text, newline=""), delimiter=taken) for cell in row]
            assert [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")] == []


def test_csv_for_excel_has_days_and_numbers_as_the_office_writes_them() -> None:
    sheet = book_of(("Máy đo", date(2026, 3, 5), Decimal("-97.5"))).sheets[0]
    assert list_csv(sheet, Writing(day_first=True, comma=True), plain, excel=True).splitlines()[1] == "Máy đo;05/03/2026;-97,5"
    assert list_csv(sheet, Writing(day_first=True, comma=True), plain).splitlines()[1] == "Máy đo,2026-03-05,-97.5"


def test_days_are_days_and_numbers_numbers() -> None:
    day = date(2026, 3, 5)
    rows = next(iter(read_back(spreadsheet(book_of(("a", day, Decimal("97.5")), ("b", date(1802, 1, 1), 10**20)), plain, "en")).values()))
    assert rows[1:] == [["a", day, 97.5], ["b", "1802-01-01", str(10**20)]]


def test_a_sheet_is_a_table_with_a_filter_that_prints_its_heads_on_every_page() -> None:
    files = parts(spreadsheet(report("register"), vietnamese, "vi"))
    sheet, table, workbook = (files[f"xl/{name}"].decode() for name in ("worksheets/sheet1.xml", "tables/table1.xml", "workbook.xml"))
    assert '<pane ySplit="1"' in sheet
    assert 'state="frozen"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "fitToPage" in sheet
    assert "Trang &amp;P/&amp;N" in sheet
    assert "<autoFilter ref=" in table
    assert workbook.count("_xlnm.Print_Titles") == len(report("register").sheets)


def test_a_list_without_rows_is_a_table_all_the_same() -> None:
    assert next(iter(read_back(spreadsheet(book_of(), plain, "en")).values()))[0] == ["Tên", "Ngày", "Số"]


@pytest.mark.parametrize("title", ["", "'", "[a]:*?/\\", "x" * 200, "&" * 300, "12", "a&b", "\u0000"])
def test_any_title_gives_sheets_excel_can_open(title: str) -> None:
    one = book_of(("a", None, 1), title=title, label=title)
    both = Lists(one.cover, (one.sheets[0], one.sheets[0]))
    names = list(read_back(spreadsheet(both, plain, "en")))
    assert len({each.casefold() for each in names}) == 2
    assert all(0 < len(each) <= 31 and not set(each) & set("[]:*?/\\") and not each.startswith("'") for each in names)


def test_a_text_longer_than_a_cell_ends_with_an_ellipsis() -> None:
    rows = next(iter(read_back(spreadsheet(book_of(("ă" * MOST_LETTERS, None, None), ("ă" * (MOST_LETTERS + 1), None, None)), plain, "en")).values()))
    assert rows[1][0] == "ă" * MOST_LETTERS
    assert rows[2][0].endswith("…")


CELLS = st.one_of(st.none(), st.text(max_size=20), st.integers(-(10**14), 10**14), st.dates(date(1900, 3, 1), date(9999, 12, 31)))


@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), CELLS, CELLS), max_size=5))
def test_whatever_is_written_is_read_back(rows: list[tuple[Value, ...]]) -> None:
    found = next(iter(read_back(spreadsheet(book_of(*rows), plain, "en")).values()))[1:]
    expected = [[visible(each) if isinstance(each, str) and each else None if each == "" else each for each in row] for row in rows]
    assert [[None if cell == "" else cell for cell in row] for row in found if row][: len(rows)] == expected


def test_without_xlsxwriter_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(RepositoryError, match="XlsxWriter, which is not installed") as refused:
        spreadsheet(book_of(), plain, "en")
    assert "pip install 'qmsctl[office]'" in str(refused.value.mend)


@pytest.mark.process
def test_the_commands(office: Desk, tmp_path: Path) -> None:
    book, listed = tmp_path / "r.xlsx", tmp_path / "list.xlsx"
    office.run("report", "register", "-o", book)
    first = book.read_bytes()
    office.run("report", "register", "-o", book)
    assert book.read_bytes() == first
    office.run("list", "document", "-o", listed)
    of_list = next(iter(read_back(listed.read_bytes()).values()))
    rows = json.loads(office.run("list", "document", "--format", "json").out)
    heads = of_list[0]
    code, title, revision = (heads.index(each) for each in ("Code", "Title", "Rev."))
    assert [(row[code], row[title], row[revision]) for row in of_list[1:]] == [(each["id"], each["title"], each["revision"]) for each in rows]
    folder = tmp_path / "csv"
    office.run("report", "register", "--format", "csv", "--excel", "-o", folder)
    names = [each["id"] for each in json.loads(office.run("report", "register", "--format", "json").out)["lists"]]
    assert sorted(each.stem for each in folder.iterdir()) == sorted(names)
    one = office.run("report", "register", "--format", "csv", "--list", "documents").out
    assert "one list" in office.run("report", "register", "--format", "csv", code=2).err
    assert "documents" in office.run("report", "register", "--format", "json", "--list", "document", code=2).err
    for name in ("audit", "training", "raci"):
        assert "no list" in office.run("report", name, "--format", "xlsx", "-o", tmp_path / "a.xlsx", code=2).err
    assert "--excel" in office.run("list", "--format", "json", "--excel", code=2).err
    assert office.run("list", "procedure", "--format", "html", "-o", "-").out.startswith("<!doctype html>")


def test_a_day_of_excel_is_counted_as_excel_counts() -> None:
    assert date(1899, 12, 30) + timedelta(days=61) == date(1900, 3, 1)
