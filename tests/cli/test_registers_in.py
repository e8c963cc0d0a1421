"""Registers that were kept in a spreadsheet, taken in by a command: two of them from file to figures."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qmsctl.store.machine.files import LARGEST
from tests.desk import Desk
from tests.workbooks import in_tcvn3, saved, typed

pytestmark = pytest.mark.process

PERSON = "Nguyễn Văn An"
LAWS: list[list[Any]] = [
    ["DANH MỤC TÀI LIỆU BÊN NGOÀI"], [], ["TT", "Tên văn bản", "Số hiệu", "Cơ quan ban hành", "Ngày", None, "Ghi chú"], [None, None, None, None, "Ban hành", "Hiệu lực", None],
    ["I. Luật", *[None] * 6], [1, "Luật Hộ tịch", "60/2014/QH13", "Quốc hội", date(2014, 11, 20), "1/1/2016", PERSON], [2, "Luật Căn cước", "26/2023/QH15", "Quốc hội", "27/11/2023", 45474, None],
]
MERGED = ["A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:G4", "A5:G5"]
MACHINES = "STT;Tên thiết bị;Mã thiết bị;Nơi đặt;Loại;Chu kỳ;Ngày hiệu chuẩn;Kết quả;Hạn hiệu chuẩn;Người sử dụng\n1;Cân;C1;Phòng 1;Thiết bị đo;12 tháng;15/3/2026;Đạt;15/3/2027;Nguyễn Văn An\n2;Máy in;M1;Phòng 2;CNTT;hằng năm;;;;\n"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.today = "2026-06-01"
    return desk


def given(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_external_documents_from_excel(desk: Desk, tmp_path: Path) -> None:
    file = given(tmp_path, "danh-muc.xlsx", saved(LAWS, merged=MERGED))
    before = desk.tree()
    assert "+issued: 2014-11-20" in desk.run("import", "register", file, "--type", "external-document", "--dry-run").out
    assert desk.tree() == before
    said = desk.run("import", "register", file, "--type", "external-document", "--commit")
    assert len(said.written) == 2
    assert "kept nowhere: Ghi chú" in said.err
    text = desk.read("documents/external/TLBN-02.md")
    assert "number: 26/2023/QH15\nissued: 2023-11-27\nin_force_from: 2024-07-01\n" in text
    assert "x-source: danh-muc.xlsx, " in text
    assert desk.errors() == []
    assert desk.git("log", "-1", "--format=%s").startswith("External document: 2 taken from danh-muc.xlsx")
    old = given(tmp_path, "cu.xlsx", saved([[in_tcvn3(cell) if isinstance(cell, str) else cell for cell in row] for row in LAWS], merged=MERGED, then=typed(".VnTime")))
    again = desk.run("import", "register", old, "--type", "external-document").err
    assert ("nothing changes" in again, "there already, and left as they are: 2" in again, "differs" in again) == (True, True, False)
    later = [*LAWS[:5], [*LAWS[5][:5], "2/1/2016", None]]
    changed = desk.run("import", "register", given(tmp_path, "moi.xlsx", saved(later, merged=MERGED)), "--type", "external-document")
    assert (changed.written, "TLBN-01 differs from row 6 in In force from" in changed.err) == ([], True)
    paper = given(tmp_path, "qd.pdf", b"%PDF-1.4\n")
    desk.run("adopt", "TLBN-01", "TLBN-02", "--basis", "12/QĐ-UBND", "--basis-date", "2026-05-20", "--basis-file", paper, by="binh")
    listed = desk.run("list", "external-document", "--format", "json").json
    assert [(each["id"], each["status"], each["issued"]) for each in listed] == [("TLBN-01", "effective", "2014-11-20"), ("TLBN-02", "effective", "2023-11-27")]
    assert_no_person(desk)


def assert_no_person(desk: Desk) -> None:
    assert not [path for path in desk.root.rglob("*") if path.is_file() and ".git" not in path.parts and PERSON.encode() in path.read_bytes()]


def test_equipment_from_csv(desk: Desk, tmp_path: Path) -> None:
    desk.run("import", "register", given(tmp_path, "thiet-bi.csv", MACHINES), "--type", "equipment")
    assert "- date: 2026-03-15\n  result: pass\n  next: 2027-03-15\n" in desk.read("records/equipment/TB-001.md")
    assert desk.errors() == []
    desk.run("advance", "TB-001", "in-service", "--set", "range=0–5 kg", "--set", "calibration.1.certificate=HC-12")
    assert "TB-001" in desk.run("todo", day="2027-03-20").out
    assert_no_person(desk)


@pytest.mark.parametrize(
    ("data", "words", "code", "says"),
    [
        (MACHINES.replace("Nơi đặt", "Vị"), (), 3, "the column “Vị” is not known"),
        (MACHINES.replace("C1", ""), (), 3, "x.csv:2: “Serial or asset number” is missing"),
        (MACHINES.replace("Loại", "Người sử dụng"), (), 3, "x.csv:3: “Kind” is missing; one value for all rows is given by --set kind=…: one of measuring (measuring equipment), "),
        (MACHINES.replace("M1", "C1"), (), 3, "x.csv:3: the row says the same as row 2"),
        (MACHINES, ("--map", "none"), 2, "there is no map “none”"),
        (MACHINES, ("--by", "nobody"), 3, "x.csv:2: field-invalid"),
        ("a;b\n", (), 3, "no row names the columns"),
    ],
)
def test_what_is_refused_changes_nothing(desk: Desk, tmp_path: Path, data: str, words: tuple[str, ...], code: int, says: str) -> None:
    said = desk.refused("import", "register", given(tmp_path, "x.csv", data), "--type", "equipment", *words, code=code)
    assert says in said.err
    assert PERSON not in said.err


def test_a_list_of_persons_is_no_evidence(desk: Desk, tmp_path: Path) -> None:
    rows = [["Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Hẹn trả"], ["H1", PERSON, "2/3/2026 8:10", "3/3/2026"]]
    said = desk.refused("attach", "QT-01", given(tmp_path, "bang-chung.pdf", saved(rows)))
    assert "a list of cases with data about persons" in said.err
    desk.run("attach", "QT-01", given(tmp_path, "danh-muc.xlsx", saved(LAWS)))


def test_what_is_no_file_of_a_list_is_called_what_it_is(desk: Desk, tmp_path: Path) -> None:
    """A pipe is not waited for, and what fits into no memory is not read."""
    vast = tmp_path / "vast.csv"
    with vast.open("wb") as file:
        file.truncate(LARGEST + 1)
    asked = ("import", "register", "--type", "equipment")
    assert f"has {LARGEST + 1} bytes, more than qmsctl reads" in desk.refused(*asked, vast, code=2).err
    assert "there is no file" in desk.refused(*asked, tmp_path / "none.csv", code=2).err
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert "is a pipe or device; a file is expected" in desk.refused(*asked, tmp_path / "pipe", code=2).err
