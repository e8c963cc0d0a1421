"""Lists of cases under maps: what is taken, what is left, what is refused by name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.cases.cells import write_moment, write_stops
from qmsctl.core.incoming.case_lists import TARGETS, CaseList, Office, chosen_map, read_cases
from qmsctl.core.incoming.columns import ColumnMap, personal_columns, read_map
from qmsctl.core.incoming.sheet import Cell, Row, Sheet
from qmsctl.core.incoming.text_table import read_json
from qmsctl.core.text.labels import plain_label
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.store.shipped.resources import read_text

OFFICE = Office(ZoneInfo("Asia/Ho_Chi_Minh"), day_first=True, who={"binh": "binh", "Trần Thị Bình": "binh"}.get)
PERSONAL = personal_columns(read_text("imports/personal.yaml"))
MAPS = tuple(read_map(name, read_text(f"imports/cases/{name}.yaml"), TARGETS).without(PERSONAL) for name in ("one-stop", "portal-json"))
SCREEN = ["STT", "Mã hồ sơ", "Tên TTHC", "Chủ hồ sơ", "Số điện thoại", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả kết quả", "Trạng thái"]
ROW = ["1", "H29.12-1", "Khai sinh", "Nguyễn Văn An", "0912345678", "02/03/2026 8:10", "03/03/2026", "02/03/2026 15:30", "Đã trả"]


def sheet(*rows: Sequence[str], name: str = "", hidden: bool = False) -> Sheet:
    return Sheet(tuple(Row(line, tuple(map(Cell, row))) for line, row in enumerate(rows, 1)), name=name, hidden=hidden)


def read(*rows: Sequence[str], steps: Sequence[str] = (), given: ColumnMap = MAPS[0]) -> CaseList:
    return read_cases([sheet(*rows)], given, steps, OFFICE)


def faults(found: CaseList) -> list[tuple[int, str]]:
    return [(fault.line, str(fault.message)) for fault in found.faults]


def test_a_list_as_the_screens_export_it() -> None:
    found = read(["DANH SÁCH"], SCREEN, ROW)
    ((case, tthc, name),) = found.exports
    assert (case.id, write_moment(case.received), case.due and case.due.whole_day, case.line, tthc, name) == ("H29.12-1", "2026-03-02 08:10", True, 3, "", "Khai sinh")
    assert (found.faults, found.personal, found.left) == ((), ("Chủ hồ sơ", "Số điện thoại"), ("STT", "Trạng thái"))


def with_column(heading: str, value: str = "x") -> tuple[Sequence[str], Sequence[str]]:
    return [*SCREEN, heading], [*ROW, value]


def test_a_column_that_is_not_known_is_refused_by_its_name_alone() -> None:
    (_line, said), *more = faults(read(*with_column("Mã vạch", "Nguyễn Văn An")))
    assert more == []
    assert "“Mã vạch”" in said
    assert "Nguyễn" not in said


def test_a_column_without_a_heading_is_refused_without_what_stands_there() -> None:
    assert faults(read(*with_column("", "0912345678"))) == [(1, "column 10 has no heading, and something stands in it")]
    assert read(*with_column("", "")).faults == ()


@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        (1, "Nguyễn Văn An", "“case”: expected the id of a case"),
        (5, "hôm qua", "“received”: expected a moment"),
        (5, "2026-03-02", "“received”: expected a moment"),
        (5, "", "“received”: expected a moment"),
        (6, "Nguyễn Văn An", "“due”: expected a moment or a day"),
    ],
)
def test_no_value_of_a_cell_is_said(place: int, value: str, says: str) -> None:
    row = [*ROW[:place], value, *ROW[place + 1 :]]
    ((line, said),) = faults(read(SCREEN, row, ["2", "H2", *ROW[2:]]))
    assert (line, said.startswith(says), value in said if value else False) == (2, True, False)


def test_rows_that_are_no_cases_are_passed_over() -> None:
    found = read(
        SCREEN, ["I. Hộ tịch"], ROW, [], ["", "Tổng cộng: 1", "", "", "", "", "", "", ""], ["", "Người lập biểu", "", "", "", "", "Chủ tịch", "", ""],
        ["", "Nguyễn Thị Lan", "", "", "", "", "Trần Thị Bình"],
    )
    assert ([each.case.id for each in found.exports], found.faults, found.passed) == (["H29.12-1"], (), 4)


def test_a_row_between_cases_is_never_passed_over_in_silence() -> None:
    found = read(SCREEN, ROW, ["2", "Nguyễn Văn An", "", "", "", "hôm qua"], [*ROW[:1], "H2", *ROW[2:]])
    assert {line for line, _said in faults(found)} == {3}


@pytest.mark.parametrize(("name", "faulty"), [("binh", False), ("Trần Thị Bình", False), ("Nguyễn Văn An", True)])
def test_who_releases_is_known_by_id_or_name(name: str, faulty: bool) -> None:
    found = read(*with_column("Người ký duyệt", name))
    if faulty:
        assert [said for _line, said in faults(found)] == ["“released_by” names no role of qms.yaml and no person of people.yaml"]
    else:
        assert found.exports[0].case.released_by == "binh"


def test_a_formula_is_not_taken() -> None:
    cells = [Cell(text) for text in ROW]
    cells[6] = Cell(formula=True)
    found = read_cases([Sheet((Row(1, tuple(map(Cell, SCREEN))), Row(2, tuple(cells))))], MAPS[0], (), OFFICE)
    assert [said for _line, said in faults(found)] == ["“due” is a formula, which is not taken: give the file with its values"]


def test_steps_are_columns_of_the_procedure_that_is_named() -> None:
    head, row = [*SCREEN, "Bước B1", "B2"], [*ROW, "02/03/2026 9:00", ""]
    assert [each.case.steps[0][0] for each in read(head, row, steps=("B1", "B2")).exports] == ["B1"]
    assert [line for line, _said in faults(read(head, row))] == [1, 1]


def test_several_tables_of_a_file() -> None:
    tables = [sheet(SCREEN, ROW, name="Tháng 1"), sheet(["x"], name="Ghi chú"), sheet(SCREEN, [*ROW[:1], "?", *ROW[2:]], name="Tháng 2"), sheet(SCREEN, [*ROW[:1], "H3", *ROW[2:]], hidden=True)]
    found = read_cases(tables, MAPS[0], (), OFFICE)
    assert ([each.case.id for each in found.exports], [said.split(":")[0] for _line, said in faults(found)]) == (["H29.12-1"], ["sheet “Tháng 2”"])


def test_a_table_without_a_head_is_not_repeated() -> None:
    ((line, said),) = faults(read(["Nguyễn Văn An", "0912345678", "x"]))
    assert line == 0
    assert "Nguyễn" not in said


RECORD = {
    "MaHoSo": "H1", "MaTTHC": "1.001193", "TenTTHC": "Khai sinh", "ChuHoSo": "Nguyễn Văn An", "SoDienThoai": "0912", "NgayTiepNhan": "20260302081000",
    "NgayHenTra": "20260304170000", "NgayTra": "", "NgayKetThucXuLy": "20260304101500", "TrangThaiHoSo": "10",
    "DanhSachHoSoBoSung": [{"NgayBoSung": "20260302093000", "NgayTiepNhanBoSung": "20260303080000", "NgayHenTraMoi": "20260305170000"}],
}


def from_json(*records: Mapping[str, object]) -> CaseList:
    found = [read_json(json.dumps(records).encode())]
    return read_cases(found, chosen_map(found, MAPS), (), OFFICE)


def test_records_of_the_portal() -> None:
    found = from_json(RECORD, RECORD | {"MaHoSo": "H2", "DanhSachHoSoBoSung": [], "NgayTra": "20260304111500"}, RECORD | {"MaHoSo": "H3", "DanhSachHoSoBoSung": [{"NgayBoSung": "20260302093000"}]})
    assert (found.faults, found.personal) == ((), ("ChuHoSo", "SoDienThoai"))
    first, second, third = (each.case for each in found.exports)
    assert write_stops(first.stops) == "2026-03-02 09:30..2026-03-03 08:00"
    assert (first.supplements, first.finished and write_moment(first.finished)) == (1, "2026-03-04 10:15")
    assert (second.stops, second.finished and write_moment(second.finished)) == ((), "2026-03-04 11:15")
    assert third.standing
    assert found.exports[0].tthc == "1.001193"


def test_what_is_not_known_inside_a_record_is_refused_by_name() -> None:
    found = from_json(RECORD | {"DanhSachHoSoBoSung": [{"NgayBoSung": "20260302093000", "NguoiNopThay": "Nguyễn Văn An"}]})
    assert ["“NguoiNopThay”" in said and "Nguyễn" not in said for _line, said in faults(found)] == [True]
    assert len(from_json(RECORD | {"DanhSachHoSoBoSung": ["x"]}).faults) == 1


def test_an_office_says_in_a_map_of_its_own_what_becomes_of_its_columns() -> None:
    own = read_map("own", "extends: one-stop\ntake: {received: [Lúc nhận, Trạng thái]}\nleave: [Mã vạch]\npassed: {Loại: [Nội bộ]}\n", TARGETS).over(MAPS[0]).without(PERSONAL)
    head, row = ["Mã hồ sơ", "Lúc nhận", "Ngày trả", "Mã vạch", "Loại", "Chủ hồ sơ"], ["H1", "02/03/2026 8:10", "", "1", "", "A"]
    found = read(head, row, ["H2", "02/03/2026 8:10", "", "1", "nội bộ", "A"], given=own)
    assert ([each.case.id for each in found.exports], found.faults, found.personal, found.passed) == (["H1"], (), ("Chủ hồ sơ",), 1)
    assert own.target(plain_label("Trạng thái")) == "received"


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_no_map_takes_what_is_about_a_person(target: str) -> None:
    greedy = read_map("own", f"extends: one-stop\ntake: {{{target}: [Chủ hồ sơ, CCCD, Số điện thoại]}}\n", TARGETS).over(MAPS[0]).without(PERSONAL)
    assert [greedy.target(plain_label(each)) for each in ("Chủ hồ sơ", "CCCD", "Số điện thoại")] == [None] * 3


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("- a", 1), ("take: {case: [a]}\nkeep: [b]", 2), ("take:\n  name: [a]", 2), ("take: {case: {a: b}}", 1), ("take: {case: [[a]]}", 1), ("parts: {x: {from: a}}", 1), ("parts: [x]", 1)],
)
def test_what_a_map_may_not_say(text: str, line: int) -> None:
    with pytest.raises(YamlRefused) as refused:
        read_map("own", text, TARGETS)
    assert refused.value.line == line


def test_the_maps_that_ship_know_what_the_data_files_of_the_system_call_things() -> None:
    """A data file of ours is read by its own headings."""
    assert [MAPS[0].target(each.replace("_", " ")) for each in ("case", "received", "due", "stops", "supplements", "finished", "released_by")] == ["case", "received", "due", "stops", "supplements", "finished", "released_by"]


def test_no_heading_is_taken_and_left() -> None:
    for each in MAPS:
        taken = [heading for headings in each.take.values() for heading in headings]
        assert len(set(taken)) == len(taken)
        assert not set(taken) & (each.left | each.personal)


TOLD = "Nguyễn Thị Bí Mật 0912"
CELLS = st.sampled_from(["", TOLD, f"{TOLD} 02/03/2026 8:10", "H29.12-1", "02/03/2026 8:10", "2026-03-02", "46083.5", "20260302081000", "x", "(1)"])


@settings(max_examples=60)
@given(st.lists(st.lists(CELLS, min_size=9, max_size=9), max_size=5), st.permutations(SCREEN))
def test_wherever_it_stands_nothing_of_a_cell_is_said_or_kept_that_is_no_id_and_no_time(rows: list[list[str]], head: list[str]) -> None:
    found = read(["DANH SÁCH"], head, *rows)
    said = [*faults(found), *found.left, *found.personal, *(each.case for each in found.exports)]
    assert "Bí Mật" not in repr(said)
