"""How long records are kept, what may be destroyed, and what is left of it: by commands alone."""

from __future__ import annotations

import pytest

from tests.desk import Desk

VISIT = """\
type: visit
kind: record
label: {en: Visit, vi: Đoàn đến làm việc}
id: LV-{year}-{number:3}
folder: records/visits
retention: 6m
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
  held: {kind: date, required: true, default: "{today}", label: {en: Held on, vi: Ngày}}
states:
  - {id: open, label: {en: open, vi: đang mở}, to: [closed]}
  - {id: closed, label: {en: closed, vi: đã đóng}, final: true, signoff: {meaning: close, role: [qmr]}}
reopen: {to: open, role: [qmr]}
"""
REASON = "reason=Hết thời hạn lưu"


@pytest.fixture
def visited(office: Desk) -> Desk:
    """An office with two visits closed in January and one that is still open."""
    office.write(".qms/types/visit/type.yaml", VISIT)
    for title in ("Đoàn kiểm tra", "Đoàn giám sát", "Đoàn thẩm định"):
        office.run("new", "visit", "--title", title, by="minh", day="2026-01-07")
    for name in ("LV-2026-001", "LV-2026-002"):
        office.run("advance", name, "closed", by="lan", day="2026-01-20")
    office.commit("visits")
    return office


def propose(desk: Desk, subjects: str, day: str) -> str:
    """The id of a new disposal of ``subjects``, its grounds written down."""
    made = desk.run("new", "disposal", "--title", "Hủy hồ sơ", "--set", f"disposes={subjects}", "--set", REASON, by="minh", day=day)
    path = next(path for path in made.written if path.startswith("records/disposals/"))
    desk.fill_in(path)
    return path.rpartition("/")[2].removesuffix(".md")


def destroyed(desk: Desk, day: str) -> str:
    """Propose, approve and carry out the disposal of the first visit."""
    disposal = propose(desk, "LV-2026-001", day)
    desk.run("advance", disposal, "approved", by="binh", day=day)
    (desk.root / "records/visits/LV-2026-001.md").unlink()
    desk.run("advance", disposal, "done", "--set", f"done={day}", by="lan", day=day)
    desk.commit("destroyed")
    return disposal


def test_on_the_last_day_nothing_may_go_and_the_next_is_named(visited: Desk) -> None:
    said = visited.run("records", "due-for-disposal", day="2026-07-20")
    assert said.out == ""
    assert "no record may be destroyed; the next may be LV-2026-001, which is kept until 2026-07-20" in said.err


def test_the_day_after_both_may_go_and_the_command_is_said(visited: Desk) -> None:
    said = visited.run("records", "due-for-disposal", day="2026-07-21")
    lines = said.out.splitlines()
    assert [line.split()[0] for line in lines] == ["Id", "LV-2026-001", "LV-2026-002"]
    assert lines[1].endswith("6 months   2026-01-20  2026-07-20  may be destroyed")
    assert 'qmsctl new disposal --title "…" --set disposes=LV-2026-001,LV-2026-002 --set reason="…"' in said.err


def test_what_must_be_kept_is_shown_too(visited: Desk) -> None:
    said = visited.run("records", "due-for-disposal", "--all", day="2026-07-21")
    assert "LV-2026-003" in said.out
    assert said.out.splitlines()[-1].endswith("open")
    found = visited.run("records", "due-for-disposal", "--format", "json", day="2026-07-21").json
    assert [each["id"] for each in found["due"]] == ["LV-2026-001", "LV-2026-002"]
    (kept,) = found["kept"]
    assert (kept["id"], kept["closed"], kept["until"], kept["retention"]) == ("LV-2026-003", None, None, "6m")


def test_an_open_matter_holds_a_record(visited: Desk) -> None:
    visited.run("nc", "log", "Tái diễn", "--severity", "minor", "--source", "process", by="minh", day="2026-07-21")
    path = visited.path_of("NC-2026-001")
    visited.write(path, visited.read(path) + "\nXem [lần trước](../visits/LV-2026-001.md).\n")
    found = visited.run("records", "due-for-disposal", "--format", "json", day="2026-07-21").json
    assert [each["id"] for each in found["due"]] == ["LV-2026-002"]
    assert {each["id"]: each["needed_by"] for each in found["kept"]}["LV-2026-001"] == ["NC-2026-001"]
    said = visited.refused("new", "disposal", "--title", "Hủy", "--set", "disposes=LV-2026-001", "--set", REASON, day="2026-07-21")
    assert "LV-2026-001 is still needed for NC-2026-001, which is open" in said.err


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("LV-2026-001", "LV-2026-001 was closed on 2026-01-20 and is kept until 2026-07-20"),
        ("LV-2026-003", "LV-2026-003 is not closed, it is “open”"),
        ("LV-2026-009", "there is no record LV-2026-009"),
        ("QT-01", "QT-01 is a document; documents are withdrawn, not destroyed"),
    ],
)
def test_what_has_to_be_kept_cannot_be_proposed(visited: Desk, subject: str, words: str) -> None:
    said = visited.refused("new", "disposal", "--title", "Hủy", "--set", f"disposes={subject}", "--set", REASON, day="2026-07-01")
    assert words in said.err
    assert "qmsctl records due-for-disposal" in said.err


def test_what_has_to_be_kept_cannot_be_added_later(visited: Desk) -> None:
    disposal = propose(visited, "LV-2026-001", "2026-07-21")
    visited.refused("set", disposal, "disposes+=LV-2026-003", day="2026-07-21")
    said = visited.run("records", "due-for-disposal", day="2026-07-22")
    assert f"listed in {disposal}" in said.out
    assert "disposes=LV-2026-002 " in said.err


def test_only_the_approval_of_somebody_entitled_counts(visited: Desk) -> None:
    disposal = propose(visited, "LV-2026-001", "2026-07-21")
    visited.refused("advance", disposal, "approved", by="minh", day="2026-07-21")
    (visited.root / "records/visits/LV-2026-001.md").unlink()
    (found,) = [each for each in visited.diagnostics("2026-07-21") if each["rule"] == "signed-file-missing"]
    assert "LV-2026-001 was signed here, but there is no file of LV-2026-001 any more; it is kept until 2026-07-20" in found["message"]


def test_a_refused_disposal_allows_nothing(visited: Desk) -> None:
    disposal = propose(visited, "LV-2026-001", "2026-07-21")
    visited.run("advance", disposal, "refused", by="binh", day="2026-07-21")
    (visited.root / "records/visits/LV-2026-001.md").unlink()
    assert visited.errors("2026-07-22") == ["signed-file-missing"]


def test_a_destroyed_record_stays_accounted_for(visited: Desk) -> None:
    disposal = destroyed(visited, "2026-07-21")
    assert visited.errors("2026-07-22") == []
    shown = visited.run("show", "LV-2026-001", day="2026-07-22").out
    assert f"Destroyed on 2026-07-21 by {disposal}; below is what was signed last." in shown
    assert "Đoàn kiểm tra" in shown
    assert "Nguyễn Thị Lan" in shown
    found = visited.run("show", "LV-2026-001", "--format", "json", day="2026-07-22").json
    assert (found["status"], found["destroyed"]) == ("destroyed", {"on": "2026-07-21", "by": disposal})
    assert [each["meaning"] for each in found["signoffs"]] == ["close"]
    assert found["path"].startswith("signoffs/LV-2026-001/closed-")
    assert "Nguyễn Thị Lan" in visited.run("history", "LV-2026-001", day="2026-07-22").out


def test_a_destroyed_record_is_listed_as_such(visited: Desk) -> None:
    destroyed(visited, "2026-07-21")
    for word in ("destroyed", "đã tiêu hủy"):
        rows = visited.run("list", "record", "--status", word, "--format", "json", day="2026-07-22").json
        assert [(row["id"], row["status"]) for row in rows] == [("LV-2026-001", "destroyed")]
    assert visited.row("LV-2026-002", day="2026-07-22")["status"] == "closed"
    visited.refused("set", "LV-2026-001", "title=x", day="2026-07-22")
    found = visited.run("records", "due-for-disposal", "--format", "json", day="2026-07-22").json
    assert [each["id"] for each in found["due"]] == ["LV-2026-002"]


def test_before_there_is_a_destroyed_record_the_word_is_known(visited: Desk) -> None:
    assert visited.run("list", "--status", "destroyed", "--format", "json").json == []


def test_in_vietnamese(visited: Desk) -> None:
    disposal = destroyed(visited, "2026-07-21")
    visited.lang = "vi"
    said = visited.run("records", "due-for-disposal", "--all", day="2026-07-22")
    assert "có thể hủy" in said.out
    assert "6 tháng" in said.out
    assert "20/07/2026" in said.out
    shown = visited.run("show", "LV-2026-001", day="2026-07-22").out
    assert f"Đã tiêu hủy ngày 21/07/2026 theo {disposal}" in shown
    visited.refused("records", "due-for-disposal", "--format", "xml", code=2)


def test_a_record_nobody_signed_leaves_its_place_in_the_disposal(office: Desk) -> None:
    own = VISIT.replace(", signoff: {meaning: close, role: [qmr]}", "")
    office.write(".qms/types/visit/type.yaml", own)
    office.run("new", "visit", "--title", "Đoàn kiểm tra", by="minh", day="2026-01-07")
    office.run("advance", "LV-2026-001", "closed", day="2026-01-20")
    disposal = destroyed(office, "2026-09-01")
    assert office.errors("2026-09-02") == []
    said = office.refused("show", "LV-2026-001", day="2026-09-02")
    assert "LV-2026-001 was destroyed on 2026-09-01" in said.err
    assert f"qmsctl show {disposal}" in said.err


def test_on_a_pull_request_a_deleted_record_says_until_when_it_is_kept(visited: Desk) -> None:
    visited.git("checkout", "--quiet", "-b", "change")
    (visited.root / "records/visits/LV-2026-003.md").unlink()
    visited.commit("gone")
    said = visited.run("check", "--base", "main", "--format", "json", code=1, day="2026-07-22").json
    (found,) = [each for each in said["diagnostics"] if each["rule"] == "controlled-file-deleted"]
    assert "it is kept for 6 months from the day it is closed" in found["message"]


def test_a_disposal_is_approved_with_its_grounds_and_closed_by_those_who_may(visited: Desk) -> None:
    made = visited.run("new", "disposal", "--title", "Hủy", "--set", "disposes=LV-2026-001", "--set", REASON, by="minh", day="2026-07-21")
    path = next(path for path in made.written if path.startswith("records/disposals/"))
    visited.refused("advance", "HUY-2026-001", "approved", by="binh", day="2026-07-21")
    visited.fill_in(path)
    visited.run("advance", "HUY-2026-001", "approved", by="binh", day="2026-07-21")
    assert "done" in visited.refused("advance", "HUY-2026-001", "done", by="lan", day="2026-07-22").err
    visited.refused("advance", "HUY-2026-001", "done", "--set", "done=2026-07-22", by="minh", day="2026-07-22")
    visited.run("advance", "HUY-2026-001", "done", "--set", "done=2026-07-22", by="lan", day="2026-07-22")
    visited.refused("set", "HUY-2026-001", "disposes+=LV-2026-002", by="lan", day="2026-07-22")
