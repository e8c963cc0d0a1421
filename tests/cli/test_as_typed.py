"""Days, numbers and letters as they are typed: on command lines, in values, in files of cases; and what files hold."""

from collections.abc import Sequence
from pathlib import Path
from unicodedata import normalize

import pytest

from tests.desk import Desk

LANGUAGES = pytest.mark.parametrize("lang", ["vi", "en"])
DAY = {"vi": "ngày như 25/03/2026 hoặc 2026-03-25", "en": "a date such as 25/03/2026 or 2026-03-25"}
ISO_DAY = {"vi": "ngày như 2026-03-25 (năm-tháng-ngày)", "en": "a date such as 2026-03-25"}
CASES = "case,received,due,finished\n1,02/03/2026 08:00,04/03/2026,03/03/2026 09:00\n"


def in_years_first(desk: Desk) -> Desk:
    desk.edit("qms.yaml", "language: vi\n", "language: vi\ndates: iso\n")
    return desk


@LANGUAGES
@pytest.mark.parametrize("words", [
    ("--today", "25/03/2026", "list"),
    ("list", "--today", "25/03/2026"),
    ("coverage", "--from", "01/01/2026", "--to", "25/03/2026"),
    ("report", "audit", "--from", "01/01/2026", "--to", "25/03/2026", "-o", "build/a.html"),
    ("management-review", "prepare", "--from", "1/1/2025", "--to", "31/12/2025"),
    ("revise", "QT-01", "--change", "Sửa", "--effective", "01/12/2026"),
    ("upgrade", "--from", "02/06/2026"),
    ("nc", "log", "Trả chậm", "--severity", "minor", "--raised", "25/03/2026"),
    ("new", "action", "--title", "Sửa", "--set", "due=25/12/2026", "--set", "owner=hoa"),
    ("audit", "plan", "--year", "2026", "--months", "09/2026,11/2026"),
])
def test_a_day_is_typed_as_the_office_writes_it(office: Desk, lang: str, words: Sequence[str]) -> None:
    office.lang = lang
    in_order = office.copied(office.root.parent / "iso")
    said = office.run(*words)
    assert said.code == 0
    in_years_first(in_order)
    refused = in_order.refused(*words, code=2) if words[0] not in ("nc", "new") else in_order.refused(*words)
    assert ISO_DAY[lang] in refused.err or "2026-05" in refused.err


@LANGUAGES
def test_a_month_that_stands_first_is_refused_with_an_example(office: Desk, lang: str) -> None:
    office.lang = lang
    for words in (("list", "--today", "03/25/2026"), ("coverage", "--from", "03/25/2026")):
        assert DAY[lang] in office.refused(*words, code=2).err
    for given in (("--set", "due=03/25/2026"), ()):
        assert DAY[lang] in office.refused("new", "action", "--title", "Sửa", "--set", "owner=hoa", *given).err
    lot = office.refused("nc", "log", "Trả chậm", "--severity", "minor", "--set", "owner=hoa", "--set", "quantity=x").err
    assert {"vi": "số như 97,5", "en": "a number such as 97,5"}[lang] in lot


def test_files_keep_the_year_first(office: Desk) -> None:
    office.run("nc", "log", "Trả chậm", "--severity", "minor", "--raised", "25/5/2026", "--set", "owner=hoa")
    path = office.path_of("NC-2026-001")
    assert "raised: 2026-05-25\n" in office.read(path)
    office.run("set", "NC-2026-001", "raised=26/05/2026")
    assert "raised: 2026-05-26\n" in office.read(path)
    made = office.run("new", "equipment", "--title", "Cân", "--set", "kind=it", "--set", "serial=C-1", "--set", "location=Kho", "--set", "owner=hoa", "--set", "unit=mot-cua")
    subject = Path(made.written[0]).stem
    office.run("set", subject, "calibration+={date: 20/5/2026, result: pass, certificate: K-1, by: Lab, next: 20/05/2027}")
    assert "date: 2026-05-20\n" in office.read(office.path_of(subject))
    assert "next: 2027-05-20\n" in office.read(office.path_of(subject))
    office.run("set", subject, "calibration.1.date=21/05/2026")
    assert "date: 2026-05-21\n" in office.read(office.path_of(subject))
    office.run("revise", "QT-01", "--change", "Sửa", "--effective", "1/12/2026", by="minh")
    assert "effective: 2026-12-01\n" in office.read(office.path_of("QT-01"))
    assert office.errors() == []


@LANGUAGES
def test_a_day_in_a_file_is_an_error_that_is_corrected_where_the_day_comes_first(desk: Desk, lang: str) -> None:
    desk.lang = lang
    desk.edit("documents/procedures/QT-01.md", "effective: 2026-01-12", "effective: 12/01/2026")
    desk.edit("people.yaml", "email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}]", "email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 1/1/2025}]")
    found = [each for each in desk.diagnostics() if "12/01/2026" in each["message"] or "1/1/2025" in each["message"]]
    assert {each["rule"] for each in found} == {"field-invalid", "configuration-invalid"}
    for each in found:
        assert ISO_DAY[lang] in each["message"]
    assert [each["mend"]["steps"][0]["new"] for each in sorted(found, key=lambda each: str(each["path"]))] == ["2026-01-12", "2025-01-01"]
    in_years_first(desk)
    assert not [each for each in desk.diagnostics() if each["rule"] == "field-invalid" and each["mend"]["steps"][0]["kind"] == "edit"]


@LANGUAGES
def test_cases_come_in_as_the_office_writes_days(desk: Desk, tmp_path: Path, lang: str) -> None:
    desk.lang, desk.today = lang, "2026-04-01"
    file = tmp_path / "thang-3.csv"
    file.write_text(CASES, encoding="utf-8")
    other = desk.copied(tmp_path / "iso")
    desk.run("cases", "import", "QT-01", "03/2026", file)
    assert "2026-03-02 08:00" in desk.read("attachments/cases/QT-01/2026-03.csv")
    desk.run("cases", "show", "QT-01", "--from", "01/03/2026", "--to", "3/2026")
    in_years_first(other)
    assert "thang-3.csv:2: “received”: " in other.refused("cases", "import", "QT-01", "2026-03", file).err
    assert "2026-10" in other.refused("cases", "import", "QT-01", "03/2026", file, code=2).err


def test_letters_taken_apart_are_put_together(office: Desk) -> None:
    title = "Trả hồ sơ quá hẹn"
    office.run("nc", "log", normalize("NFD", title), "--severity", "minor", "--set", normalize("NFD", "description=Ghi nhận ở quầy."), f"--set=owner={normalize('NFD', 'hoa')}")
    text = office.read(office.path_of("NC-2026-001"))
    assert title in text
    assert "Ghi nhận ở quầy." in text
    assert text == normalize("NFC", text)


def test_the_name_of_a_file_that_is_there_stays_as_it_is(office: Desk, tmp_path: Path) -> None:
    paper = tmp_path / normalize("NFD", "ảnh chụp.png")
    paper.write_bytes(b"\x89PNG\r\n\x1a\n")
    office.run("nc", "log", "Trả chậm", "--severity", "minor")
    office.run("attach", "NC-2026-001", paper)
    assert "image-not-here" not in office.errors()
