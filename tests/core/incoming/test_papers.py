"""From blocks to a document of the office: what the head says, whose tables are data, and that no word is lost."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.incoming.blocks import HEADING, ITEM, PARAGRAPH, TABLE, Block
from qmsctl.core.incoming.body_text import Setting, written
from qmsctl.core.incoming.labels import Labels, read_labels
from qmsctl.core.incoming.measures import day_in, duration_in, number_in, retention_in, title_of
from qmsctl.core.incoming.numbering import numbered
from qmsctl.core.incoming.pages import blocks_of_html
from qmsctl.core.incoming.paper import Paper, SourceDocument, Table
from qmsctl.core.incoming.plan import Plan, Planned, plan_text, read_plan
from qmsctl.core.incoming.recognising import recognise
from qmsctl.core.incoming.secrecy import is_secret
from qmsctl.core.types.record_type import RecordType
from qmsctl.errors import UsageError
from qmsctl.store.shipped.definitions import type_set
from qmsctl.store.shipped.resources import read_text


@cache
def labels() -> Labels:
    return read_labels(read_text("imports/documents.yaml"))


def kind(name: str) -> RecordType:
    found = type_set({}).get(name)
    assert found is not None
    return found


def table(*rows: tuple[str, ...]) -> Block:
    return Block(TABLE, rows=rows)


def paper(*blocks: Block, head: tuple[Block, ...] = ()) -> Paper:
    return recognise(SourceDocument(blocks, head), labels())


@pytest.mark.parametrize("head", [
    (("UBND PHƯỜNG", "QUY TRÌNH\nCẤP GIẤY PHÉP", "Mã hiệu: QT-08\nLần ban hành: 03\nNgày hiệu lực: 15/03/2024\nTrang: 1/5"),),
    (("UBND PHƯỜNG", "UBND PHƯỜNG", "Mã hiệu", "QT-08"), ("QUY TRÌNH\nCẤP GIẤY PHÉP", "QUY TRÌNH\nCẤP GIẤY PHÉP", "Lần ban hành", "03"), ("", "", "Ngày hiệu lực", "15/3/2024")),
    (("Ký hiệu", "Lần ban hành", "Ngày ban hành"), ("QT-08", "03", "15.03.2024"), ("QUY TRÌNH", "CẤP GIẤY PHÉP", "")),
    (("UBND PHƯỜNG", "QUY TRÌNH\nCẤP GIẤY PHÉP", "Mã số/Code: QT-08\nLần ban hành/Rev: 03\nNgày hiệu lực/Effective date: 15/03/2024\nTrang/Page: 1/5"),),
    (("QUY TRÌNH", "Mã hiệu", ":", "QT-08"), ("CẤP GIẤY PHÉP", "Lần ban hành", ":", "03"), ("", "Ngày ban hành", ":", "ngày 15 tháng 3 năm 2024")),
    (("QUY TRÌNH\nCẤP GIẤY PHÉP", "Số hiệu: QT-08  Lần ban hành: 03; Ngày ban hành: 15/03/2024 | Trang: 1/5"),),
    (("Document ID", "QT-08"), ("Version", "3"), ("Effective date", "2024-03-15"), ("Title", "CẤP GIẤY PHÉP"), ("PROCEDURE", "PROCEDURE")),
])
def test_heads_of_many_forms_say_the_same(head: tuple[tuple[str, ...], ...]) -> None:
    for found in (paper(table(*head)), paper(head=(table(*head),))):
        said = found.head
        assert (said["id"], number_in(said["revision"]), str(day_in(said.get("effective", said.get("issued", ""))))) == ("QT-08", 3, "2024-03-15")
        assert (said["type"], said["title"]) == ("procedure", "CẤP GIẤY PHÉP")
        assert not found.body


def test_issue_and_amendment_are_two_numbers() -> None:
    found = paper(table(("Mã hiệu: QT-08", "Lần ban hành: 03", "Lần sửa đổi: 02")))
    assert (found.head["revision"], found.head["amendment"]) == ("03", "02")


def test_a_line_may_name_several_fields() -> None:
    line = Block(PARAGRAPH, "UBND PHƯỜNG Mã hiệu: QT-08 Lần ban hành: 03 Ngày ban hành: 15/03/2024 Trang: 1/5")
    for source in (SourceDocument((line,)), SourceDocument((), (line,)), SourceDocument((), (), (line,))):
        found = recognise(source, labels())
        assert [found.head[each] for each in ("id", "revision", "issued")] == ["QT-08", "03", "15/03/2024"]
        assert [each.text for each in found.left] == [line.text]


def test_who_signed_and_what_was_revised_are_told_and_not_in_the_text() -> None:
    signed = table(("Trách nhiệm", "Soạn thảo", "Xem xét", "Phê duyệt"), ("Họ tên", "An", "Bình", "Chi"), ("Chữ ký", "", "", ""))
    history = table(("Lần sửa đổi", "Ngày", "Nội dung"), ("01", "1/2/2023", "Mới"), ("02", "1/2/2024", "Sửa"))
    found = paper(signed, Block(PARAGRAPH, "BẢNG THEO DÕI SỬA ĐỔI", bold=True), history, Block(PARAGRAPH, "Còn lại"))
    assert found.signers == (("author", "An"), ("checker", "Bình"), ("approver", "Chi"))
    assert [each.change for each in found.history] == ["Mới", "Sửa"]
    assert [part.text for part in found.body if isinstance(part, Block)] == ["Còn lại"]


def test_a_wide_table_of_revisions_is_no_head() -> None:
    found = paper(table(("Yêu cầu sửa đổi/ bổ sung", "Trang / Phần liên quan việc sửa đổi", "Mô tả nội dung sửa đổi", "Lần ban hành / Lần sửa đổi", "Ngày ban hành"), ("UBND", "3", "Thêm mẫu", "02", "1/2/2022")))
    assert [(each.number, each.change) for each in found.history] == [("02", "Thêm mẫu")]
    assert not found.head


def steps_of(*rows: tuple[str, ...]) -> list[dict[str, str]]:
    [found] = (part for part in paper(table(*rows)).body if isinstance(part, Table))
    return [dict(row) for row in found.rows]


def test_heads_of_steps_may_stand_on_two_lines() -> None:
    [step] = steps_of(("TT", "Nội dung công việc", "Trách nhiệm", "Trách nhiệm", "Thời gian"), ("TT", "Nội dung công việc", "Chủ trì", "Phối hợp", "Thời gian"), ("1", "Thẩm định", "Phòng A", "Thanh tra", "5 ngày"))
    assert step == {"no": "1", "task": "Thẩm định", "responsible": "Phòng A", "time": "5 ngày", "note": "Trách nhiệm, Phối hợp: Thanh tra"}


def test_a_flow_chart_tells_the_tasks_where_no_other_column_does() -> None:
    assert steps_of(("Trách nhiệm", "Lưu đồ", "Thời gian"), ("Thanh tra", "Thụ lý", "10 ngày")) == [{"responsible": "Thanh tra", "task": "Thụ lý", "time": "10 ngày"}]
    assert steps_of(("Lưu đồ", "Nội dung", "Trách nhiệm"), ("Thụ lý", "Ghi sổ", "Thanh tra")) == [{"task": "Ghi sổ", "responsible": "Thanh tra", "note": "Lưu đồ: Thụ lý"}]


def test_numbered_groups_and_sums_are_no_steps() -> None:
    heads = ("Bước công việc", "Nội dung công việc", "Người thực hiện", "Thời gian", "Kết quả/sản phẩm")
    steps = steps_of(heads, ("I", *["Tại Sở"] * 4), ("1", "Nhận", "Văn thư", "2 giờ", "Giấy hẹn"), (*["Tổng thời gian giải quyết"] * 3, "4 ngày", ""))
    assert steps == [{"no": "1", "task": "Nhận", "responsible": "Văn thư", "time": "2 giờ", "outputs": "Giấy hẹn", "note": "I Tại Sở; Tổng thời gian giải quyết 4 ngày"}]


def test_steps_far_down_in_a_table_that_holds_all_of_a_procedure() -> None:
    found = paper(table(("5.1", *["Điều kiện"] * 3), ("", *["Đủ 20 tuổi"] * 3), ("5.2", *["Hồ sơ"] * 3), ("", "Tờ khai", "x", ""), ("TT", "Trình tự", "Trách nhiệm", "Thời gian"), ("B1", "Nộp", "Công dân", "1 ngày"), ("5.8", *["Lệ phí"] * 3))).body
    assert [part.kind for part in found] == ["table", "steps", "table"]


def test_a_row_of_one_cell_is_a_note_of_the_steps_below() -> None:
    steps = table(("Bước", "Nội dung công việc", "Người thực hiện", "Thời gian", "Nơi làm"), ("1", "Nhận", "Một cửa", "2 giờ", "Quầy 1"), *[("Giai đoạn hai",) * 5], ("2", "Trả", "Một cửa", "cuối ngày", ""))
    [found] = paper(steps).body
    assert isinstance(found, Table)
    text = written(paper(steps), "", Setting(kind("procedure"), "vi", labels(), {"Một cửa": "mot-cua"})).text
    assert text == (
        '```steps\n- no: 1\n  task: Nhận\n  responsible: mot-cua\n  time: 2h\n  note: "Nơi làm: Quầy 1"\n'
        '- no: 2\n  task: Trả\n  responsible: mot-cua\n  note: "Giai đoạn hai; Thời gian: cuối ngày"\n```\n'
    )


def test_sections_by_other_words_and_deeper_headings() -> None:
    blocks = (Block(PARAGRAPH, "II. PHẠM VI ÁP DỤNG", bold=True), Block(PARAGRAPH, "Mọi nơi."), Block(HEADING, "Nội dung quy trình", 1), Block(PARAGRAPH, "5.1 Thành phần", bold=True), Block(HEADING, "Khác", 2), Block(PARAGRAPH, "Lưu ý", bold=True))
    text = written(paper(*blocks), "T", Setting(kind("procedure"), "vi", labels())).text
    assert [line for line in text.split("\n") if line] == ["# T", "## 2. Phạm vi", "Mọi nơi.", "## 5. Nội dung", "### 5.1 Thành phần", "## Khác", "**Lưu ý**"]


def test_headings_that_nobody_made_bold() -> None:
    blocks = (Block(PARAGRAPH, "1. Mục đích"), Block(PARAGRAPH, "Một."), Block(PARAGRAPH, "2. Phạm vi áp dụng: Mọi nơi, trừ: kho."), Block(PARAGRAPH, "3. Gửi đi: ba bản"))
    text = written(paper(*blocks), "", Setting(kind("procedure"), "vi", labels())).text
    assert [line for line in text.split("\n") if line] == ["## 1. Mục đích", "Một.", "## 2. Phạm vi", "Mọi nơi, trừ: kho.", "3\\. Gửi đi: ba bản"]


@pytest.mark.parametrize(("lines", "title"), [
    (("ỦY BAN NHÂN DÂN PHƯỜNG", "QUY TRÌNH", "CẤP PHÉP"), "CẤP PHÉP"),
    (("ỦY BAN NHÂN DÂN PHƯỜNG", "QUY TRÌNH CẤP PHÉP"), "QUY TRÌNH CẤP PHÉP"),
    (("QUY TRÌNH", "Cấp phép"), "Cấp phép"),
    (("ỦY BAN NHÂN DÂN PHƯỜNG", "1. MỤC ĐÍCH"), None),
])
def test_the_title_is_what_stands_by_the_word_for_its_kind(lines: tuple[str, ...], title: str | None) -> None:
    assert paper(*(Block(PARAGRAPH, line, bold=True) for line in lines)).head.get("title") == title


@pytest.mark.parametrize(("text", "found"), [
    ("0,5 ngày", "4h"), ("02 ngày làm việc", "2d"), ("Giờ hành chính", None), ("30 phút", "0.5h"), ("½ ngày", "4h"), ("01 (một) ngày", "1d"),
    ("Không quá 3 ngày làm việc", "3d"), ("within 2 working days", "2d"), ("0 ngày", None), ("2 tuần", "2w"),
    ("Chậm nhất 02 ngày", "2d"), ("Trong thời hạn 03 ngày LV", "3d"), ("1/4 ngày", "2h"), ("≤ 3 ngày", "3d"), ("02 ngày kể từ khi nhận", "2d"), ("1-2 ngày", None), ("1/0 ngày", None), ("Ít nhất 5 ngày", None),
])
def test_time(text: str, found: str | None) -> None:
    assert duration_in(text, labels()) == found


@pytest.mark.parametrize(("text", "found"), [("05 năm", "5y"), ("Lâu dài", "permanent"), ("12 tháng", "12m"), ("Theo quy định", None), ("3 days", None)])
def test_keeping(text: str, found: str | None) -> None:
    assert retention_in(text, labels()) == found


@pytest.mark.parametrize(("text", "found"), [("15/3/2024", "2024-03-15"), ("ngày 05 tháng 02 năm 2023", "2023-02-05"), ("2024-03-15T00:00", "2024-03-15"), ("31/02/2024", "None"), ("03", "None")])
def test_days(text: str, found: str) -> None:
    assert str(day_in(text)) == found


@pytest.mark.parametrize(("text", "found"), [("QT.08", ("procedure", "QT-08")), ("qt 8", ("procedure", "QT-08")), ("BM-08-1", ("form", "BM-08.01")), ("QT-08-BM01", None), ("XY-01", None), ("", None)])
def test_ids(text: str, found: tuple[str, str] | None) -> None:
    made = numbered(text, (kind("procedure"), kind("form")))
    assert (made and (made.type, made.id)) == found


def test_titles_in_capitals() -> None:
    assert title_of("TIẾP NHẬN HỒ SƠ TTHC TẠI UBND", labels()) == "Tiếp nhận hồ sơ TTHC tại UBND"
    assert title_of("Đã viết thường", labels()) == "Đã viết thường"


@pytest.mark.parametrize(("line", "secret"), [("MẬT", True), ("- TỐI MẬT -", True), ("T U Y Ệ T  M Ậ T", True), ("Độ mật: MẬT", False), ("ĐỘ MẬT: MẬT", True), ("Dấu MẬT đóng ở góc", False), ("Bảo mật", False), ("Mật", False)])
def test_marks_of_secrecy(line: str, secret: bool) -> None:
    assert is_secret([line]) is secret


WORDS = st.text(st.sampled_from("aăbcđeêghiôơưAĐQT0123456789 .,-–/()*_#<>|&[]`~+=:;\"'%"), max_size=30)
CELLS = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=1, max_size=4))
HEADS = st.sampled_from([["Bước", "Nội dung", "Trách nhiệm", "Thời gian"], ["Tên hồ sơ", "Nơi lưu", "Thời gian lưu", "TT"], ["Mã hiệu", "Lần ban hành", "Ngày ban hành", "Trang"]])
BLOCKS = st.one_of(
    st.builds(lambda text, bold: Block(PARAGRAPH, text.strip(), bold=bold), WORDS, st.booleans()),
    st.builds(lambda text, level: Block(HEADING, text.strip() or "x", level), WORDS, st.integers(1, 6)),
    st.builds(lambda text, level, numbered: Block(ITEM, text.strip(), level, numbered=numbered), WORDS, st.integers(0, 3), st.booleans()),
    st.builds(lambda rows: Block(TABLE, rows=tuple(map(tuple, rows))), CELLS),
    st.builds(lambda head, rows: table(tuple(head), *map(tuple, rows)), HEADS, st.lists(st.lists(WORDS, min_size=4, max_size=4), max_size=3)),
    st.sampled_from([Block(PARAGRAPH, "1. MỤC ĐÍCH", bold=True), Block(PARAGRAPH, "PHẠM VI ÁP DỤNG", bold=True)]),
)


def letters(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


@settings(max_examples=150)
@given(st.lists(BLOCKS, max_size=6), st.sampled_from(["procedure", "form", "policy"]))
def test_every_word_is_in_the_text_or_left_out_by_name(blocks: list[Block], name: str) -> None:
    found = paper(*blocks)
    text = written(found, "", Setting(kind(name), "vi", labels(), {"Một cửa": "mot-cua"}))
    kept = letters(" ".join((text.text, *(each.text for each in (*found.left, *text.left)))))
    for block in blocks:
        assert letters(block.words).keys() <= kept.keys()


@given(st.text(st.sampled_from("ab ăĐ*_#<>|&[]()`~+=:;\"'%1.-\\!\n"), max_size=40))
def test_a_paragraph_is_shown_sign_for_sign(text: str) -> None:
    from markdown_it import MarkdownIt

    made = written(paper(Block(PARAGRAPH, text)), "", Setting(kind("policy"), "vi", labels())).text
    [*shown], _nested = blocks_of_html(MarkdownIt("commonmark").enable("table").render(made))
    assert [(each.kind, each.text) for each in shown] in ([], [(PARAGRAPH, " ".join(text.split()))], [(HEADING, " ".join(text.split()))])


NAMES = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20).map(str.strip).filter(bool)


@settings(max_examples=50)
@given(st.dictionaries(NAMES, st.sampled_from(["", "mot-cua"]), max_size=3), st.lists(NAMES, max_size=3), st.dictionaries(NAMES.map("x-{}".format), NAMES, max_size=2))
def test_a_plan_is_read_as_it_was_written(names: dict[str, str], said: list[str], extra: dict[str, str]) -> None:
    from unicodedata import is_normalized

    from qmsctl.core.text.characters import hidden

    texts = (*names, *said, *extra, *extra.values())
    if any(hidden(each) or not is_normalized("NFC", each) for each in texts):
        return
    planned = tuple(Planned(f"{each}.docx", "0" * 64, fields={"type": "procedure", "id": "QT-01", "title": each}, extra=extra, found={"ask": said}) for each in said)
    plan = Plan("old", names, {"decision": "12/QĐ"}, planned)
    again = read_plan(plan_text(plan, {"": "a\nb", "names": "c"}))
    assert (again.folder, again.names, again.paper["decision"]) == ("old", names, "12/QĐ")
    assert [(each.path, each.fields, each.extra) for each in again.files] == [(each.path, each.fields, each.extra) for each in planned]


@pytest.mark.parametrize("text", ["", "files: 3", "files: [{path: a}]", "a: [", "- x"])
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_plan(text)
