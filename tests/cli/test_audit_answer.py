"""``qmsctl audit answer``: a checklist is filled in line by line, by commands or by answers to questions."""

from __future__ import annotations

import re

import pytest

from tests.cli.test_audit import AUDIT, FINDING, LIST, register
from tests.cli.test_questions import CTRL_C, asked
from tests.desk import Desk, process

PATH = f"records/audit-checklists/{LIST}.md"


@pytest.fixture
def asking(office: Desk) -> Desk:
    """An office with a checklist of four lines that nobody has answered."""
    office.run("audit", "plan", "--year", "2026", by="minh")
    office.run("advance", "CTDG-2026-01", "approved", by="binh")
    register(office, "lan", "Nguyễn Thị Lan")
    office.run("audit", "open", "CTDG-2026-01", "--unit", "ho-tich", "--date", "2026-06-10", "--lead", "lan", by="lan")
    office.run("audit", "checklist", AUDIT, by="lan")
    head, block, rest = re.split(r"(```lines\n.*?```)", office.read(PATH), flags=re.DOTALL)
    rows = "\n".join(re.split(r"\n(?=- )", block.removeprefix("```lines\n").removesuffix("```").rstrip())[:4])
    office.write(PATH, f"{head}```lines\n{rows}\n```{rest}")
    return office


def lines(office: Desk) -> list[str]:
    return re.split(r"\n(?=- )", office.read(PATH).split("```lines\n")[1].split("\n```")[0])


def test_a_checklist_is_filled_in_by_commands(asking: Desk) -> None:
    said = asking.run("audit", "answer", LIST, "1", "conform", "5 phiếu tháng 3: đủ ngày trả")
    assert said.written == [PATH]
    assert f"{LIST}: line(s) answered: 1" in said.err
    assert f'next: qmsctl audit answer {LIST} 2 "…" "…"' in said.err
    assert 'evidence: "5 phiếu tháng 3: đủ ngày trả"\n  result: conform' in lines(asking)[0]
    said = asking.run("audit", "answer", LIST, "2", "does not conform", "2 trong 10 phiếu")
    assert f'qmsctl audit finding {AUDIT} "…" --kind "…" --line {LIST}:2' in said.err
    asking.run("audit", "finding", AUDIT, "Hai phiếu thiếu chữ ký", "--kind", "minor", "--line", f"{LIST}:2", "--owner", "tuan", "--clause", "4.2.4")
    asking.run("audit", "answer", LIST, "3", "lưu ý", "Sổ cũ", "--note", "Nên thay")
    assert "result: note" in lines(asking)[2]
    assert "note: Nên thay" in lines(asking)[2]
    said = asking.run("audit", "answer", LIST, "4", "not", "3 hồ sơ", "--finding", FINDING)
    assert f"next: qmsctl advance {LIST} filled --set date=2026-06-01" in said.err
    asking.run("advance", LIST, "filled", "--set", "date=2026-06-01", by="lan")
    late = asking.refused("audit", "answer", LIST, "1", "not", "x")
    assert "filled in and signed" in late.err
    assert f'qmsctl reopen {LIST} --reason "…"' in late.err


def test_what_a_checklist_lacks_comes_before_the_audit_goes_on(asking: Desk) -> None:
    answers, done = f"qmsctl audit answer {LIST}", f"qmsctl advance {LIST} filled --set date=2026-06-01"
    assert f"next: {answers}, then: {done}, then: qmsctl advance {AUDIT} performed --set performed=2026-06-01; or: " in asking.run("advance", AUDIT, "notified", "--set", "plan=Buổi sáng", by="lan").err
    refused = asking.refused("advance", LIST, "filled", "--set", "date=2026-06-01", by="lan").err
    assert f"    → {answers}\n" in refused
    waiting = {each["id"]: each["next"] for each in asking.run("todo", "--format", "json", by="lan").json}
    assert waiting[LIST] == f"{answers}, then: {done}"


def test_an_answer_is_put_right_and_shown_before(asking: Desk) -> None:
    asking.run("audit", "answer", LIST, "1", "not", "Sai", "--note", "Nhầm")
    asking.run("audit", "answer", LIST, "1", "conform")
    assert "evidence: Sai\n  result: conform" in lines(asking)[0], "the evidence that is there needs not be repeated"
    said = asking.run("audit", "answer", LIST, "2", "conform", "Đủ", "--dry-run")
    assert "+  result: conform" in said.out
    assert "Đủ" not in asking.read(PATH)


@pytest.mark.parametrize(("words", "code", "lang", "says"), [
    ([LIST, "1", "yes", "x"], 2, "en", "one of these: conform (conforms), not (does not conform), note (to be noted)"),
    ([LIST, "1", "yes", "x"], 2, "vi", "conform (phù hợp), not (không phù hợp), note (lưu ý)"),
    ([LIST, "1", "conform"], 2, "en", f'qmsctl audit answer {LIST} 1 conform "…"'),
    ([LIST, "1", "phù hợp"], 2, "vi", "chưa nêu bằng chứng đã thấy"),
    ([LIST], 2, "en", f'qmsctl audit answer {LIST} "…" "…" "…"'),
    ([LIST, "1"], 2, "vi", "chưa nêu ghi cho dòng nào, kết quả thế nào"),
    ([LIST, "9", "conform", "x"], 3, "en", "has no row 9; it has 4"),
    ([LIST, "B9", "conform", "x"], 3, "en", "has no row whose “Step” is “B9”"),
    ([LIST, "1", "not", "x", "--finding", "PH-2026-099"], 3, "en", "PH-2026-099"),
    (["DG-2026-01", "1", "not", "x"], 3, "vi", "DG-2026-01 không phải là phiếu ghi chép đánh giá"),
    (["QT-01", "1", "not", "x"], 3, "en", "QT-01 is no checklist of an audit"),
    ([LIST, "1", "conform", "…"], 2, "en", "still to be filled in"),
])
def test_what_cannot_be_written_down_is_said(asking: Desk, words: list[str], code: int, lang: str, says: str) -> None:
    asking.lang = lang
    assert says in asking.refused("audit", "answer", *words, code=code).err


@pytest.mark.parametrize(("lang", "words"), [
    ("en", ["3 line(s) to answer", "2 of 4. ", "What is the result?", "1  conforms", "4  stop here", "an answer is needed here", "Enter to pass over"]),
    ("vi", ["Có 3 dòng cần ghi", "2/4. ", "Kết quả thế nào?", "1  phù hợp", "4  dừng tại đây", "chỗ này cần có câu trả lời", "nhấn Enter để bỏ qua"]),
])
def test_the_open_lines_are_asked_for_at_a_terminal(asking: Desk, lang: str, words: list[str]) -> None:
    asking.run("audit", "answer", LIST, "1", "conform", "Đủ", by="lan")
    asking.lang = lang
    code, seen = asked(asking, ["audit", "answer", LIST], ["", "2", "", "3 hồ sơ thiếu", "Thiếu chữ ký", "4"])
    assert code == 0, seen
    for each in words:
        assert each in seen
    second, third, fourth = lines(asking)[1:]
    assert "result: not" not in second + fourth
    assert "evidence: 3 hồ sơ thiếu\n  result: not\n  note: Thiếu chữ ký" in third


def test_one_line_is_asked_for_and_leaving_leaves_nothing(asking: Desk) -> None:
    code, seen = asked(asking, ["audit", "answer", LIST, "3"], ["conforms", "Sổ đủ"])
    assert code == 0, seen
    assert "evidence: Sổ đủ\n  result: conform" in lines(asking)[2]
    code, seen = asked(asking, ["audit", "answer", LIST, "2", "conform"], ["Đủ"])
    assert code == 0, seen
    assert "evidence: Đủ\n  result: conform" in lines(asking)[1]
    tree = asking.tree()
    assert asked(asking, ["audit", "answer", LIST], ["1", CTRL_C])[0] == 130
    assert asking.tree() == tree
    assert asked(asking, ["audit", "answer", LIST], ["", ""])[0] == 0
    assert asking.tree() == tree


def test_a_pipe_is_asked_nothing(asking: Desk) -> None:
    done = process("-C", asking.root, "--today", asking.today, "audit", "answer", LIST)
    assert done.returncode == 2
    assert b"> " not in done.stdout + done.stderr
