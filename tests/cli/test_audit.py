"""``qmsctl audit``: from the programme of a year to a nonconformity that answers a finding, by commands alone."""

from __future__ import annotations

import re

import pytest

from tests.desk import Desk

PROGRAMME, AUDIT, LIST, FINDING = "CTDG-2026-01", "DG-2026-01", "PGC-2026-001", "PH-2026-001"


def register(office: Desk, person: str, name: str) -> None:
    """An entry in the register of auditors, approved."""
    made = office.run("new", "auditor", "--title", name, "--set", f"person={person}").written[0]
    subject = made.rpartition("/")[2].removesuffix(".md")
    office.run("set", subject, "qualifications+={training: Đánh giá viên nội bộ, date: 2025-05-20}")
    office.run("advance", subject, "current", by="binh")


@pytest.fixture
def planned(office: Desk) -> Desk:
    """An office with an approved programme."""
    office.run("audit", "plan", "--year", "2026", by="minh")
    office.run("advance", PROGRAMME, "approved", by="binh")
    return office


@pytest.fixture
def opened(planned: Desk) -> Desk:
    """And with an audit of the civil status unit, whose plan is written."""
    register(planned, "lan", "Nguyễn Thị Lan")
    planned.run("audit", "open", PROGRAMME, "--unit", "ho-tich", "--date", "2026-06-10", "--lead", "lan", by="lan")
    planned.fill_in(f"records/audits/{AUDIT}.md")
    return planned


def test_the_chain_from_programme_to_nonconformity(office: Desk) -> None:
    said = office.run("audit", "plan", "--year", "2026", "--commit", by="minh")
    assert said.written == [f"records/audit-programmes/{PROGRAMME}.md"]
    assert f"qmsctl advance {PROGRAMME} approved" in said.err
    assert office.check()[0] == 0
    office.run("advance", PROGRAMME, "approved", by="binh")

    register(office, "lan", "Nguyễn Thị Lan")
    said = office.run("audit", "open", PROGRAMME, "--unit", "ho-tich", "--date", "2026-06-10", "--lead", "lan", by="lan")
    assert said.written == [f"records/audits/{AUDIT}.md", f"records/audit-programmes/{PROGRAMME}.md"]
    row = re.search(r"- unit: ho-tich\n(?:  .*\n)*", office.read(said.written[1]))
    assert row
    assert f"audit: {AUDIT}" in row[0]
    clauses = re.search(r"clauses: (\[.*\])", row[0])
    assert clauses
    assert f"criteria: {clauses[1]}" in office.read(said.written[0])
    office.fill_in(f"records/audits/{AUDIT}.md")
    office.run("advance", AUDIT, "notified", by="lan")

    said = office.run("audit", "checklist", AUDIT, by="lan")
    text = office.read(said.written[0])
    assert "owner: lan" in text
    assert "documents: [QT-01]" in text
    assert re.search(r"- requirement: QT-01\n  step: B2\n  question: .*Ký trích lục.*có làm đúng như vậy không\?", text)
    number = text[: text.index("requirement: QT-01")].count("- requirement:") + 1

    said = office.run("audit", "finding", AUDIT, "Ba trên năm hồ sơ không có phiếu tiếp nhận.", "--kind", "minor",
                      "--line", f"{LIST}:{number}", "--evidence", "HS-01 đến HS-05: ba hồ sơ thiếu", by="lan")
    assert said.written == [f"records/findings/{FINDING}.md", f"records/audit-checklists/{LIST}.md"]
    found = office.read(said.written[0])
    for part in (f"audit: {AUDIT}", "kind: minor", "requirement: [QT-01]", "seen: ", "owner: tuan", "unit: ho-tich", "## 1. Nội dung phát hiện\n\nBa trên năm"):
        assert part in found
    assert f'evidence: "HS-01 đến HS-05: ba hồ sơ thiếu"\n  result: not\n  finding: {FINDING}' in office.read(said.written[1])
    assert f"next: qmsctl nc log --from-finding {FINDING}" in said.err
    office.run("nc", "log", "--from-finding", FINDING, "--no-input")
    assert "finding-without-nonconformity" not in office.check()[1]

    office.write(f"records/audit-checklists/{LIST}.md", re.sub(r"evidence:\n  result:\n", "evidence: đã xem\n  result: conform\n", office.read(f"records/audit-checklists/{LIST}.md")))
    office.run("advance", LIST, "filled", "--set", "date=2026-06-01", by="lan")
    office.run("advance", AUDIT, "performed", "--set", "performed=2026-06-01")
    office.run("advance", AUDIT, "reported", "--set", "conclusion=Phù hợp, trừ một điểm nhẹ", by="lan")
    late = office.refused("audit", "finding", AUDIT, "Quên nêu", "--kind", "ofi", "--clause", "7.5.1", "--evidence", "một hồ sơ")
    assert "the report on its findings is signed" in late.err
    assert office.errors() == []
    page = office.run("report", "audit-results", AUDIT, "-o", "-").out
    for part in (FINDING, LIST, "Phù hợp, trừ một điểm nhẹ", "Nguyễn Thị Lan", "NC-2026-001"):
        assert part in page


def test_a_dry_run_shows_the_programme_and_writes_nothing(office: Desk) -> None:
    before = office.tree()
    said = office.run("audit", "plan", "--year", "2027", "--months", "2027-10,2027-05", "--dry-run")
    assert office.tree() == before
    assert "+  month: 2027-05" in said.out
    assert "+  month: 2027-10" in said.out
    assert "nothing was written" in said.err


def test_a_programme_bears_the_year_it_is_for(office: Desk) -> None:
    assert office.run("audit", "plan", "--year", "2027", by="minh").written == ["records/audit-programmes/CTDG-2027-01.md"]


def test_a_programme_passes_its_gates_as_it_is_proposed(planned: Desk) -> None:
    text = planned.read(f"records/audit-programmes/{PROGRAMME}.md")
    assert "status: approved" in text
    assert "Chương trình đánh giá nội bộ năm 2026" in text, "in the language of the office, whoever asked"
    assert "chưa từng được đánh giá" in text


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["plan", "--year", "2025"], 2, "the year 2025 has passed"),
        (["plan", "--year", "2027", "--months", "5"], 2, "months of the year such as 2027-05"),
        (["plan", "--year", "2027", "--months", "2026-05"], 2, "--months has “2026-05”"),
        (["plan", "--year", "2026"], 3, f"there is a programme for 2026 already: {PROGRAMME}"),
        (["open", PROGRAMME, "--unit", "kho", "--date", "2026-06-10"], 3, "use one of"),
        (["open", PROGRAMME, "--unit", "mot-cua", "--date", "hôm nay"], 3, "a date such as"),
        (["open", "QT-01", "--unit", "mot-cua", "--date", "2026-06-10"], 3, "QT-01"),
        (["open", AUDIT, "--unit", "mot-cua", "--date", "2026-06-10"], 3, f"{AUDIT} is no audit programme"),
        (["open", PROGRAMME, "--unit", "ho-tich", "--date", "2026-06-10"], 3, f"is open already: {AUDIT}"),
        (["checklist", PROGRAMME], 3, f"{PROGRAMME} is no audit"),
        (["checklist", "DG-2026-09"], 3, "DG-2026-09"),
        (["finding", AUDIT, "Thiếu", "--kind", "grave", "--clause", "7.5.1", "--evidence", "một"], 3, "one of major (major nonconformity), "),
        (["finding", AUDIT, "Thiếu", "--kind", "minor", "--evidence", "một"], 2, "measured against"),
        (["finding", AUDIT, "Thiếu", "--kind", "minor", "--clause", "7.5.1"], 2, "what was seen is not said"),
        (["finding", AUDIT, "Thiếu", "--kind", "minor", "--clause", "77.1", "--evidence", "một"], 3, "77.1"),
        (["finding", AUDIT, "Thiếu", "--kind", "minor", "--line", "ba"], 2, "such as PGC-2026-001:3"),
        (["finding", AUDIT, "Thiếu", "--kind", "minor", "--line", f"{AUDIT}:1"], 3, f"is no checklist of {AUDIT}"),
        (["finding", AUDIT, "Thiếu", "--kind", "minor", "--line", f"{LIST}:999"], 3, "has no line 999"),
    ],
)
def test_what_makes_no_sense_changes_nothing(opened: Desk, words: list[str], code: int, says: str) -> None:
    opened.run("audit", "checklist", AUDIT, by="lan")
    assert says in opened.refused("audit", *words, code=code).err


def test_a_draft_is_approved_before_audits_are_opened(office: Desk) -> None:
    office.run("audit", "plan", "--year", "2026", by="minh")
    said = office.refused("audit", "open", PROGRAMME, "--unit", "ho-tich", "--date", "2026-06-10")
    assert f"qmsctl advance {PROGRAMME} approved" in said.err
    assert "git rm" in office.refused("audit", "plan", "--year", "2026").err


def test_one_checklist_for_an_auditor_and_one_for_another(opened: Desk) -> None:
    opened.run("audit", "checklist", AUDIT, by="lan")
    assert 'add --by "…" to the command' in opened.refused("audit", "checklist", AUDIT, by="lan").err
    said = opened.run("audit", "checklist", AUDIT, "--by", "hung")
    assert "owner: hung" in opened.read(said.written[0])


def test_an_auditor_of_the_own_work_is_refused(opened: Desk) -> None:
    said = opened.refused("audit", "checklist", AUDIT, "--by", "minh")
    assert "Đỗ Văn Minh audits QT-01 and does its steps B1" in said.err
    assert "auditor-not-independent" in said.err
    opened.run("set", AUDIT, "processes=QT-01")
    said = opened.refused("set", AUDIT, "lead=tuan")
    assert "Vũ Anh Tuấn audits QT-01 and holds the role that is responsible for it: Trưởng đơn vị" in said.err


def test_the_own_unit_takes_a_reason_and_is_a_warning(opened: Desk) -> None:
    opened.run("set", AUDIT, "units=[ho-tich, lanh-dao]", by="lan")
    assert "belongs to the unit" in opened.refused("advance", AUDIT, "notified", by="lan").err
    opened.run("set", AUDIT, "own_unit_reason=Chỉ có một đánh giá viên đã qua đào tạo")
    opened.run("advance", AUDIT, "notified", by="lan")
    assert opened.check()[1]["auditor-of-own-unit"] == 1
    assert "Chỉ có một đánh giá viên" in opened.run("report", "audit-results", AUDIT, "-o", "-").out


def test_who_answers_has_to_be_said_where_nobody_can_tell(opened: Desk) -> None:
    opened.run("set", AUDIT, "units=[ho-tich, mot-cua]", by="lan")
    words = ("audit", "finding", AUDIT, "Thiếu", "--kind", "điểm lưu ý", "--clause", "7.5.1", "--evidence", "một hồ sơ")
    assert 'add --owner "…"' in opened.refused(*words, code=2).err
    said = opened.run(*words, "--unit", "mot-cua")
    assert "owner: hoa" in opened.read(said.written[0])
    assert f'qmsctl advance {FINDING} answered --set answer="…"' in said.err


def test_a_long_statement_gets_a_short_title(opened: Desk) -> None:
    long = "Phiếu tiếp nhận của " + "các hồ sơ trong tháng năm " * 8 + "không ghi giờ hẹn."
    said = opened.run("audit", "finding", AUDIT, long, "--kind", "strength", "--clause", "QT-01", "--evidence", "xem", "--owner", "tuan")
    text = opened.read(said.written[0])
    title = re.search(r"^title: (.*)$", text, re.MULTILINE)
    assert title
    assert len(title[1]) < 130
    assert title[1].endswith("…")
    assert long in text
    assert f"qmsctl advance {FINDING} closed" in said.err


def test_the_same_in_vietnamese(opened: Desk) -> None:
    opened.lang = "vi"
    assert "cho từng dòng: qmsctl audit answer" in opened.run("audit", "checklist", AUDIT, by="lan").err
    said = opened.run("audit", "finding", AUDIT, "Thiếu phiếu", "--kind", "major", "--line", f"{LIST}:1", "--evidence", "hai hồ sơ")
    assert f"tiếp theo: qmsctl nc log --from-finding {FINDING}" in said.err
    assert "chưa nêu bằng chứng đã thấy" in opened.refused("audit", "finding", AUDIT, "Thiếu", "--kind", "minor", "--line", f"{LIST}:2", code=2).err
    assert "đã nêu phát hiện" in opened.refused("audit", "finding", AUDIT, "Thiếu", "--kind", "minor", "--line", f"{LIST}:1", "--evidence", "x").err
