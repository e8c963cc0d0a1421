"""What the commands that only read say to people: names, words and days, never keys and ids alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_commands import NC, QT, complete, log
from tests.cli.test_terminal import COLOUR, in_terminal
from tests.desk import Desk, approve, procedure

EXAMPLE = Path(__file__).parent.parent.parent / "example-repo"


def revised(office: Desk, change: str = "Rút ngắn") -> Desk:
    """QT-01 is in force, its revision 2 in review by minh."""
    office.run("revise", "QT-01", "--change", change, by="minh")
    office.edit(QT, "time: 4h", "time: 2h")
    office.run("submit", "QT-01", by="minh")
    return office


# -- show -------------------------------------------------------------------------------------------


def test_a_revision_stands_as_it_stands(office: Desk) -> None:
    revised(office)
    assert "Status: in review" in office.run("show", "QT-01", "--revision", "2").out
    office.run("return", "QT-01", "-m", "Chưa rõ", by="lan")
    assert "Status: returned" in office.run("show", "QT-01", "--revision", "2").out
    office.edit(QT, "time: 2h", "time: 3h")
    approve(office, "QT-01", "2026-06-02")
    assert "Status: superseded" in office.run("show", "QT-01", "--revision", "1", day="2026-06-02").out
    assert "Status: in force" in office.run("show", "QT-01", "--revision", "2", day="2026-06-02").out
    office.run("withdraw", "QT-01", "-m", "Không dùng nữa", by="binh", day="2026-06-03")
    status = [office.run("show", "QT-01", "--revision", n, "--format", "json", day="2026-06-03").json["status"] for n in (1, 2)]
    assert status == ["superseded", "withdrawn"]


def test_show_tells_of_the_draft_beside(office: Desk) -> None:
    revised(office)
    office.run("review", "QT-01", "-m", "Được", by="lan")
    in_force, _line, draft = office.run("show", "QT-01").out.partition("Draft under way: revision 2, in review\n")
    assert "Status: in force" in in_force
    assert "Still to sign: approval by Chủ tịch or Phó Chủ tịch (Trần Thị Bình, Lê Quốc Hùng)" in draft
    assert "Rút ngắn" in draft
    assert "reviewed: Nguyễn Thị Lan, Đại diện lãnh đạo (declared, not signed)" in draft
    assert "Được" in draft
    assert office.run("show", "QT-01", "--format", "json").json["draft_status"] == "in-review"


def test_show_of_a_first_submission_says_who_has_to_sign(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh")
    shown = desk.run("show", "QT-01").out
    assert "Still to sign: review by Đại diện lãnh đạo (Nguyễn Thị Lan)" in shown
    assert "drafted: Đỗ Văn Minh" in shown


def test_values_are_words(office: Desk) -> None:
    log(office, "--set", "unit=mot-cua", "--set", "owner=minh")
    shown = replaced(office).run("show", "NC-2026-001").out
    for line in ("Mức độ: nhẹ", "Nguồn phát hiện: quá trình thực hiện", "Đơn vị: Trung tâm Phục vụ hành chính công",
                 "Người phụ trách: Đỗ Văn Minh", "Ngày phát hiện: 01/06/2026"):
        assert line in shown


def replaced(desk: Desk) -> Desk:
    """The same desk with somebody who reads Vietnamese."""
    return Desk(desk.root, desk.today, desk.me, "vi")


def test_a_rejected_record_is_not_called_closed(office: Desk) -> None:
    log(office)
    office.write(NC, re.sub(r"\*\(.*?\)\*", "x", office.read(NC), flags=re.DOTALL))
    office.run("advance", "NC-2026-001", "rejected", "--set", "reason=Nhầm", by="binh")
    shown = replaced(office).run("show", "NC-2026-001").out
    assert "không chấp nhận: Trần Thị Bình" in shown
    assert "đóng" not in shown


def test_the_basis_of_a_sign_off_is_shown(desk: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "qd-12.pdf"
    scan.write_bytes(b"%PDF-1.7")
    desk.run("submit", "QT-01", by="minh")
    desk.run("review", "QT-01", by="lan")
    desk.run("approve", "QT-01", "--basis", "12/QĐ-UBND", "--basis-date", "2026-01-06", "--basis-file", scan, by="binh")
    assert "basis: No. 12/QĐ-UBND of 2026-01-06, attachments/decisions/qd-12.pdf" in desk.run("show", "QT-01").out


# -- list -------------------------------------------------------------------------------------------


def test_list_tells_of_the_draft_beside(office: Desk) -> None:
    revised(office)
    assert "in force (revision 2: in review)" in office.run("list").out
    assert "có hiệu lực (lần ban hành 2: " in replaced(office).run("list").out
    row = office.row("QT-01")
    assert (row["status"], row["draft"], row["draft_status"]) == ("effective", 2, "in-review")


@pytest.mark.parametrize("word", ["in-review", "in review", "In Review", "đang xem xét", "effective", "có hiệu lực"])
def test_status_by_key_or_by_word(office: Desk, word: str) -> None:
    revised(office)
    assert [row["id"] for row in office.run("list", "--status", word, "--format", "json").json] == ["QT-01"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--status", "efective"), "did you mean: qmsctl list --status effective"),
        (("--status", "xyz"), "in-review"),
        (("--unit", "xyz"), "ho-tich (Bộ phận Hộ tịch), lanh-dao (Lãnh đạo), mot-cua (Trung tâm Phục vụ hành chính công)"),
        (("--owner", "mihn"), "did you mean: qmsctl list --owner minh"),
        (("record", "--status", "xyz"), "reported"),
    ],
)
def test_what_list_does_not_know(office: Desk, words: tuple[str, ...], hint: str) -> None:
    log(office)
    said = office.run("list", *words, code=2)
    assert hint in said.err
    assert not said.out


def test_list_by_names(office: Desk) -> None:
    log(office, "--set", "unit=mot-cua")
    for words in (("--owner", "Đỗ Văn Minh"), ("--unit", "Trung tâm Phục vụ hành chính công"), ("record", "--status", "đã ghi nhận")):
        assert [row["id"] for row in office.run("list", *words, "--format", "json").json] == ["NC-2026-001"], words


def test_documents_come_first_and_the_manual_before_them() -> None:
    types = [row["type"] for row in Desk(EXAMPLE, "2026-11-20").run("list", "--format", "json").json]
    seen = list(dict.fromkeys(types))
    assert seen[:5] == ["manual", "policy", "objectives-plan", "process", "procedure"]
    assert seen[seen.index("external-document") + 1] == "action", "records come after the last documents"


# -- types, explain ---------------------------------------------------------------------------------


def test_types_fit_and_one_is_shown_whole(office: Desk) -> None:
    lines = replaced(office).run("types").out.splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[0].split("  ")[0] == "Loại"
    assert lines[0].count("Loại") == 1
    page = office.run("types", "nonconformity").out
    assert "verifying (verifying) → closed, planned" in page
    assert "Folder: records/nonconformities" in page
    assert "did you mean: qmsctl types procedure" in office.run("types", "procedur", code=2).err


@pytest.mark.parametrize("rule", ["approved-by-author", "approved-text-changed", "file-unreadable", "special-file", "signed-file-missing"])
def test_explain_has_no_fences(office: Desk, rule: str) -> None:
    page = office.run("explain", rule).out
    assert "``" not in page


def test_explain_says_who_signed(office: Desk) -> None:
    page = replaced(office).run("explain", "approved-by-author").out
    assert "  documents/policy/CSCL.md:\n      ---\n      id: CSCL" in page
    assert "phê duyệt: binh (director), 06/01/2026 08:00" in page


# -- completion -------------------------------------------------------------------------------------


def test_a_record_goes_on_from_where_it_is(office: Desk) -> None:
    log(office)
    assert complete(office.root, "advance", "NC-2026-001", "") == ["cancelled", "confirmed", "rejected"]
    assert complete(office.root, "advance", "NC-2026-001", "clo") == []
    assert complete(office.root, "advance", "NC-2026-009", "clo") == ["closed"]


def test_values_complete(office: Desk) -> None:
    assert complete(office.root, "new", "") == sorted(set(complete(office.root, "new", "")) - {"signoff", "document"})
    assert complete(office.root, "list", "doc") == ["document"]
    assert complete(office.root, "nc", "log", "x", "--severity", "") == ["major", "minor"]
    assert complete(office.root, "nc", "log", "x", "--source", "sel") == ["self-check"]
    assert complete(office.root, "list", "--status", "eff") == ["effective"]
    assert complete(office.root, "nc", "list", "--status", "re") == ["rejected", "reported"]
    assert complete(office.root, "list", "--unit", "mot") == ["mot-cua"]
    assert complete(office.root, "list", "--owner", "un") == ["unit-head"]
    assert complete(office.root, "approve", "QT-01", "--role", "dir") == ["director"]


def test_completion_survives_a_broken_configuration(office: Desk) -> None:
    office.write("qms.yaml", "units: [\n")
    assert complete(office.root, "list", "--unit", "") == []


# -- usage ------------------------------------------------------------------------------------------


def test_usage_errors_are_in_vietnamese(office: Desk) -> None:
    reader = replaced(office)
    assert "qmsctl list không nhận thêm: b" in reader.run("list", "document", "b", code=2).err
    assert "--dry-run không nhận giá trị" in reader.run("submit", "QT-01", "--dry-run=1", code=2).err
    assert "Install completion" not in reader.run("--help").out


def test_a_period_that_ends_before_it_begins(office: Desk) -> None:
    for words in (("--from", "2026-06-02"), ("--from", "2026-03-02", "--to", "2026-03-01")):
        said = office.run("report", "audit", *words, code=2)
        assert "the last day of the period" in said.err
        assert not said.out


def test_a_folder_that_is_not_there(office: Desk) -> None:
    said = office.at(office.root / "nowhere").run("check", code=3)
    assert "there is no folder" in said.err


# -- on a terminal ----------------------------------------------------------------------------------


def test_the_path_of_a_report_is_printed_last(office: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    seen = COLOUR.sub("", in_terminal(office, "report", "register"))
    assert seen.splitlines()[-1] == "register-2026-06-01.html"


def test_ids_stay_whole_in_a_narrow_terminal(office: Desk) -> None:
    office.write("documents/procedures/QT-02.md", procedure("QT-02", "Tiếp nhận, giải quyết và trả kết quả " * 4))
    log(office)
    for words in (("list",), ("types",), ("rules",)):
        lines = COLOUR.sub("", in_terminal(office, *words, COLUMNS="70")).splitlines()
        assert max(map(len, lines)) <= 70, words
    seen, _note, _how = COLOUR.sub("", in_terminal(office, "list", COLUMNS="70")).partition("documents are shown as they were")
    firsts = [line.split("  ")[0] for line in seen.splitlines()]
    assert [each for each in firsts if each] == ["Id", "QT-01", "QT-02", "NC-2026-001"]
