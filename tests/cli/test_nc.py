"""``qmsctl nc``: logged from options, files and findings, whys, and what came back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import Desk

NC = "NC-2026-001"
SLIPS = """\
- title: Phiếu hẹn ghi sai ngày trả
  description: |
    Ba phiếu ngày 01/06/2026 ghi ngày trả sau thời hạn.

    Một cửa phát hiện khi trả kết quả.
  severity: major
  requirement: [QT-01, 8.2.3]
  unit: mot-cua
- {title: "Mất sổ: theo dõi", raised: 2026-05-30, evidence: Kho tầng 2, affected: "HS-01,HS-02"}
"""


def test_options_fill_fields_and_sections(office: Desk) -> None:
    said = office.run("nc", "log", "Phiếu hẹn sai", "--description", "Ba phiếu.", "--evidence", "HS-01", "--raised", "2026-05-29",
                      "--unit", "mot-cua", "--severity", "major", "--source", "complaint", "--requirement", "QT-01,8.2.3")
    text = office.read(said.written[0])
    for part in ("raised: 2026-05-29", "unit: mot-cua", "severity: major", "source: complaint", "requirement: [QT-01, 8.2.3]",
                 "## 1. Mô tả\n\nBa phiếu.\n\n## 2. Bằng chứng\n\nHS-01\n\n## 3."):
        assert part in text
    assert said.err.splitlines()[-1] == f"next: qmsctl advance {NC} confirmed"
    assert office.check()[0] == 0


def test_a_choice_that_nobody_made_is_said(office: Desk) -> None:
    said = office.run("nc", "log", "Phiếu hẹn sai", "--severity", "major").err
    assert f'assumed, because nothing was said: About: process, Source: process; if it is otherwise: qmsctl set {NC} about="…" source="…"' in said
    assert "assumed" not in office.run("new", "nonconformity", "--title", "Trễ hẹn", *(f"--set={each}" for each in ("about=process", "source=process", "severity=minor"))).err
    assert "assumed" not in office.run("new", "procedure", "--title", "Quản lý trang thiết bị").err


def test_what_was_said_of_a_record_is_told_by_a_command(office: Desk) -> None:
    assert office.run("nc", "log", "Phiếu hẹn sai").err.splitlines()[-1] == (
        f'next: qmsctl set {NC} description="…", then: qmsctl advance {NC} confirmed --set requirement="…" (a form: fill in …)'
    )
    said = office.run("new", "action", "--title", "Sửa", "--set", "due=2026-07-01").err.splitlines()[-1]
    assert said == 'next: qmsctl set CA-2026-001 description="…", then: qmsctl advance CA-2026-001 in-progress (a form: fill in …)'


def test_what_shows_it_is_told_by_a_command_and_the_plan_asks_for_an_action(office: Desk) -> None:
    office.run("nc", "log", "Phiếu hẹn sai", "--description", "Ba phiếu.", "--requirement", "QT-01")
    assert "## 2. Bằng chứng\n\nHS-01\n" in office.read(office.run("set", NC, "seen=HS-01").written[0])
    office.sit("hoa")
    office.run("advance", NC, "confirmed")
    office.run("advance", NC, "contained", "--set", "correction=Đã đổi")
    said = office.run("advance", NC, "analysed", "--set", "cause=Mẫu cũ", "--set", "cause_category=procedure", "--set", "cause_method=direct").err
    assert f"of={NC}, then: qmsctl advance {NC} planned" in said.splitlines()[-1]
    assert said.splitlines()[-1].startswith('next: qmsctl new action --title "…"')


def test_what_is_lacking_besides_comes_before_the_next_state(office: Desk) -> None:
    said = office.run("new", "supplier", "--title", "Giấy Bãi Bằng", "--set", "scope=Giấy in").err.splitlines()[-1]
    row = '"evaluation+={date: 2026-06-01, criteria: …, result: …, by: …, next: 2027-06-01}"'
    assert said == f'next: qmsctl set NCC-001 {row}, then: qmsctl advance NCC-001 approved --set requirements="…" --set acceptance="…" (a form: fill in …)'


def test_a_script_is_told_what_is_missing(office: Desk) -> None:
    said = office.refused("nc", "log", "--severity", "minor", code=2)
    assert "no description was given" in said.err
    assert "--from-file" in said.err
    office.lang = "vi"
    assert "chưa nêu việc gì không phù hợp" in office.refused("nc", "log", code=2).err


@pytest.mark.parametrize("ending", ["yaml", "yml", "json"])
def test_a_file_with_several(office: Desk, tmp_path: Path, ending: str) -> None:
    slips = tmp_path / f"slips.{ending}"
    both = [
        {"title": "Phiếu hẹn ghi sai ngày trả", "description": "Ba phiếu.\n\nMột cửa.", "severity": "major", "requirement": ["QT-01", "8.2.3"], "unit": "mot-cua"},
        {"title": "Mất sổ: theo dõi", "raised": "2026-05-30", "evidence": "Kho tầng 2", "affected": "HS-01,HS-02", "effective": False, "cause": None},
    ]
    slips.write_text(json.dumps(both, indent="\t") if ending == "json" else SLIPS, encoding="utf-8")
    dry = office.run("nc", "log", "--from-file", slips, "--dry-run")
    assert dry.out.count("+++ b/") == 2
    said = office.run("nc", "log", "--from-file", slips, "--set", "owner=hoa", "--commit")
    assert said.written == ["records/nonconformities/NC-2026-001.md", "records/nonconformities/NC-2026-002.md"]
    first, second = map(office.read, said.written)
    assert "requirement: [QT-01, 8.2.3]" in first
    assert "\n\nMột cửa" in first
    assert "owner: hoa" in first
    assert 'title: "Mất sổ: theo dõi"' in second
    assert "affected: [HS-01, HS-02]" in second
    assert "raised: 2026-05-30" in second
    assert "## 2. Bằng chứng\n\nKho tầng 2\n" in second
    assert ("effective: no" in second) == (ending == "json")
    assert office.git("status", "--short") == ""
    assert office.check()[0] == 0


def test_a_slip_in_markdown(office: Desk, tmp_path: Path) -> None:
    slip = tmp_path / "slip.md"
    slip.write_bytes("---\ntitle: Thiếu niêm yết\nunit: mot-cua\n---\r\nThiếu hai thủ tục.\r\n\r\nTừ tháng 5.\r\n".encode())
    text = office.read(office.run("nc", "log", "--from-file", slip).written[0])
    assert "## 1. Mô tả\n\nThiếu hai thủ tục.\n\nTừ tháng 5.\n\n## 2. Bằng chứng" in text
    slip.write_text("---\ntype: nonconformity\ntitle: Thiếu niêm yết\n---\n\n## Mô tả\n\nThiếu.\n\n## Ghi thêm\n\nx\n", encoding="utf-8")
    text = office.read(office.run("nc", "log", "--from-file", slip).written[0])
    assert text.endswith("---\n\n# Thiếu niêm yết\n\n## Mô tả\n\nThiếu.\n\n## Ghi thêm\n\nx\n")
    assert office.check()[0] == 0


@pytest.mark.parametrize(
    ("name", "content", "code", "part"),
    [
        ("a.yaml", "title: [", 2, "a.yaml, line"),
        ("a.yaml", "", 2, "a.yaml has to hold keys with values"),
        ("a.yaml", "- x\n- y\n", 2, "has to hold keys with values"),
        ("a.yaml", "title: &a x\ndescription: *a\n", 2, "a.yaml, line 1"),
        ("a.yaml", "title: x\ntitle: y\n", 2, "line 2"),
        ("a.yaml", "- {title: x}\n- {severity: minor}\n", 2, "record 2 in a.yaml has no title"),
        ("a.yaml", "title: x\nstatus: closed\n", 2, "“status” is not set by hand"),
        ("a.yaml", "title: x\ntype: action\n", 2, "“type” is not set by hand"),
        ("a.yaml", "title: x\ntitel: y\n", 3, "titel"),
        ("a.yaml", "title: x\nseverity: huge\n", 3, "huge"),
        ("a.yaml", "- {title: x}\n- {title: y, unit: nowhere}\n", 3, "nowhere"),
        ("a.yaml", "title: x\ndescription: |\n  ## Mô tả\n", 3, "the text has a heading"),
        ("a.yaml", 'title: "a\\u202eb"\n', 2, "a.yaml, line 1"),
        ("a.json", '{"title": "x"', 2, "a.json, line 1: this is no JSON"),
        ("a.json", '{"title": "x", "title": "y"}', 2, "“title” is given twice"),
        ("a.json", '{"title": "\\ud800"}', 3, "U+D800"),
        ("a.json", '{"a":' * 100000, 2, "this is no JSON"),
        ("a.json", '{"title": NaN}', 2, "this is no JSON: NaN"),
        ("a.json", "7", 2, "has to hold keys with values"),
        ("a.md", "title: x\n", 2, "does not begin with front matter"),
        ("a.md", "---\n- x\n---\n", 2, "a.md, line 2"),
        ("a.yaml", b"\xff\xfet\x00", 2, "UTF-16"),
        ("a.yaml", "x" * 2_000_000, 2, "larger than"),
    ],
)
def test_a_file_that_does_not_do_changes_nothing(office: Desk, tmp_path: Path, name: str, content: str | bytes, code: int, part: str) -> None:
    slip = tmp_path / name
    slip.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert part in office.refused("nc", "log", "--from-file", slip, code=code).err


def test_what_the_command_line_says_comes_first(office: Desk, tmp_path: Path) -> None:
    slip = tmp_path / "a.yaml"
    slip.write_text("title: Cũ\nseverity: minor\n", encoding="utf-8")
    text = office.read(office.run("nc", "log", "Mới", "--from-file", slip, "--severity", "major").written[0])
    assert "title: Mới" in text
    assert "severity: major" in text


FINDING = """\
---
id: PH-2026-001
type: finding
title: Sổ theo dõi thiếu giờ trả kết quả
status: open
unit: mot-cua
owner: hoa
audit: DG-2026-01
kind: {kind}
raised: 2026-05-20
requirement: [QT-01, 8.2.3]
seen: "Sổ tháng 4: 6 trong 40 dòng không ghi giờ"
---

## Nội dung phát hiện

Không theo dõi được thời gian trả kết quả.

- ba hồ sơ của tháng 4
"""
AUDIT = """\
---
id: DG-2026-01
type: audit
title: Đánh giá một cửa
status: planned
owner: lan
kind: external
date: 2026-05-20
scope: Một cửa
criteria: [8.2.3]
---

## Kế hoạch đánh giá

Một ngày.
"""


def with_finding(office: Desk, kind: str = "major") -> Desk:
    office.write("records/audits/DG-2026-01.md", AUDIT)
    office.write("records/findings/PH-2026-001.md", FINDING.format(kind=kind))
    return office


def test_from_a_finding(office: Desk) -> None:
    with_finding(office)
    assert office.check()[1]["finding-without-nonconformity"] == 1
    said = office.run("nc", "log", "--from-finding", "PH-2026-001", by="lan")
    text = office.read(said.written[0])
    for part in (
        "title: Sổ theo dõi thiếu giờ trả kết quả", "of: [PH-2026-001]", "source: external-audit", "severity: major", "unit: mot-cua",
        "requirement: [QT-01, 8.2.3]", "owner: hoa", "raised_by: lan",
        "## 1. Mô tả\n\nKhông theo dõi được thời gian trả kết quả.\n\n- ba hồ sơ của tháng 4\n\n## 2. Bằng chứng\n\nSổ tháng 4: 6 trong 40 dòng không ghi giờ\n",
    ):
        assert part in text
    assert office.check()[1]["finding-without-nonconformity"] == 0
    assert f"Named in: {NC}" in office.run("show", "PH-2026-001").out
    again = office.refused("nc", "log", "--from-finding", "PH-2026-001")
    assert f"PH-2026-001 has been logged already: {NC}" in again.err


@pytest.mark.parametrize(("kind", "status", "part"), [
    ("observation", "open", "PH-2026-001 is no nonconformity: observation"),
    ("major", "cancelled", "the auditor has taken PH-2026-001 back"),
])
def test_a_finding_that_is_none(office: Desk, kind: str, status: str, part: str) -> None:
    with_finding(office, kind).edit("records/findings/PH-2026-001.md", "status: open", f"status: {status}")
    assert part in office.refused("nc", "log", "--from-finding", "PH-2026-001").err


def test_a_finding_that_is_not_there(office: Desk, tmp_path: Path) -> None:
    assert "QT-01 is no finding of an audit" in office.refused("nc", "log", "--from-finding", "QT-01").err
    office.run("nc", "log", "x")
    assert f"{NC} is no finding" in office.refused("nc", "log", "--from-finding", NC).err
    assert "PH-2026-009" in office.refused("nc", "log", "--from-finding", "PH-2026-009").err
    office.refused("nc", "log", "--from-finding", "PH-2026-009", "--from-file", tmp_path / "a.yaml", code=2)


def test_whys_one_after_another(office: Desk) -> None:
    path = office.run("nc", "log", "Ba hồ sơ trả quá hẹn", by="minh").written[0]
    said = office.run("nc", "why", NC, "--because", "Cán bộ nghỉ", "--because", "Phần mềm: không báo", "--category", "con nguoi")
    assert said.err.splitlines() == [f"{NC}: root cause found by 2 whys", f'next: qmsctl advance {NC} confirmed --set requirement="…" --set description="…" (a form: fill in …)']
    office.run("nc", "why", NC, "--because", "Chưa mua", "--commit")
    text = office.read(path)
    assert "cause_category: people\ncause_method: 5-whys\ncause: Chưa mua\n" in text.replace('"', "")
    assert text.endswith("""## 3. Năm câu hỏi vì sao

```whys
- no: 1
  because: Cán bộ nghỉ
- no: 2
  because: "Phần mềm: không báo"
- no: 3
  because: Chưa mua
```
""")
    assert office.check()[0] == 0
    assert "Chưa mua" in office.git("show", "HEAD")


def test_whys_beside_what_is_written_already(office: Desk) -> None:
    path = office.run("nc", "log", "Ba hồ sơ trả quá hẹn", by="minh").written[0]
    office.write(path, office.read(path).replace("## 3. Năm câu hỏi vì sao\n", "## 3. Năm câu hỏi vì sao\n\nXem biên bản họp.\n") + "\n## 4. Ghi thêm\n\nx\n")
    office.run("nc", "why", NC, "--because", "Cán bộ nghỉ")
    assert "Xem biên bản họp.\n\n```whys\n- no: 1\n  because: Cán bộ nghỉ\n```\n\n## 4. Ghi thêm\n\nx\n" in office.read(path)


def test_whys_are_refused_in_words(office: Desk) -> None:
    office.run("nc", "log", "Ba hồ sơ trả quá hẹn", by="minh")
    assert '--because "…"' in office.refused("nc", "why", NC, code=2).err
    office.refused("nc", "why", NC, "--because", "a\u202eb")
    assert "QT-01 is a document" in office.refused("nc", "why", "QT-01", "--because", "x").err
    office.run("new", "action", "--title", "x", "--set", "due=2026-07-01")
    assert "Action has no table of whys" in office.refused("nc", "why", "CA-2026-001", "--because", "x").err
    office.refused("nc", "why", NC, "--because", "x", "--category", "weather")
    office.run("advance", NC, "cancelled", "--set", "reason=x", by="lan")
    assert "is closed" in office.refused("nc", "why", NC, "--because", "x").err


def test_what_came_back(office: Desk) -> None:
    office.run("nc", "log", "Ba hồ sơ trả quá hẹn", "--unit", "ho-tich", "--requirement", "QT-01", "--raised", "2026-02-01", by="minh")
    office.run("nc", "log", "Thiếu chữ ký", "--unit", "lanh-dao", "--raised", "2026-03-01")
    said = office.run("nc", "log", "Một hồ sơ trả quá hẹn", "--unit", "ho-tich", "--requirement", "QT-01")
    assert f"NC-2026-003 repeats {NC} (same unit: " in said.err
    assert ", same document: QT-01)" in said.err
    assert [row["id"] for row in office.run("nc", "list", "--repeats", "--format", "json").json] == ["NC-2026-003"]
    (row,) = office.run("nc", "list", "--repeats", "--format", "json").json
    assert row["repeats"] == [{"id": NC, "same": [{"field": "unit", "value": "ho-tich"}, {"field": "document", "value": "QT-01"}]}]
    assert office.run("nc", "list", "--repeats", "--format", "csv").out.splitlines()[1].endswith(f",{NC}")
    table = office.run("nc", "list", "--repeats").out
    assert "NC-2026-003" in table
    assert "NC-2026-002" not in table
    assert f"Repeats: {NC} (same unit" in office.run("show", "NC-2026-003").out
    assert "Came back in: NC-2026-003 (same unit" in office.run("show", NC).out
    assert office.run("show", NC, "--format", "json").json["repeated_by"][0]["id"] == "NC-2026-003"
    office.refused("nc", "list", "--repeats", "--format", "xml", code=2)
    office.lang = "vi"
    assert f"Lặp lại: {NC} (cùng đơn vị" in office.run("show", "NC-2026-003").out


@pytest.mark.parametrize(("standard", "lang", "words"), [
    ("iso9001-2008", "en", "preventive action"), ("iso9001-2008", "vi", "hành động phòng ngừa"),
    ("iso9001-2015", "en", "risk action"), ("iso9001-2015", "vi", "hành động giải quyết rủi ro"),
])
def test_a_preventive_action_by_the_words_of_the_edition(office: Desk, standard: str, lang: str, words: str, tmp_path: Path) -> None:
    office.edit("qms.yaml", "standards: [iso9001-2008]", f"standards: [{standard}]")
    office.run("new", "action", "--title", "Nhân rộng", "--set", "kind=preventive", "--set", "due=2026-07-01")
    office.lang = lang
    assert words in office.run("show", "CA-2026-001").out
    office.run("report", "audit", "-o", tmp_path / "a.html")
    assert words in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "kind: preventive" in office.read("records/actions/CA-2026-001.md")


def test_each_step_says_the_next(office: Desk) -> None:
    office.run("nc", "log", "Phiếu hẹn sai", "--description", "Ba phiếu.", "--requirement", "QT-01", "--unit", "mot-cua")
    said = office.refused("set", NC, "raised=")
    assert "a date such as 25/03/2026 or 2026-03-25" in said.err
    path = f"records/nonconformities/{NC}.md"
    assert office.run("check", path, code=None).out.splitlines()[-1].endswith("in 1 file(s)")
    assert f"next: qmsctl advance {NC} contained --set correction=" in office.run("advance", NC, "confirmed", by="hoa").err.splitlines()[-1]
    said = office.refused("set", NC, "contain=yes")
    assert f"qmsctl advance {NC} contained" in said.err
    assert "it is a field of Action; leave it out here" in office.refused("set", NC, "effect_due=2026-12-01").err


def test_a_right_in_no_commit_is_told_of_without_a_server(office: Desk) -> None:
    office.edit("people.yaml", "{role: unit-head, from: 2025-01-01}, {role: clerk,", "{role: director, from: 2025-01-01}, {role: clerk,")
    office.run("revise", "QT-01", "--change", "Rõ hơn", "--commit", by="minh")
    office.run("submit", "QT-01", "--commit")
    said = office.run("approve", "QT-01", by="hoa", code=None)
    assert "a check of that change refuses it: commit the change of the configuration on its own" in said.err


def test_the_way_of_an_audit_is_told_by_commands_that_hold(office: Desk) -> None:
    office.sit("lan")
    made = office.run("audit", "plan", "--year", "2026", "--months", "2026-07").written[0]
    programme = made.rpartition("/")[2].removesuffix(".md")
    office.sit("binh")
    office.run("advance", programme, "approved")
    opened = office.run("audit", "open", programme, "--unit", "mot-cua", "--date", "2026-07-01", "--lead", "lan").err.splitlines()[-1]
    assert opened.startswith('next: qmsctl set DG-2026-01 plan="…", then: ')
    review = office.run("new", "management-review", "--title", "Họp", "--set", "date=2026-07-01", "--set", "period_from=2026-01-01", "--set", "period_until=2026-05-31", "--set", "chair=binh")
    assert review.err.splitlines()[-1] == "next: qmsctl management-review prepare XXLD-2026-01, then: qmsctl advance XXLD-2026-01 inputs-ready"


def test_what_rests_where_it_is_has_no_next_step(office: Desk) -> None:
    office.sit("lan")
    office.run("new", "knowledge", "--title", "Bàn giao", "--set", "kept=Kho", "--set", "content=Sổ")
    assert "next:" not in office.run("advance", "TT-001", "current").err


def test_an_adoption_is_proposed_with_its_paper(office: Desk, tmp_path: Path) -> None:
    (tmp_path / "qd.pdf").write_bytes(b"%PDF-1.4 x")
    office.run("new", "procedure", "--title", "Một")
    said = office.run("adopt", "QT-02", "--basis", "12/QD", "--basis-date", "2026-05-20", "--basis-file", tmp_path / "qd.pdf", code=None).err
    assert 'qmsctl adopt QT-02 --basis 12/QD --basis-date 2026-05-20 --basis-file "…"' in said


def test_in_a_row_a_choice_may_be_given_by_its_words(office: Desk) -> None:
    office.run("new", "training", "--title", "Tập huấn", "--set", "due=2026-07-01", "--set", "need=plan", "--set", "method=class")
    office.run("set", "DT-2026-001", "participants+={person: hoa, attended: có, result: đạt}")
    assert "attended: yes\n  result: passed" in office.read("records/trainings/DT-2026-001.md")
