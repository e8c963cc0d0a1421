"""A month of cases from each format that one-stop systems write, compared with figures that are counted here from the same cases."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, procedure
from tests.workbooks import saved, with_part

pytestmark = pytest.mark.process

ONE, TWO, OTHER = "1.001193", "2.000815.000.00.00.H29", "1.009999"
DATA = "attachments/cases/QT-01/2026-03.csv"
SECRET = ("Nguyễn Văn An", "0912345678", "Tổ 5 phường Tân An")
HEAD = ["STT", "Mã hồ sơ", "Mã TTHC", "Chủ hồ sơ", "Số điện thoại", "Địa chỉ", "Tiếp nhận", "Hẹn trả", "Trả kết quả", "Trạng thái"]


@dataclass(frozen=True)
class Made:
    """A case as a one-stop system knows it."""

    id: str
    tthc: str
    received: datetime
    due: datetime
    finished: datetime | None


def month() -> list[Made]:
    """Forty cases of three administrative procedures, received in March."""
    chance = random.Random(16)
    made = []
    for number in range(40):
        received = datetime(2026, 3, 2 + number % 28, 8 + number % 3, number)  # noqa: DTZ001 — local
        finished = received + timedelta(minutes=chance.randrange(60, 6000))
        made.append(Made(f"H29.12-2603-{number:04}", (ONE, TWO, OTHER)[number % 3], received, received + timedelta(days=2), finished if number % 7 else None))
    return made


CASES = month()


def expected(tthc: str) -> Mapping[str, int]:
    """Early, on time, late and open, counted from the cases themselves."""
    own = [case for case in CASES if case.tthc == tthc]
    kept = Counter("early" if case.finished < case.due else "late" for case in own if case.finished)
    return {"received": len(own), "finished": kept.total(), "early": kept["early"], "late": kept["late"], "overdue": len(own) - kept.total()}


def rows(written: Callable[[datetime | None], Any]) -> list[list[Any]]:
    return [[number, each.id, each.tthc, *SECRET, written(each.received), written(each.due), written(each.finished), "Đã trả"] for number, each in enumerate(CASES, 1)]


def as_excel() -> bytes:
    upper = [*HEAD[:6], "Thời gian", None, None, HEAD[9]]
    lower = [*[None] * 6, *HEAD[6:9]]
    merged = ["A1:J1", "G3:I3", *(f"{column}3:{column}4" for column in "ABCDEFJ")]
    body = rows(lambda moment: moment)
    text = [[*row[:6], *(each and each.strftime("%d/%m/%Y %H:%M:%S") for each in row[6:9]), row[9]] for row in body[20:]]
    return saved([["DANH SÁCH HỒ SƠ THÁNG 3/2026"], [], upper, lower, [f"({n})" for n in range(1, 11)], ["I. Hộ tịch"], *body[:20], ["II. Chứng thực"], *text, [], [None, "Tổng cộng: 40"]], merged=merged)


def as_csv() -> bytes:
    lines = [["DANH SÁCH HỒ SƠ", *[""] * 9], HEAD, *rows(lambda moment: moment.strftime("%d/%m/%Y\u00a0%H:%M") if moment else "")]
    return ("\ufeffsep=;\r\n" + "".join(";".join((*map(str, line), "", "", "")) + "\r\n" for line in lines)).encode()


def as_json() -> bytes:
    def stamp(moment: datetime | None) -> str:
        return moment.strftime("%Y%m%d%H%M%S") if moment else ""

    return json.dumps([
        {"MaHoSo": each.id, "MaTTHC": each.tthc, "TenTTHC": "Khai sinh", "ChuHoSo": SECRET[0], "SoDienThoai": SECRET[1], "DiaChi": SECRET[2], "NgayTiepNhan": stamp(each.received),
         "NgayHenTra": stamp(each.due), "NgayTra": "", "NgayKetThucXuLy": stamp(each.finished), "TrangThaiHoSo": "10", "DanhSachHoSoBoSung": []}
        for each in CASES
    ]).encode()


FORMATS = {"thang-3.xlsx": as_excel, "thang-3.csv": as_csv, "thang-3.json": as_json}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """An office with two procedures, each of an administrative procedure."""
    desk.edit("documents/procedures/QT-01.md", "owner: unit-head\n", f"owner: unit-head\ntthc: [{ONE}]\n")
    desk.write("documents/procedures/QT-02.md", procedure("QT-02", "Chứng thực").replace("owner: unit-head\n", "owner: unit-head\ntthc: [2.000815]\n"))
    desk.commit("two")
    desk.sit("hoa")
    desk.today = "2026-04-20"
    return desk


def given(folder: Path, name: str, data: bytes | None = None) -> Path:
    path = folder / name
    path.write_bytes(FORMATS[name]() if data is None else data)
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_a_month_of_several_procedures(desk: Desk, tmp_path: Path, name: str) -> None:
    file = given(tmp_path, name)
    said = desk.run("cases", "import", file, "--commit")
    assert len(said.written) == 4
    assert f"not taken: {sum(case.tthc == OTHER for case in CASES)} case(s) of other administrative procedures: {OTHER}" in said.err
    assert "left, for they are about persons, and kept nowhere: Ch" in said.err
    for subject, tthc in (("QT-01", ONE), ("QT-02", TWO)):
        found = desk.run("cases", "show", subject, "--format", "json").json
        assert {key: found[key] for key in expected(tthc)} == expected(tthc)
    register = desk.read("records/case-registers/SHS-2026-001.md")
    assert f"source: {{name: {name}, sha256: " in register
    assert desk.errors() == []
    assert "nothing changes" in desk.run("cases", "import", file).err
    assert_nothing_is_known_of_persons(desk, said)


def assert_nothing_is_known_of_persons(desk: Desk, said: Any) -> None:
    for secret in (*SECRET, json.dumps(SECRET[0])[1:-1]):
        assert secret not in said.out + said.err
        for path in desk.root.rglob("*"):
            assert not path.is_file() or ".git" in path.parts or secret.encode() not in path.read_bytes(), path
        assert desk.git("log", "--all", "-S", secret, "--format=%H") == ""


def test_the_three_formats_say_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.run("cases", "import", given(tmp_path, "thang-3.csv"))
    data = desk.read(DATA)
    for name in ("thang-3.xlsx", "thang-3.json"):
        assert "nothing changes" in desk.run("cases", "import", given(tmp_path, name)).err
    assert desk.read(DATA) == data


def line(case: Made, **changed: str) -> str:
    told = {"id": case.id, "received": case.received.strftime("%d/%m/%Y %H:%M"), "finished": ""} | changed
    return f"{told['id']};{SECRET[0]};{told['received']};{told['finished']}\n"


SHORT = "Mã hồ sơ;Chủ hồ sơ;Ngày tiếp nhận;Ngày trả\n"
FIRST, SECOND = (case for case in CASES if case.tthc == ONE and not case.finished and case.received.day < 28)


def test_a_list_adds_to_its_months_and_one_of_a_month_is_all_of_it(desk: Desk, tmp_path: Path) -> None:
    desk.run("cases", "import", given(tmp_path, "thang-3.csv"))
    before = desk.read(DATA)
    part = given(tmp_path, "them.csv", (SHORT + line(FIRST, finished="20/04/2026 08:00") + line(FIRST, id="H9", received="01/04/2026 8:00")).encode())
    said = desk.refused("cases", "import", "QT-01", part)
    assert "them.csv:3: case H9: “due” is empty, and QT-01 has no time_limit to count it from" in said.err
    part.write_text(SHORT + line(FIRST, finished="20/04/2026 08:00"), encoding="utf-8")
    assert "nothing was written" in desk.run("cases", "import", "QT-01", part, "--dry-run").err
    assert desk.read(DATA) == before
    said = desk.run("cases", "import", "QT-01", part)
    assert "changed: 1, gone: 0" in said.err
    assert "in the register of 2026-03 and not in the file, kept as they are" in said.err
    assert desk.read(DATA).count("\n") == before.count("\n")
    said = desk.run("cases", "import", "QT-01", "2026-03", part)
    assert "no longer in the file" in said.err
    assert desk.read(DATA).count("\n") == 2


def test_a_register_that_is_closed_is_not_opened_by_a_list(desk: Desk, tmp_path: Path) -> None:
    text = SHORT.replace("\n", ";Hẹn trả\n") + line(FIRST, finished="20/04/2026 08:00").replace("\n", ";25/04/2026\n")
    file = given(tmp_path, "them.csv", text.encode())
    desk.run("cases", "import", "QT-01", file)
    desk.run("advance", "SHS-2026-001", "closed")
    assert "nothing changes" in desk.run("cases", "import", "QT-01", file, "--commit").err
    file.write_text(text.replace("08:00;25", "09:00;25"), encoding="utf-8")
    assert "is closed" in desk.refused("cases", "import", "QT-01", file).err


def without(heading: str) -> bytes:
    return as_csv().replace(heading.encode(), b"Ma vach")


@pytest.mark.parametrize(
    ("words", "data", "code", "says"),
    [
        (("FILE",), without("Trạng thái"), 3, "the column “Ma vach” is not known"),
        (("QT-01", "FILE"), with_part(as_excel(), "xl/worksheets/sheet1.xml", lambda part: b"<!DOCTYPE x>" + part), 3, "declares a document type"),
        (("FILE",), as_csv().replace(ONE.encode(), b"9.9").replace(TWO[:8].encode(), b"9.8"), 3, "no field “tthc” names 9.9, 9.8.000.00.00.H29, 1.009999"),
        (("--map", "portal", "FILE"), as_csv(), 2, "there is no map “portal”"),
        (("QT-01", "QT-02", "2026-03", "FILE"), as_csv(), 2, "here are 4 words"),
        (("FILE",), b"UBND;PHUONG\n\xe1\xba\xacT;M\xe1\xba\xacT\n", 3, "mark of secrecy"),
    ],
    ids=["column", "dtd", "tthc", "map", "words", "secret"],
)
def test_what_is_refused_changes_nothing_and_repeats_no_cell(desk: Desk, tmp_path: Path, words: Sequence[str], data: bytes, code: int, says: str) -> None:
    file = given(tmp_path, "x.bin", data)
    said = desk.refused("cases", "import", *(file if word == "FILE" else word for word in words), code=code)
    assert says in said.err
    assert not [secret for secret in SECRET if secret in said.err]


def test_the_office_has_a_map_of_its_own(desk: Desk, tmp_path: Path) -> None:
    desk.write(".qms/imports/cases/phuong.yaml", "extends: one-stop\nleave: [Ma vach]\n")
    assert len(desk.run("cases", "import", given(tmp_path, "x.csv", without("Trạng thái"))).written) == 4
    desk.write(".qms/imports/cases/phuong.yaml", "extends: one-stop\nkeep: [Ma vach]\n")
    assert ".qms/imports/cases/phuong.yaml, line 2: “keep” is not known" in desk.refused("cases", "import", given(tmp_path, "thang-3.csv")).err


def test_a_list_that_lies_in_the_folder_may_be_committed_by_mistake(desk: Desk) -> None:
    said = desk.run("cases", "import", given(desk.root, "thang-3.csv"))
    assert "thang-3.csv lies in the folder of the QMS, and lists are not kept here" in said.err
    assert "lies in the folder" not in desk.run("cases", "import", "QT-01", desk.root / DATA).err


def test_a_case_is_received_once_and_what_cannot_be_read_is_not_lost(desk: Desk, tmp_path: Path) -> None:
    desk.run("cases", "import", given(tmp_path, "thang-3.csv"))
    moved = given(tmp_path, "them.csv", (SHORT.replace("\n", ";Hẹn trả\n") + line(FIRST, received="01/04/2026 8:00").replace("\n", ";03/04/2026\n")).encode())
    assert f"them.csv:2: case {FIRST.id} stands in SHS-2026-001, the register of 2026-03, already" in desk.refused("cases", "import", "QT-01", moved).err
    desk.edit(DATA, f"\n{FIRST.id},2026", f"\n{FIRST.id},x")
    said = desk.refused("cases", "import", "QT-01", given(tmp_path, "thang-3.json"))
    assert "the cases of SHS-2026-001 cannot be read whole" in said.err
    assert "thang-3.json" not in desk.read(DATA)


def test_the_document_with_the_decision_names_codes_for_procedures(desk: Desk, tmp_path: Path) -> None:
    """It is in force once approved; two procedures of one code are refused with its mend."""
    for name, own in (("QT-01", f"tthc: [{ONE}]\n"), ("QT-02", "tthc: [2.000815]\n")):
        desk.edit(f"documents/procedures/{name}.md", own, "")
    head = ("owner=hoa", "classification=public", "issuer=UBND tỉnh", "number=1127/QĐ-UBND", "issued=2025-07-22", "checked=2026-04-01")
    desk.run("new", "external-document", "--title", "Quyết định công bố", *(word for each in head for word in ("--set", each)))
    desk.fill_in("documents/external/TLBN-01.md")
    for code, name in ((ONE, "QT-01"), ("2.000815", "QT-02")):
        desk.run("row", "add", "TLBN-01", "services", f"code={code}", f"name=Thủ tục {name}", f"documents={name}")
    assert "no field “tthc” names" in desk.refused("cases", "import", given(tmp_path, "thang-3.csv")).err
    desk.run("submit", "TLBN-01")
    desk.run("approve", "TLBN-01", by="binh")
    desk.run("cases", "import", given(tmp_path, "thang-3.csv"), by="hoa")
    assert desk.run("cases", "show", "QT-02", "--format", "json").json["received"] == sum(case.tthc == TWO for case in CASES)
    desk.edit("documents/procedures/QT-02.md", "owner: unit-head\n", f"owner: unit-head\ntthc: [{ONE}]\n")
    assert f"QT-01 and QT-02 are both of the administrative procedure {ONE}" in desk.refused("cases", "import", given(tmp_path, "thang-3.csv")).err


def test_what_a_procedure_serves_is_said_once(desk: Desk, tmp_path: Path) -> None:
    desk.edit("documents/procedures/QT-02.md", "tthc: [2.000815]", f"tthc: [Cấp bản sao trích lục hộ tịch, {ONE}]")
    assert f"QT-01 and QT-02 are both of the administrative procedure {ONE}" in desk.refused("cases", "import", given(tmp_path, "thang-3.csv")).err
    desk.edit("documents/procedures/QT-02.md", f", {ONE}]", "]")
    named = as_csv().replace("Mã TTHC".encode(), "Tên TTHC".encode()).replace(ONE.encode(), "Chứng thực".encode()).replace(TWO.encode(), "CẤP bản sao trích lục hộ tịch".encode())
    desk.run("cases", "import", given(tmp_path, "ten.csv", named))
    assert len(list((desk.root / "attachments/cases/QT-02").iterdir())) == 1
    assert desk.run("cases", "show", "QT-02", "--format", "json").json["received"] == sum(case.tthc in (ONE, TWO) for case in CASES)
