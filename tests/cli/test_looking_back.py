"""Looking back: what was in force on a day, who signed it and when, what changed, who has read it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.test_commands import QT, log
from tests.cli.test_terminal import COLOUR, RAW, in_terminal
from tests.desk import Desk, approve, without_git

SHEET = "attachments/acknowledgements/phieu.pdf"


@pytest.fixture
def revised(office: Desk) -> Desk:
    """QT-01: revision 1 in force from 12 January, revision 2 from 2 March, revision 3 a draft; each step in a commit."""
    desk = replace(office, today="2026-02-23")
    log(replace(desk, today="2026-02-10"))
    desk.run("revise", "QT-01", "--change", "Rút ngắn bước ký", "--effective", "2026-03-02", "--answers", "NC-2026-001", by="minh")
    desk.edit(QT, "time: 4h", "time: 2h")
    desk.edit(QT, "Trả bản sao trích lục hộ tịch đúng hẹn.", "Trả bản sao trích lục hộ tịch đúng giờ hẹn.")
    approve(desk, "QT-01", "2026-02-25")
    desk.commit("QT-01 revision 2")
    desk = replace(desk, today="2026-06-01")
    desk.run("revise", "QT-01", "--change", "Thêm bước", by="minh")
    return desk


def vietnamese(desk: Desk) -> Desk:
    return replace(desk, lang="vi")


# -- what was in force -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("2026-01-11", "No revision is in force on 2026-01-11."),
        ("2026-01-12", "In force on 2026-01-12: revision 1, since 2026-01-12."),
        ("2026-03-01", "In force on 2026-03-01: revision 1, since 2026-01-12."),
        ("2026-03-02", "In force on 2026-03-02: revision 2, since 2026-03-02."),
    ],
)
def test_which_revision_was_in_force_is_the_first_thing_one_sees(revised: Desk, day: str, answer: str) -> None:
    assert revised.run("show", "QT-01", "--today", day).out.splitlines()[1].strip() == answer
    assert revised.run("show", "QT-01", day=day).out == revised.run("show", "QT-01", "--today", day).out


def test_the_same_in_vietnamese(revised: Desk) -> None:
    said = vietnamese(revised).run("show", "QT-01", "--today", "2026-02-28").out.splitlines()
    assert said[1].strip() == "Ngày 28/02/2026: lần ban hành 1 có hiệu lực, từ 12/01/2026."


def test_a_draft_never_hides_what_is_in_force(revised: Desk) -> None:
    row = revised.row("QT-01")
    assert (row["revision"], row["status"], row["draft"]) == (2, "effective", 3)
    assert "in force (revision 3: draft)" in revised.run("list").out
    (folder,) = [each for each in revised.dossiers("QT-01") if "/2-" in each]
    assert revised.run("show", "QT-01", "--revision", "2", "--text").out == revised.read(f"{folder}/QT-01.md")
    assert revised.run("show", "QT-01", "--text").out == revised.read(f"{folder}/QT-01.md")
    assert "2 hours" in revised.run("report", "audit", "--with-documents").out
    assert "Thêm bước" not in revised.run("report", "register").out


def test_a_list_of_a_past_day(revised: Desk) -> None:
    def row(day: str) -> tuple[object, ...]:
        found = next(each for each in revised.run("list", "--today", day, "--format", "json").json if each["id"] == "QT-01")
        return found["revision"], found["status"], found["draft"]

    assert row("2026-01-13") == (1, "effective", None)
    assert row("2026-02-24") == (1, "effective", None)
    assert row("2026-06-01") == (2, "effective", 3)
    assert "QT-01" not in [each["id"] for each in revised.run("list", "--today", "2026-01-01", "--format", "json").json]


def test_a_withdrawn_document_on_the_days_before_and_after(office: Desk) -> None:
    office.run("withdraw", "QT-01", "-m", "Không dùng nữa", by="binh", day="2026-04-01")
    assert "revision 1, since" in office.run("show", "QT-01", "--today", "2026-03-31").out
    assert "No revision is in force on 2026-04-01." in office.run("show", "QT-01", "--today", "2026-04-01").out
    assert office.row("QT-01", day="2026-03-31")["status"] == "effective"
    assert office.row("QT-01", day="2026-04-01")["status"] == "withdrawn"


def test_a_person_is_told_how_to_see_records_as_they_were(revised: Desk) -> None:
    seen = in_terminal(revised, "list", "--today", "2026-03-15")
    commit = revised.git("rev-list", "-1", "--before=2026-03-15T23:59:59+07:00", "HEAD").strip()
    told = "".join(COLOUR.sub("", seen).split())
    assert "records and drafts stand as they are now".replace(" ", "") in told
    assert f"qmsctl -C {revised.root} list --today 2026-03-15 --at {commit[:12]}".replace(" ", "") in told, "a long path is broken where the line ends"
    assert not revised.run("list", "--today", "2026-03-15").err, "a script is told nothing"
    assert "stand as they are now" not in in_terminal(revised, "list", "--today", "2026-03-15", "--at", "HEAD")


@pytest.mark.parametrize("command", [("show", "QT-01"), ("list",), ("history", "QT-01"), ("diff", "QT-01")])
def test_a_day_that_is_none(revised: Desk, command: tuple[str, ...]) -> None:
    assert "--today is “32/8/2025”" in revised.refused(*command, "--today", "32/8/2025", code=2).err


# -- history -----------------------------------------------------------------------------------------


def test_history_of_a_document(revised: Desk) -> None:
    said = revised.run("history", "QT-01").out
    assert said.index("Revision 3: draft") < said.index("Revision 2: in force") < said.index("Revision 1: superseded")
    assert "In force: 2026-01-12 to 2026-03-01" in said
    assert "Reason of this revision: Rút ngắn bước ký" in said
    assert ": NC-2026-001" in said
    assert "2026-02-25" in said
    assert "approved: Trần Thị Bình, Chủ tịch (declared, not signed)" in said
    commit = revised.git("rev-parse", "HEAD").strip()
    assert f"commit {commit[:10]} of 2026-02-23 23:30, by" in said


def test_history_tells_of_rounds_that_came_to_nothing(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh")
    desk.run("return", "QT-01", "-m", "Thiếu bước trả kết quả", by="lan")
    desk.edit(QT, "time: 4h", "time: 3h")
    desk.run("submit", "QT-01", by="minh")
    desk.edit(QT, "time: 3h", "time: 2h")
    approve(desk, "QT-01", "2026-01-07")
    said = desk.run("history", "QT-01", "--today", "2026-02-01").out
    assert [line for line in said.splitlines() if line.startswith("Revision")] == [
        "Revision 1: in force", "Revision 1: submitted, but the text went on", "Revision 1: returned",
    ]
    assert "Thiếu bước trả kết quả" in said
    assert "not in a commit yet" in said


def test_history_for_scripts(revised: Desk) -> None:
    found = revised.run("history", "QT-01", "--format", "json").json
    assert (found["in_force"], found["draft"], found["status"]) == (2, 3, "effective")
    one, two = found["revisions"]
    assert (one["status"], one["from"], one["to"]) == ("superseded", "2026-01-12", "2026-03-01")
    assert (two["revision"], two["change"], two["answers"], two["to"]) == (2, "Rút ngắn bước ký", ["NC-2026-001"], None)
    assert [each["meaning"] for each in two["signoffs"]] == ["author", "review", "approve"]
    assert {each["commit"]["id"] for each in two["signoffs"]} == {revised.git("rev-parse", "HEAD").strip()}
    assert {each["commit"]["id"] for each in one["signoffs"]} != {each["commit"]["id"] for each in two["signoffs"]}


def test_history_of_a_record_with_its_reopening(office: Desk) -> None:
    log(office)
    office.write("records/nonconformities/NC-2026-001.md", re.sub(r"\*\(.*?\)\*", "x", office.read("records/nonconformities/NC-2026-001.md"), flags=re.DOTALL))
    office.run("advance", "NC-2026-001", "rejected", "--set", "reason=Nhầm", by="binh")
    office.run("reopen", "NC-2026-001", "--reason", "Xem lại", by="lan")
    said = office.run("history", "NC-2026-001").out
    assert "Status: reported" in said
    assert re.search(r"not accepted: Trần Thị Bình.*\n(.*\n)*.*reopened: Nguyễn Thị Lan", said)
    assert "Xem lại" in said
    (state,) = office.run("history", "NC-2026-001", "--format", "json").json["states"]
    assert [each["meaning"] for each in state["signoffs"]] == ["close", "reopen"]


def test_history_without_git_and_of_a_commit(revised: Desk, tmp_path: Path) -> None:
    bare = without_git(revised, tmp_path / "zip")
    said = bare.run("history", "QT-01")
    assert "commit" not in said.out
    first = revised.git("rev-list", "HEAD").split()[-2]
    assert "Revision 2" not in revised.run("history", "QT-01", "--at", first).out
    assert "Revision 1: in force" in revised.run("history", "QT-01", "--at", first).out


@pytest.mark.parametrize(("words", "code", "part"), [
    (("history", "QT-99"), 3, "there is no document or record “QT-99”"),
    (("history", "QT-01", "--format", "xml"), 2, "one of text, json"),
    (("diff", "QT-01", "--format", "xml"), 2, "one of text, json"),
    (("diff", "QT-01", "1-2"), 2, "is no pair of revisions"),
    (("diff", "QT-01", "1..7"), 3, "it has: 1, 2"),
    (("diff", "NC-2026-001"), 3, "is a record"),
    (("report", "redline"), 2, 'such as QT-07 2..3: qmsctl report redline "…" "…"'),
    (("report", "redline", "QT-01", "1..2", "3"), 2, "is of one document"),
    (("report", "redline", "QT-01", "1-2"), 2, "is no pair of revisions"),
    (("report", "redline", "QT-01", "1..7"), 3, "no revision 7"),
    (("report", "audit", "QT-01"), 2, "takes no more words: QT-01"),
    (("report", "changes", "QT-01", "1..2"), 2, "takes no more words"),
])
def test_what_is_wrong_is_said(revised: Desk, words: tuple[str, ...], code: int, part: str) -> None:
    said = revised.refused(*words, code=code)
    assert part in said.err
    assert vietnamese(revised).refused(*words, code=code).err != said.err


def test_columns(revised: Desk) -> None:
    for width in ("80", "120"):
        for words in (("history", "QT-01"), ("show", "QT-01")):
            seen = COLOUR.sub("", in_terminal(revised, *words, COLUMNS=width)).replace("\r", "")
            assert max(map(len, seen.split("\n"))) <= int(width), words


# -- diff --------------------------------------------------------------------------------------------


def test_diff_by_words(revised: Desk) -> None:
    said = revised.run("diff", "QT-01").out
    assert "from revision 1 (superseded) to revision 2 (in force)" in said
    assert "Reason: Rút ngắn bước ký" in said
    assert "Trả bản sao trích lục hộ tịch đúng {+giờ +}hẹn." in said
    assert "B2  Time: [-4 hours-]{+2 hours+}" in said
    assert "Phạm vi" not in said
    assert said == revised.run("diff", "QT-01", "1..2").out == revised.run("diff", "QT-01", "..2").out
    assert "Thời gian: [-4 giờ-]{+2 giờ+}" in vietnamese(revised).run("diff", "QT-01").out


def test_diff_with_the_working_text(revised: Desk) -> None:
    assert "Difference: none" in revised.run("diff", "QT-01", "2..2").out
    revised.edit(QT, "Áp dụng cho Bộ phận Hộ tịch.", "Áp dụng cho Bộ phận Hộ tịch và Một cửa.")
    said = revised.run("diff", "QT-01", "2..draft").out
    assert "to revision 3 (draft)" in said
    assert "Bộ phận Hộ tịch{+ và Một cửa+}." in said
    assert said == revised.run("diff", "QT-01", "2..").out


def test_diff_has_colours_on_a_terminal_and_marks_elsewhere(revised: Desk) -> None:
    seen = in_terminal(revised, "diff", "QT-01")
    assert "\x1b[32;4mgiờ \x1b[0m" in seen
    assert "\x1b[31;9m4 hours\x1b[0m" in seen
    assert "{+" not in seen
    plain = in_terminal(revised, "diff", "QT-01", NO_COLOR="1")
    assert "{+giờ +}" in plain
    assert not COLOUR.search(plain)


def test_diff_for_scripts(revised: Desk) -> None:
    found = revised.run("diff", "QT-01", "--format", "json").json
    assert (found["old"]["revision"], found["new"]["revision"]) == (1, 2)
    assert {"field": "effective", "old": "2026-01-12", "new": "2026-03-02"} in found["fields"]
    (words,) = [part["words"] for part in found["parts"] if "words" in part]
    assert "".join(text for kind, text in words if kind != "inserted") == "Trả bản sao trích lục hộ tịch đúng hẹn."
    assert ["inserted", "giờ "] in words
    (block,) = [part for part in found["parts"] if "block" in part]
    assert {"field": "time", "old": "4h", "new": "2h"} in block["rows"][0]["cells"]


@pytest.mark.parametrize("raw", RAW)
def test_hostile_text_never_steers_a_terminal(office: Desk, raw: str) -> None:
    office.run("revise", "QT-01", "--change", "x", by="minh")
    office.edit(QT, "Áp dụng cho Bộ phận Hộ tịch.", f"Áp dụng {raw} cho [bold]Bộ phận[/bold].")
    for words in (("diff", "QT-01", "1.."), ("diff", "QT-01", "1..", "--format", "json"), ("report", "redline", "QT-01", "1..")):
        said = office.run(*words, code=None)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", said.out.replace("\r\n", "\n")), words


def test_redline_names_its_file_after_the_document(revised: Desk, tmp_path: Path) -> None:
    target = tmp_path / "so-sanh.html"
    assert vietnamese(revised).run("report", "redline", "QT-01", "1..2", "-o", target).out.strip() == str(target)
    page = target.read_text(encoding="utf-8")
    assert "so sánh lần ban hành 1 và lần ban hành 2" in page
    assert "<ins>giờ </ins>" in page
    assert "<del>4 giờ</del>" in page
    assert revised.run("report", "changes", "--from", "2026-01-01").out.count("qmsctl report redline QT-01 1..2") == 1


# -- read and understood -----------------------------------------------------------------------------


@pytest.fixture
def to_read(revised: Desk, tmp_path: Path) -> Desk:
    """QT-01 is for two units, and the office wants it read within ten working days; a sheet lies beside the office."""
    revised.edit(QT, "owner: unit-head", "owner: unit-head\ndistribution: [ho-tich, mot-cua]")
    revised.edit("qms.yaml", "units: [", "units: [{id: kho, name: Kho lưu trữ}, ")
    revised.edit("qms.yaml", "review_every: {default: 60m}", "review_every: {default: 60m}\nacknowledge_within: {procedure: 10d}")
    approve(revised, "QT-01", "2026-06-01")
    (tmp_path / "phieu.pdf").write_bytes(b"%PDF-1.7 signed by all")
    return revised


def test_a_unit_signs_with_its_sheet(to_read: Desk, tmp_path: Path) -> None:
    assert "Read by: 1 of 3; missing: Phạm Thị Hoa, Vũ Anh Tuấn" in to_read.run("show", "QT-01").out
    to_read.run("acknowledge", "QT-01", by="tuan", day="2026-06-02")
    said = to_read.run("acknowledge", "QT-01", "--unit", "ho-tich", "--list", tmp_path / "phieu.pdf", by="lan", day="2026-06-03")
    (path,) = [each for each in said.written if "acknowledge." in each]
    text = to_read.read(path)
    assert "by: minh" in text, "who has signed already is left out"
    assert "entered_by: lan" in text
    assert f"file: {SHEET}" in text
    assert (to_read.root / SHEET).read_bytes() == b"%PDF-1.7 signed by all"
    to_read.run("acknowledge", "QT-01", "--unit", "Trung tâm Phục vụ hành chính công", "--list", to_read.root / SHEET, day="2026-06-03")
    assert "Read by: all 3" in to_read.run("show", "QT-01", day="2026-06-03").out
    assert to_read.run("show", "QT-01", "--format", "json", day="2026-06-03").json["unread"] == []
    assert "evidenced in writing" in to_read.run("show", "QT-01", day="2026-06-03").out


def test_several_of_a_unit_sign_at_once(to_read: Desk, tmp_path: Path) -> None:
    said = to_read.run("acknowledge", "QT-01", "--unit", "ho-tich", "--list", tmp_path / "phieu.pdf", by="hoa")
    (path,) = [each for each in said.written if "acknowledge." in each]
    assert "by: [minh, tuan]" in to_read.read(path)
    assert to_read.errors() == []


def test_what_acknowledge_refuses(to_read: Desk, tmp_path: Path) -> None:
    sheet = tmp_path / "phieu.pdf"
    assert 'add --list "…" to the command' in to_read.refused("acknowledge", "QT-01", "--unit", "ho-tich", code=2).err
    assert "give one of them" in to_read.refused("acknowledge", "QT-01", "--unit", "ho-tich", "--by", "tuan", "--list", sheet, code=2).err
    assert "give one of them" in to_read.refused("acknowledge", "QT-01", "--list", sheet, "--basis-file", sheet, code=2).err
    assert "did you mean: qmsctl acknowledge QT-01 --unit ho-tich" in to_read.refused("acknowledge", "QT-01", "--unit", "ho-tic", "--list", sheet, code=2).err
    to_read.run("acknowledge", "QT-01", "--unit", "ho-tich", "--list", sheet, by="lan")
    assert "everybody named has acknowledged" in to_read.refused("acknowledge", "QT-01", "--unit", "ho-tich", "--list", sheet).err
    assert "nobody in people.yaml belongs to the unit" in to_read.refused("acknowledge", "QT-01", "--unit", "kho", "--list", sheet).err


def test_who_has_not_read_it_is_named_in_time(to_read: Desk) -> None:
    assert to_read.check(day="2026-06-15")[1]["acknowledgement-missing"] == 0
    found = [each for each in to_read.diagnostics(day="2026-06-16") if each["rule"] == "acknowledgement-missing"]
    assert [each["hint"] for each in found] == [
        'keep the sheet they signed: qmsctl acknowledge QT-01 --unit mot-cua --list "…"',
        'keep the sheet they signed: qmsctl acknowledge QT-01 --unit ho-tich --list "…"',
    ]
    assert {each["severity"] for each in found} == {"warning"}


# -- copies, reviews, numbers given up ---------------------------------------------------------------


def test_a_paper_copy_is_given_out_and_taken_back(revised: Desk) -> None:
    revised.run("new", "distribution", "--title", "QT-01 cho Hộ tịch", "--set", "document=QT-01", "--set", "revision=2", "--set", "unit=ho-tich",
                "--set", "copies=3,4", "--set", "received_by=tuan", by="hoa", day="2026-03-03")
    assert "Paper copies: 3, 4 with Bộ phận Hộ tịch, revision 2 (PP-2026-001)" in revised.run("show", "QT-01").out
    assert revised.check()[1]["copy-not-retrieved"] == 0
    approve(revised, "QT-01", "2026-06-01")
    (found,) = [each for each in revised.diagnostics() if each["rule"] == "copy-not-retrieved"]
    assert "Bộ phận Hộ tịch" in found["message"]
    revised.run(*found["hint"].partition("qmsctl ")[2].split(), by="hoa")
    assert revised.check()[1]["copy-not-retrieved"] == 0
    assert "Paper copies" not in revised.run("show", "QT-01").out


def test_copies_go_to_somebody(revised: Desk) -> None:
    said = revised.refused("new", "distribution", "--title", "x", "--set", "document=QT-01", "--set", "revision=2", "--set", "copies=1", "--set", "received_by=tuan")
    assert "unit" in said.err


def review(desk: Desk, verdict: str, day: str) -> str:
    said = desk.run("new", "periodic-review", "--title", "Soát xét", "--set", "document=QT-01", "--set", f"verdict={verdict}", by="lan", day=day)
    (path,) = said.written
    desk.fill_in(path)
    subject = Path(path).stem
    desk.run("advance", subject, "done", by="lan", day=day)
    return subject


def test_a_review_that_keeps_moves_the_next_one_on(office: Desk) -> None:
    assert office.check(day="2031-01-06")[1]["review-overdue"] == 0
    assert office.check(day="2031-01-07")[1]["review-overdue"] == 1
    review(office, "keep", "2026-12-01")
    assert office.check(day="2031-12-01")[1]["review-overdue"] == 0
    assert office.check(day="2031-12-02")[1]["review-overdue"] == 1


def test_a_verdict_is_carried_out_or_named(office: Desk) -> None:
    review(office, "withdraw", "2026-06-01")
    assert office.check(day="2026-08-30")[1]["review-verdict-unfulfilled"] == 0
    (found,) = [each for each in office.diagnostics(day="2026-08-31") if each["rule"] == "review-verdict-unfulfilled"]
    assert found["hint"].startswith("qmsctl withdraw QT-01 --comment")
    office.run("withdraw", "QT-01", "--comment", "Theo kết luận soát xét", by="binh", day="2026-09-01")
    assert office.check(day="2026-09-02")[1]["review-verdict-unfulfilled"] == 0


def test_a_number_given_up_is_not_given_again(office: Desk) -> None:
    (path,) = office.run("new", "procedure", "--title", "Việc bỏ dở", by="minh").written
    office.commit("QT-02 begun")
    given = ("new", "tombstone", "--set", "id=QT-02", "--title", "Việc bỏ dở", "--set", "reason=Gộp vào QT-01")
    assert f"git rm {path}" in office.refused(*given).err
    (office.root / path).unlink()
    assert office.run(*given).written == ["records/tombstones/QT-02.md"]
    assert office.run("new", "procedure", "--title", "Việc khác").written == ["documents/procedures/QT-03.md"]
    office.refused("new", "tombstone", "--set", "id=QT-01", "--title", "x", "--set", "reason=x")
    assert office.errors() == []
