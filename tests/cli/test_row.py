"""``qmsctl row``: rows of tables are added, changed and taken out, and nothing beside them moves."""

from __future__ import annotations

import pytest

from tests.cli.test_questions import CTRL_C, asked
from tests.desk import Desk, process

STEPS = "documents/procedures/QT-01.md"
B2 = "- {no: B2, task: Ký trích lục, responsible: unit-head, time: 4h, outputs: [Bản sao trích lục], release: true}\n"
NC = "NC-2026-001"


def test_a_row_is_added_changed_and_taken_out(desk: Desk) -> None:
    before = desk.read(STEPS)
    said = desk.run("row", "add", "QT-01", "steps", "no=B3", "task=Trả kết quả: ký nhận", "responsible=clerk", "time=1h", "outputs=Sổ, Biên nhận")
    assert said.written == [STEPS]
    assert "QT-01: row 3 added to “Steps”" in said.err
    row = 'no: B3\n  task: "Trả kết quả: ký nhận"\n  responsible: clerk\n  time: 1h\n  outputs: [Sổ, Biên nhận]\n'
    assert desk.read(STEPS) == before.replace(B2, f"{B2}- {row}")
    said = desk.run("row", "set", "QT-01", "steps", "b3", "Time=2h", "Ghi chú=Có biên nhận")
    assert "QT-01: “Time”, “Note” of row 3 in “Steps” set" in said.err
    assert desk.read(STEPS) == before.replace(B2, f"{B2}- {row.replace('1h', '2h')}  note: Có biên nhận\n")
    said = desk.run("row", "remove", "QT-01", "steps", "no=B3")
    assert "QT-01: row 3 taken out of “Steps”" in said.err
    assert desk.read(STEPS) == before


@pytest.mark.parametrize("table", ["steps", "Steps", "Các bước thực hiện", "các BƯỚC thực hiện"])
def test_a_table_is_named_by_its_id_or_its_words(desk: Desk, table: str) -> None:
    said = desk.run("row", "remove", "QT-01", table, "2", "--dry-run")
    assert f"-{B2}" in said.out
    assert "nothing was written (--dry-run)" in said.err
    assert B2 in desk.read(STEPS)


@pytest.mark.parametrize(("words", "code", "lang", "says"), [
    (["add", "QT-01", "stepz", "no=B3"], 2, "en", "QT-01 has no table “stepz”"),
    (["add", "QT-01", "stepz", "no=B3"], 2, "vi", "steps (Các bước thực hiện)"),
    (["add", "QT-01", "steps", "who=clerk"], 2, "en", "its columns: no (Step), task (Task), responsible (Responsible)"),
    (["add", "QT-01", "steps", "who=clerk"], 2, "vi", "“Các bước thực hiện” không có cột “who”"),
    (["set", "QT-01", "steps", "B9", "time=1h"], 3, "en", "“Steps” of QT-01 has no row whose “Step” is “B9”\n  → its rows: 1 (B1), 2 (B2)"),
    (["remove", "QT-01", "steps", "3"], 3, "vi", "“Các bước thực hiện” của QT-01 không có dòng 3; có 2 dòng"),
    (["remove", "QT-01", "costs", "1"], 3, "en", 'qmsctl row add QT-01 costs item="…"'),
    (["set", "QT-01", "steps", "B1", "time=một giờ"], 3, "vi", "một giờ"),
    (["add", "BM-77", "steps", "no=B3"], 3, "en", "BM-77"),
    (["set", "QT-01", "steps", "responsible=nobody", "time=1h"], 3, "en", "has no row whose “Responsible” is “nobody”"),
])
def test_what_does_not_fit_is_said_with_the_words_for_it(desk: Desk, words: list[str], code: int, lang: str, says: str) -> None:
    desk.lang = lang
    assert says in desk.refused("row", *words, code=code).err


def test_a_row_without_what_it_needs_is_a_form_to_fill(desk: Desk) -> None:
    said = desk.refused("row", "add", "QT-01", "records", "place=Một cửa", code=2)
    assert "a row of “Records kept” needs name (Record)" in said.err
    assert 'qmsctl row add QT-01 records place="Một cửa" name="…"' in said.err
    desk.lang = "vi"
    assert "một dòng của “Hồ sơ lưu” cần có name (" in desk.refused("row", "add", "QT-01", "records", "place=Một cửa", code=2).err
    assert "name" in desk.refused("row", "add", "QT-01", "records", "place=Một cửa", "name=…", code=2).err


def test_several_rows_alike_are_told_by_their_numbers(desk: Desk) -> None:
    desk.run("row", "add", "QT-01", "steps", "no=B3", "task=Trả", "responsible=clerk", "time=1h", "outputs=Sổ")
    said = desk.refused("row", "remove", "QT-01", "steps", "responsible=clerk")
    assert "name one by its number: 1, 3" in said.err


def test_what_is_approved_stays(office: Desk) -> None:
    for words in (["remove", "QT-01", "steps", "B2"], ["set", "QT-01", "steps", "B2", "time=8h"], ["add", "QT-01", "steps", "no=B3", "task=Trả", "responsible=clerk", "time=1h", "outputs=Sổ"]):
        assert "approved-text-changed" in office.refused("row", *words).err
    office.run("revise", "QT-01", "--change", "Bỏ bước")
    office.run("row", "set", "QT-01", "steps", "B2", "time=8h")


def test_a_signed_record_stays(office: Desk) -> None:
    office.run("new", "auditor", "--title", "Lan", "--set", "person=lan")
    office.run("row", "add", "DGV-01", "qualifications", "training=Đánh giá viên", "date=2025-05-20")
    office.run("row", "add", "DGV-01", "qualifications", "training=Nhầm", "date=2025-05-21")
    office.run("row", "remove", "DGV-01", "qualifications", "Nhầm")
    office.run("advance", "DGV-01", "current", by="binh")
    text = office.read(office.path_of("DGV-01"))
    said = office.run("row", "remove", "DGV-01", "qualifications", "1", code=None)
    assert said.code == 3, said
    assert office.read(office.path_of("DGV-01")) == text


def test_rows_of_the_front_matter(office: Desk) -> None:
    office.run("nc", "log", "Thiếu chữ ký", "--severity", "minor")
    office.run("row", "add", NC, "waivers", "document=QT-01", "reason=Không cần, vì đã sửa: hôm qua", code=None)
    text = office.read(office.path_of(NC))
    assert 'waivers: [{document: QT-01, reason: "Không cần, vì đã sửa: hôm qua"}]' in text
    office.run("row", "set", NC, "waivers", "QT-01", "reason=Không cần")
    assert "waivers: [{document: QT-01, reason: Không cần}]" in office.read(office.path_of(NC))
    office.run("row", "remove", NC, "waivers", "1")
    assert "waivers" not in office.read(office.path_of(NC))


def test_the_first_row_goes_where_its_section_waits(office: Desk) -> None:
    office.run("nc", "log", "Thiếu chữ ký", "--severity", "minor")
    office.run("row", "add", NC, "whys", "no=1", "because=Không ai theo dõi")
    text = office.read(office.path_of(NC))
    assert "## 3. Năm câu hỏi vì sao\n\n```whys\n- no: 1\n  because: Không ai theo dõi\n```\n" in text
    assert text.count("Năm câu hỏi vì sao") == 1


@pytest.mark.parametrize(("lang", "words"), [
    ("en", ["A row of “Records kept”.", "Record (name):", "an answer is needed here"]),
    ("vi", ["Một dòng của “Hồ sơ lưu”.", "(name):", "chỗ này cần có câu trả lời"]),
])
def test_at_a_terminal_what_a_row_needs_is_asked_for(desk: Desk, lang: str, words: list[str]) -> None:
    desk.lang = lang
    code, seen = asked(desk, ["row", "add", "QT-01", "records", "place=Một cửa", "keeper=clerk", "medium=giấy", "retention=5y", "basis=QĐ 12"], ["", "Sổ theo dõi"])
    assert code == 0, seen
    for each in words:
        assert each in seen
    assert "name: Sổ theo dõi" in desk.read(STEPS)
    tree = desk.tree()
    assert asked(desk, ["row", "add", "QT-01", "records"], [CTRL_C])[0] == 130
    assert desk.tree() == tree


def test_a_pipe_is_asked_nothing(desk: Desk) -> None:
    done = process("-C", desk.root, "--today", desk.today, "row", "add", "QT-01", "records")
    assert done.returncode == 2
    assert b"> " not in done.stdout + done.stderr
