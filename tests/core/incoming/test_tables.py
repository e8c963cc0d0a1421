"""Tables of other programs: their heads, their moments, and the ways text files keep them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.incoming.head import find_head
from qmsctl.core.incoming.moments import day_of, moment_text
from qmsctl.core.incoming.sheet import Cell, Row, Sheet, Span
from qmsctl.core.incoming.text_table import MOST_ROWS, Unreadable, read_csv, read_json
from qmsctl.core.text.labels import plain_label
from qmsctl.core.text.writing import Writing

KNOWN = frozenset(map(plain_label, ("STT", "Mã hồ sơ", "Ngày tiếp nhận", "Hẹn trả", "Thời gian trả kết quả", "Trạng thái")))
VIETNAMESE = Writing(day_first=True, comma=True)


def sheet(*rows: Sequence[str], spans: Sequence[Span] = ()) -> Sheet:
    return Sheet(tuple(Row(line, tuple(map(Cell, row))) for line, row in enumerate(rows, 1)), spans=tuple(spans))


def head(given: Sheet) -> tuple[int, tuple[str, ...], list[str]] | None:
    found = find_head(given, KNOWN.__contains__)
    return (found.line, found.headings, [row.cells[0].text for row in found.rows]) if found else None


def test_titles_may_stand_above_a_head_and_numbers_below_it() -> None:
    found = head(sheet(
        ["UBND PHƯỜNG TÂN AN", "", ""], ["DANH SÁCH HỒ SƠ"], [], ["STT", "Mã hồ sơ", "Ngày tiếp nhận"], ["(1)", "(2)", "(3)"],
        ["1", "H1", "x"], ["STT", "Mã hồ sơ", "Ngày tiếp nhận"], ["2", "H2", "y"],
    ))
    assert found == (4, ("STT", "Mã hồ sơ", "Ngày tiếp nhận"), ["1", "2"])


TWO_LINES = (["STT", "Mã hồ sơ", "Thời gian", "", "Trạng thái"], ["", "", "Hẹn trả", "Trả kết quả", ""], ["1", "H1", "x", "y", "z"])
MERGED = [Span(1, 0, 2, 1), Span(1, 1, 2, 1), Span(1, 2, 1, 2), Span(1, 4, 2, 1)]


@pytest.mark.parametrize("spans", [(), MERGED], ids=["text", "merged"])
def test_a_head_of_two_lines(spans: Sequence[Span]) -> None:
    found = head(sheet(*TWO_LINES, spans=spans))
    assert found == (1, ("STT", "Mã hồ sơ", "Hẹn trả", "Thời gian Trả kết quả", "Trạng thái"), ["1"])


def test_a_row_of_data_is_no_second_line_of_a_head() -> None:
    assert head(sheet(["STT", "Mã hồ sơ", "Hẹn trả"], ["1", "H1", "x"])) == (1, ("STT", "Mã hồ sơ", "Hẹn trả"), ["1"])


def test_no_head() -> None:
    assert head(sheet(["a", "b"], ["STT", "Mã hồ sơ"])) is None
    assert head(Sheet(())) is None


def test_what_stands_over_several_cells_is_in_each_of_them() -> None:
    filled = sheet(["a", "b", ""], ["", "c", "d"], ["", "e", "f"], spans=[Span(1, 0, 2, 1), Span(1, 1, 1, 2)]).filled()
    assert [[cell.text for cell in row.cells] for row in filled] == [["a", "b", "b"], ["a", "c", "d"], ["", "e", "f"]]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (Cell("x", moment=datetime.fromisoformat("2024-03-15T08:00")), date(2024, 3, 15)),
        (Cell("45366", number=Decimal(45366)), date(2024, 3, 15)),
        (Cell("45366"), date(2024, 3, 15)),
        (Cell("15/3/2024"), date(2024, 3, 15)),
        (Cell("15.03.2024"), date(2024, 3, 15)),
        (Cell("15-3-2024"), date(2024, 3, 15)),
        (Cell("2024-03-15"), date(2024, 3, 15)),
        (Cell("2024-03-15T00:00:00"), date(2024, 3, 15)),
        (Cell("20240315"), date(2024, 3, 15)),
        (Cell("20240315080000"), date(2024, 3, 15)),
        (Cell("ngày 15 tháng 3 năm 2024"), date(2024, 3, 15)),
        (Cell("\u00a015/3/2024 "), date(2024, 3, 15)),
        (Cell("3/15/2024"), None),
        (Cell("15/3/24"), None),
        (Cell("31/2/2024"), None),
        (Cell("3/2024"), None),
        (Cell("2024"), None),
        (Cell("2024", number=Decimal(2024)), None),
        (Cell("20241315"), None),
        (Cell("99999999999999999999"), None),
        (Cell("٤٥٣٦٦"), None),
        (Cell(), None),
    ],
)
def test_a_day(cell: Cell, day: date | None) -> None:
    assert day_of(cell, Sheet(()), VIETNAMESE) == day


def test_the_day_is_never_guessed() -> None:
    assert day_of(Cell("15/3/2024"), Sheet(()), Writing()) is None
    assert day_of(Cell("2024-03-15"), Sheet(()), Writing()) == date(2024, 3, 15)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell("20260302081005"), "2026-03-02 08:10:05"),
        (Cell("202603020810"), "2026-03-02 08:10:00"),
        (Cell("20260302"), "2026-03-02"),
        (Cell("46083.340277777781", number=Decimal("46083.340277777781")), "2026-03-02 08:10:00"),
        (Cell("46083", number=Decimal(46083)), "2026-03-02"),
        (Cell("02/03/2026\u00a0 8:10"), "02/03/2026 8:10"),
        (Cell("soon"), "soon"),
        (Cell("8h10 02/03/2026"), "8:10 02/03/2026"),
        (Cell("08 giờ 10 phút ngày 02/03/2026"), "08:10 02/03/2026"),
        (Cell("02/03/2026, lúc 8g05'"), "02/03/2026 8:05"),
        (Cell("02/03/2026 - 08:10"), "02/03/2026 08:10"),
        (Cell("14h 2-3-2026"), "14:00 2-3-2026"),
        (Cell("2026-03-02T08:10:00.000+07:00"), "2026-03-02T08:10:00.000+07:00"),
        (Cell("2026-03-02 08:10:00.0"), "2026-03-02 08:10:00.0"),
    ],
)
def test_a_moment(cell: Cell, text: str) -> None:
    assert moment_text(cell, Sheet(())) == text


def test_numbers_of_days_may_count_from_1904() -> None:
    assert moment_text(Cell("44621", number=Decimal(44621)), Sheet((), first_day=date(1904, 1, 1))) == "2026-03-02"


def weigh(found: Sheet) -> int:
    return max((sum(plain_label(cell.text) in KNOWN for cell in row.cells) for row in found.rows), default=0)


@given(
    st.sampled_from([";", ",", "\t", "|"]), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(), st.sampled_from(["", "sep={}", '"sep={}"']), st.integers(0, 3),
)
def test_a_text_is_a_table_however_it_is_saved(separator: str, end: str, codec: str, quoted: bool, named: str, wider: int) -> None:
    rows = [["Danh sách hồ sơ, tháng 3; năm 2026 | bản 1"], ["STT", "Mã hồ sơ", "Ngày tiếp nhận"], ["1", "H1", "\u00a02026-03-02 08:10\u00a0"]]
    if not quoted:
        rows[0] = ["Danh sách"]
    lines = [separator.join(f'"{cell}"' if quoted else cell for cell in (*row, *[""] * wider)) for row in rows]
    text = end.join((*([named.format(separator)] if named else []), *lines, ""))
    found = head(read_csv(text.encode(codec), weigh))
    assert found is not None
    assert (found[0] - bool(named), found[1][:3], found[2]) == (2, ("STT", "Mã hồ sơ", "Ngày tiếp nhận"), ["1"])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"), (b"\n \n", "empty"), (b"a\xff", "line 1: the file is not UTF-8"),
        (b'STT;"H1\n', "quotation marks"), (b"a;b\n" * (MOST_ROWS + 1), "more than"), (b";" * 500, "more than"),
    ],
)
def test_what_is_no_table(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_csv(data, weigh)


@pytest.mark.parametrize("text", ['[{"a": 1, "b": "x"}, {"c": null}]', '{"data": [{"a": 1, "b": "x"}, {"c": null}], "total": 2}'])
def test_records_are_rows(text: str) -> None:
    found = read_json(text.encode("utf-8-sig"))
    assert [[cell.text for cell in row.cells] for row in found.rows] == [["a", "b", "c"], ["1", "x", ""], ["", "", ""]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[1]", "a list of records"), ("[]", "a list of records"), ("{", "line 1: this is no JSON"), ('[{"a": 1, "a": 2}]', "two values"),
        ("[" * 200_000, "nested too deep"), ('[{"a": 1} x', "no JSON"),
    ],
)
def test_what_are_no_records(text: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_json(text.encode())


def test_a_number_of_any_length_is_a_text() -> None:
    assert read_json(b'[{"a": ' + b"9" * 9000 + b', "b": NaN, "c": [1], "d": {"e": 1}}]').rows[1].cells[2].text == "…"


PAGE = """<html><meta charset="utf-8"><table border=1><tr><td colspan="5">DANH SÁCH<tr>
<th rowspan=2>STT<th rowspan=2>Mã hồ sơ<th colspan=2>Thời gian<th rowspan=2>Trạng thái</tr><tr><th>Hẹn trả<th>Trả <b>kết quả</b></tr>
<tr><td>1</td><td>H&#49;</td><td rowspan="99999999999">x</td><td>y<br>z</td><td colspan=0>&nbsp;</td></table>"""


def test_a_page_of_html_is_a_table_under_the_name_of_one() -> None:
    found = read_csv(PAGE.encode(), weigh)
    assert head(found) == (2, ("STT", "Mã hồ sơ", "Hẹn trả", "Thời gian Trả kết quả", "Trạng thái"), ["1"])
    assert [cell.text for cell in found.rows[3].cells] == ["1", "H1", "x", "y\nz", ""]


@pytest.mark.parametrize("text", ["<table><tr><td colspan=999999999>a", "<td>" * 5000, "<tr>" * 5000, "<table>" * 5000, "<", "<table><tr><td rowspan=99>a</td><td></tr>" + "<tr><td>b" * 5000])
def test_a_page_that_claims_to_be_wide(text: str) -> None:
    found = read_csv(text.encode(), weigh)
    assert sum(len(row.cells) for row in found.rows) <= 20_000


@pytest.mark.parametrize("mark", ["\v", "\f", "\x1c", "\x85", "\u2028"])
def test_a_cell_holds_whatever_ends_no_line_of_csv(mark: str) -> None:
    """Word and slides end a line within a cell like this: what follows belongs to the same row."""
    found = read_csv(f"Name,Place,Kind\nMáy{mark}in,B1,x\n".encode(), weigh)
    assert [[cell.text for cell in row.cells] for row in found.rows] == [["Name", "Place", "Kind"], [f"Máy{mark}in", "B1", "x"]]


@pytest.mark.parametrize(("text", "said"), [
    ('a,b\n1,"x\ny\nz\n', "line 2: the quotation marks of the row that begins here do not match"),
    ('sep=,\na,b\n1,"x\ny"z\n', "line 3: the quotation marks"),
    (f"sep=,\na,b\n1,{'x' * 140_000}\n", "line 3: a cell has more than 131072 characters"),
])  # fmt: skip
def test_a_row_that_cannot_be_read_is_named_where_it_begins(text: str, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_csv(text.encode(), weigh)
    assert said in str(refused.value)
