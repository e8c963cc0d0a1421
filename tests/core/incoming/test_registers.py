"""Registers under their maps: what a row says of a record, in whatever way people write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

import pytest

from qmsctl.core.incoming.columns import ColumnMap, personal_columns, read_map
from qmsctl.core.incoming.register import Register, own_words, read_register, targets_of
from qmsctl.core.incoming.sheet import Cell, Row, Sheet, Span
from qmsctl.core.incoming.values import Values, tidy
from qmsctl.core.text.labels import plain_label
from qmsctl.core.types.record_type import RecordType
from qmsctl.store.shipped.definitions import type_set
from qmsctl.store.shipped.resources import listing, read_text
from tests.office import office

TYPES = type_set({})
PERSONAL = personal_columns(read_text("imports/personal.yaml"))
LIBRARY = office("")
KINDS = [name.removesuffix(".yaml") for name in listing("imports/registers")]


def of(name: str) -> tuple[RecordType, ColumnMap]:
    found = TYPES.get(name)
    assert found is not None
    words = own_words(found)
    return found, (read_map(name, read_text(f"imports/registers/{name}.yaml"), targets_of(found)).over(words) if name in KINDS else words).without(PERSONAL)


def sheet(*rows: Sequence[str | Cell], spans: Sequence[Span] = ()) -> Sheet:
    return Sheet(tuple(Row(line, tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row)) for line, row in enumerate(rows, 1) if row), spans=tuple(spans))


def read(name: str, given: Sheet, known: Mapping[str, str] | None = None) -> Register:
    found, columns = of(name)
    return read_register([given], columns, found, Values(LIBRARY, columns.values), known or {})


def faults(found: Register) -> list[tuple[int, str]]:
    return [(fault.line, str(fault.message)) for fault in found.faults]


HEAD = ["TT", "Tên văn bản", "Số hiệu", "Cơ quan ban hành", "Ngày ban hành", "Hết hiệu lực", "Ghi chú"]


def test_the_same_record_however_its_day_is_written() -> None:
    days: list[str | Cell] = ["15/3/2024", "2024-03-15", "ngày 15 tháng 3 năm 2024", Cell("45366", number=Decimal(45366)), Cell("2024-03-15", moment=datetime.fromisoformat("2024-03-15"))]
    found = read("external-document", sheet(HEAD, *(["1", "Nghị định", f"{number}/NĐ-CP", "Chính phủ", day, "", "x"] for number, day in enumerate(days))))
    assert [entry.fields["issued"] for entry in found.entries] == ["2024-03-15"] * len(days)
    assert (found.faults, found.left, found.personal) == ((), ("TT",), ("Ghi chú",))


@pytest.mark.parametrize(("written", "revision"), [("02", "2"), ("2", "2"), ("1.0", "1"), ("3,0", "3")])
def test_a_revision_however_it_is_written(written: str, revision: str) -> None:
    found = read("external-document", sheet([*HEAD, "Lần ban hành"], ["1", "A", "1", "B", "15/3/2024", "", "", written]))
    assert found.entries[0].fields["revision"] == revision


def test_what_a_field_can_do_without_is_left_out_and_said_what_it_cannot_is_refused() -> None:
    found = read("external-document", sheet(HEAD, ["1", "A", "1", "B", "15/3/2024", "không rõ"], ["2", "A", "2", "B", "đầu năm"], ["3", "A", "", "B", "15/3/2024"], ["4", "A", "4", "B", Cell(formula=True)]))
    assert found.unread == {"in_force_until": (2,)}
    assert found.formulas == {"issued": (5,)}
    assert faults(found) == [(3, "“Issued”: expected a date such as 2026-03-25"), (4, "“Number” is missing"), (5, "“Issued”: expected a date such as 2026-03-25")]


def test_what_all_records_have_in_common_is_said_once() -> None:
    rows = sheet(["TT", "Tên văn bản", "Số hiệu", "Ngày ban hành"], ["1", "A", "1", "15/3/2024"])
    assert faults(read("external-document", rows)) == [(2, "“Issued by” is missing; one value for all rows is given by --set issuer=…: a text")]
    assert read("external-document", rows, {"issuer": "Chính phủ"}).entries[0].fields["issuer"] == "Chính phủ"


def test_groups_totals_and_signatures_make_no_record() -> None:
    found = read("external-document", sheet(
        HEAD, ["I. Luật", *["I. Luật"] * 6], ["1", "A", "1", "B", "15/3/2024", "16/3/2025"], ["II. Nghị định"], [], ["2", "C", "2", "D", "15/3/2024", "16/3/2025"],
        [], ["", "Người lập", "", "Chủ tịch"], ["", "Nguyễn Thị Lan", "", "Trần Thị Bình"],
    ))
    assert ([entry.line for entry in found.entries], found.faults, found.passed) == ([3, 6], (), 4)


def test_a_short_row_behind_a_gap_ends_nothing() -> None:
    full = ["1", "A", "1", "B", "15/3/2024", "16/3/2025"]
    found = read("external-document", sheet(HEAD, full, [], ["2", "C"], full))
    assert ([entry.line for entry in found.entries], {line for line, _said in faults(found)}) == ([2, 4, 5], {4})


EQUIPMENT = ["STT", "Tên thiết bị", "Mã thiết bị", "Nơi đặt", "Loại", "Chu kỳ", "Ngày hiệu chuẩn", "Kết quả", "Hạn hiệu chuẩn", "Người sử dụng", "Tình trạng"]


def test_a_row_says_something_of_a_data_block() -> None:
    found = read("equipment", sheet(
        EQUIPMENT, ["1", "Cân", "C1", "P1", "Thiết bị đo", "12 tháng", "15/3/2026", "Đạt", "15/3/2027", "Nguyễn Văn An", "Tốt"],
        ["2", "Máy in", "M1", "P1", "CNTT", "hằng năm", "", "Đạt", "", "", "Thanh lý"], ["3", "Máy in", "M2", "P1", "máy lạ", "2 lần/năm", "", "Đạt", "", "", ""],
    ))
    first, second = found.entries
    assert first.blocks == {"calibration": {"date": "2026-03-15", "result": "pass", "next": "2027-03-15"}}
    assert (first.fields["kind"], first.fields["cycle"]) == ("measuring", "12m")
    assert (second.blocks, found.unread, found.passed, found.personal) == ({}, {"cycle": (4,)}, 1, ("Người sử dụng",))
    ((line, said),) = faults(found)
    assert (line, said.startswith("“Kind”: expected one of "), "máy lạ" in said) == (4, True, False)


@pytest.mark.parametrize(("written", "filed"), [("12m", "12m"), ("12 tháng", "12m"), ("1 năm/lần", "1y"), ("Hằng năm", "1y"), ("mỗi tháng", "1m"), ("02 tuần", "2w"), ("3 ngày làm việc", "3d"), ("định kỳ", None)])
def test_a_length_of_time(written: str, filed: str | None) -> None:
    found, _map = of("equipment")
    assert Values(LIBRARY).read(found.fields["cycle"], Cell(written), sheet()) == filed


@pytest.mark.parametrize(("written", "filed"), [("binh", "binh"), ("Trần Thị Bình", "binh"), ("TRẦN THỊ BÌNH", "binh"), ("Nguyễn Văn An", None), ("", ""), ("-", ""), ("…", ""), ("...", "")])
def test_a_person_is_one_of_the_office(written: str, filed: str | None) -> None:
    found, _map = of("nonconformity")
    assert Values(LIBRARY).read(found.fields["owner"], Cell(written), sheet()) == filed


def test_closed_nonconformities_stay_in_the_old_log() -> None:
    head = ["STT", "Nội dung không phù hợp", "Ngày phát hiện", "Người phát hiện", "Mức độ", "Nguồn", "Đơn vị", "Tình trạng"]
    found = read("nonconformity", sheet(head, ["1", "Trễ hẹn", "1/3/2026", "Nguyễn Văn An", "Nhẹ", "ĐGNB", "Bộ phận Hộ tịch", "Đang xử lý"], ["2", "Cũ", "1/3/2025", "", "", "", "", "Đã đóng"]), {"raised_by": "minh"})
    (entry,) = found.entries
    assert {name: entry.fields[name] for name in ("title", "raised", "severity", "source", "unit")} == {"title": "Trễ hẹn", "raised": "2026-03-01", "severity": "minor", "source": "internal-audit", "unit": "ho-tich"}
    assert (found.unread, found.passed) == ({"raised_by": (2,)}, 1)


def test_a_type_without_a_map_has_its_own_words() -> None:
    found = read("interested-party", sheet(["Bên quan tâm", "Nhóm", "Mức ảnh hưởng", "Chu kỳ xem lại"], ["UBND tỉnh", "cơ quan cấp trên", "cao", "12 tháng"]))
    assert found.entries[0].fields == {"title": "UBND tỉnh", "influence": "high", "cycle": "12m"} | ({"group": "superior"} if "group" in found.entries[0].fields else {})


@pytest.mark.parametrize("name", KINDS)
def test_maps_name_what_their_types_have_and_take_nothing_personal(name: str) -> None:
    found, columns = of(name)
    taken = [heading for headings in columns.take.values() for heading in headings]
    assert len(set(taken)) == len(taken), sorted(each for each in taken if taken.count(each) > 1)
    assert not set(taken) & (columns.personal | columns.left), set(taken) & (columns.personal | columns.left)
    assert set(columns.key) <= set(found.fields)
    assert columns.key
    for each, words in columns.values.items():
        described = found.fields.get(each) or next(block.keys[each] for block in found.blocks.values() if each in block.keys)
        assert set(words.values()) <= set(described.values)


@pytest.mark.parametrize("heading", ["Họ tên", "Số CCCD", "Ngày sinh", "Số điện thoại", "Địa chỉ", "Email"])
def test_no_register_takes_what_is_about_a_person(heading: str) -> None:
    for name in (*KINDS, "auditor", "competence", "complaint"):
        assert of(name)[1].target(plain_label(heading)) is None


def test_letters_nobody_sees_are_none() -> None:
    assert tidy("\ufeffSổ\u200b tay\u00a0 chất\u202e lượng \r\n bản 1") == "Sổ tay chất lượng\nbản 1"
    assert tidy("Sổ".encode().decode()) == "Sổ"


def test_no_default_takes_the_place_of_what_a_row_says_and_nobody_can_read() -> None:
    rows = sheet(["STT", "Nội dung không phù hợp", "Ngày phát hiện", "Người phát hiện"], ["1", "Trễ hẹn", "đầu tháng", "Nguyễn Văn An"], ["2", "Sai mẫu", "", ""])
    assert faults(read("nonconformity", rows)) == [(2, "“Raised”: expected a date such as 2026-03-25"), (2, "“Raised by”: expected the id of a person in people.yaml")]
    found = read("nonconformity", rows, {"raised_by": "minh", "raised": "2026-03-01"})
    assert ([entry.fields["raised_by"] for entry in found.entries], found.unread) == (["minh", "minh"], {"raised": (2,), "raised_by": (2,)})


def test_a_day_that_excel_made_of_a_number_is_no_text() -> None:
    found = read("external-document", sheet(HEAD, ["1", "A", Cell("2024-03-01 00:00:00", moment=datetime.fromisoformat("2024-03-01")), "B", "15/3/2024"]))
    assert [line for line, _said in faults(found)] == [2]
