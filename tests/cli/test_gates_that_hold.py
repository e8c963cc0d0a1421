"""Days, rows and words that would hide something: refused by the command, found by the rule, in new offices and in own types."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_types import laid_down, offices
from tests.desk import Desk

pytestmark = pytest.mark.process

__all__ = ["offices"]

SCALE = """\
type: scale
kind: record
label: {en: Scale, vi: Cân}
id: CAN-{number:3}
folder: records/scales
retention: 5y
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tên}}
  owner: {kind: person, default: "{me}", label: {en: Owner, vi: Phụ trách}}
  bought: {kind: date, when: past, label: {en: Bought, vi: Ngày mua}}
blocks:
  checks:
    label: {en: Checks, vi: Kiểm tra}
    columns:
      on: {kind: date, when: past, label: {en: Day, vi: Ngày}}
      result: {kind: one-of, values: [good, bad], label: {en: Result, vi: Kết quả}}
      remark: {kind: text, label: {en: Remark, vi: Nhận xét}}
states:
  - {id: idle, label: {en: idle, vi: nghỉ}, to: [used]}
  - id: used
    label: {en: used, vi: đang dùng}
    to: [idle]
    gates: [{last_row: {block: checks, one_of: {result: [good]}, otherwise: idle}}, {rows: {block: checks, columns: [remark]}}]
"""


@pytest.fixture(params=["agency/iso9001-2008/vi", "company/iso9001-2015/en"])
def desk(request: pytest.FixtureRequest, offices: Path, tmp_path: Path) -> Desk:
    """A new office of each profile."""
    found = Desk(laid_down(offices, request.param), "2026-06-01").copied(tmp_path / "office")
    found.sit("minh")
    return found


def made(desk: Desk, *words: str) -> str:
    path = desk.run("new", *words).written[0]
    desk.fill_in(path)
    return Path(path).stem


def measuring(desk: Desk) -> str:
    sets = ("serial=C1", "kind=measuring", "location=x", "cycle=12m", "range=0–5 kg")
    name = made(desk, "equipment", "--title", "Cân", *(word for each in sets for word in ("--set", each)))
    desk.run("advance", name, "in-service", "--set", "calibration+={date: 2026-01-05, result: pass, certificate: K1, next: 2027-01-05}")
    desk.commit()
    return name


def found(desk: Desk, rule: str) -> list[str]:
    """What a check against the commit before says of a rule: its severities."""
    said = desk.run("check", "--base", "HEAD", "--format", "json", code=None).json["diagnostics"]
    return [each["severity"] for each in said if each["rule"] == rule]


FAIL = "calibration+={date: 2026-05-05, result: fail}"


def test_a_failed_calibration_and_out_of_service_go_in_one_act(desk: Desk) -> None:
    name = measuring(desk)
    said = desk.refused("set", name, FAIL)
    assert "[state-without-gate]" in said.err
    assert f'qmsctl advance {name} out-of-service --set "{FAIL}"' in said.err
    desk.run("advance", name, "out-of-service", "--set", FAIL)
    assert not desk.errors()
    late = "calibration+={date: 2026-05-02, result: pass, certificate: K2, next: 2027-05-02}"
    assert "result: fail" in desk.refused("advance", name, "in-service", "--set", late, "--set", "calibration.2.reassessment=không đo gì từ đó").err
    todo = desk.run("todo", "--all", "--format", "json").json
    assert any("2026-06-05" in str(each) and name in str(each) for each in todo), todo


def test_a_failed_calibration_written_by_hand_above_a_pass(desk: Desk) -> None:
    name = measuring(desk)
    path = desk.path_of(name)
    row = "- date: 2026-01-05"
    assert row in desk.read(path), desk.read(path)
    desk.edit(path, row, f"- {{date: 2026-05-05, result: fail, reassessment: đã đo lại}}\n{row}")
    assert found(desk, "state-without-gate") == ["error"]


def test_a_rejected_supplier_is_not_hidden_by_an_evaluation_that_comes_late(desk: Desk) -> None:
    name = made(desk, "supplier", "--title", "A", "--set", "scope=giấy")
    row = "evaluation+={{date: {}, criteria: giá, result: {}, by: lan, next: {}}}"
    desk.run("set", name, "requirements=đúng hạn", "acceptance=đếm khi nhận", row.format("2026-01-05", "accepted", "2027-01-05"))
    desk.run("advance", name, "approved", by="lan")
    desk.commit()
    said = desk.refused("set", name, row.format("2026-05-05", "rejected", "2027-05-05"))
    assert f"qmsctl advance {name} suspended" in said.err
    assert "[day-impossible]" in desk.refused("set", name, row.format("2026-05-05", "accepted", "2027-05-06")).err
    desk.run("set", name, row.format("2026-05-05", "accepted", "2027-05-05"))
    assert not desk.errors()


def test_days_that_have_not_come_are_refused_by_the_real_clock(desk: Desk) -> None:
    name = made(desk, "action", "--title", "Mua máy", "--set", "due=2026-05-30")
    for day in ("2026-05-30", "2027-12-29"):
        said = desk.refused("advance", name, "done", "--set", "done=2031-01-01", "--set", "result=đã mua", day=day)
        assert "[day-impossible]" in said.err
    desk.run("advance", name, "done", "--set", "done=2026-05-30", "--set", "result=đã mua")
    minutes = made(desk, "minutes", "--title", "Họp", "--set", "chair=binh")
    assert "[day-impossible]" in desk.refused("set", minutes, "date=2031-01-01").err


def test_an_own_type_holds_its_days_and_rows(desk: Desk) -> None:
    desk.write(".qms/types/scale/type.yaml", SCALE)
    desk.write(".qms/types/scale/new.vi.md.j2", "")
    desk.write(".qms/types/scale/new.en.md.j2", "")
    desk.write("records/scales/CAN-001.md", "---\nid: CAN-001\ntype: scale\ntitle: Cân\nstatus: idle\nowner: minh\n---\n\n```checks\n- {on: 2026-05-05, result: bad, remark: lệch}\n```\n")
    desk.commit()
    assert "[day-impossible]" in desk.refused("set", "CAN-001", "bought=2031-01-01").err
    late = "checks+={on: 2026-05-02, result: good, remark: đúng}"
    assert "result: bad" in desk.refused("advance", "CAN-001", "used", "--set", late).err
    assert "[state-without-gate]" in desk.refused("advance", "CAN-001", "used", "--set", "checks+={result: good, remark: đúng}").err
    assert "[text-without-words]" in desk.refused("advance", "CAN-001", "used", "--set", "checks+={on: 2026-05-06, result: good, remark: .}").err
    desk.run("advance", "CAN-001", "used", "--set", "checks+={on: 2026-05-06, result: good, remark: đúng}")
    assert not desk.errors()


def test_what_was_measured_before_a_failure_is_named_record_by_record(desk: Desk) -> None:
    name = measuring(desk)
    step = made(desk, "instruction", "--title", "Cách đo")
    used = made(desk, "validation", "--title", "Đo", "--set", f"processes={step}", "--set", "criteria=a b", "--set", "method=a b", "--set", "due=2026-02-10")
    desk.run("set", used, f"equipment={name}")
    text = desk.read(desk.path_of(used))
    desk.write(desk.path_of(used), text.replace("status: planned", "status: planned\ndone: 2026-02-10"))
    desk.commit()
    desk.run("advance", name, "out-of-service", "--set", FAIL)
    assert found(desk, "measured-before-failure") == ["warning"]
    assert "[measured-before-failure]" in desk.refused("set", name, "calibration.2.reassessment=không sao").err
    desk.run("set", name, f"calibration.2.reassessment={used} đo lại cho cùng kết quả")
    assert found(desk, "measured-before-failure") == []


def test_an_empty_file_is_no_evidence(desk: Desk, tmp_path: Path) -> None:
    name = made(desk, "action", "--title", "Mua máy", "--set", "due=2026-05-30")
    for data in (b"", b" \r\n" * 40):
        (tmp_path / "scan.txt").write_bytes(data)
        assert "[evidence-empty]" in desk.refused("attach", name, tmp_path / "scan.txt").err
    (tmp_path / "scan.txt").write_bytes(b"hoa don 12\n")
    desk.run("attach", name, tmp_path / "scan.txt")
    assert not desk.errors()


def test_a_reason_is_words(desk: Desk) -> None:
    name = made(desk, "action", "--title", "Mua máy", "--set", "due=2026-05-30")
    for reason in (".", "-", "( )"):
        assert "[text-without-words]" in desk.refused("advance", name, "cancelled", "--set", f"reason={reason}", by="lan").err
    desk.edit(desk.path_of(name), "title: Mua máy", "title: '[…]'")
    assert found(desk, "text-without-words") == ["error"]


def test_many_acknowledgements_entered_by_one_need_their_sheet(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "sheet.pdf").write_bytes(b"%PDF-1.4 list\n")
    path = desk.run("new", "instruction", "--title", "Hướng dẫn").written[0]
    desk.fill_in(path)
    name = Path(path).stem
    desk.run("submit", name)
    for person in ("lan", "hoa", "binh"):
        desk.run("review", name, by=person, code=None)
        desk.run("approve", name, by=person, code=None)
    assert "in force" in desk.run("show", name).out
    assert "[entered-without-evidence]" in desk.refused("acknowledge", name, "--by", "hoa,tuan", by="minh").err
    desk.run("acknowledge", name, "--by", "hoa")
    assert "[entered-without-evidence]" in desk.refused("acknowledge", name, "--by", "tuan").err
    sheet = ("--basis-file", str(tmp_path / "sheet.pdf"), "--basis-date", "2026-05-30")
    desk.run("acknowledge", name, "--by", "tuan,lan", *sheet)
    desk.run("acknowledge", name, "--by", "binh", day="2026-06-02")


def test_an_instrument_that_failed_does_not_stay_by_being_called_something_else(desk: Desk) -> None:
    name = measuring(desk)
    assert "[state-without-gate]" in desk.refused("set", name, "kind=it", FAIL).err
    desk.run("set", name, "kind=it")
    assert not desk.errors()
