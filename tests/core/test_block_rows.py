"""Rows and cells of data blocks: what is asked for stands there afterwards, and nothing else has moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.text.block_rows import Cell, append_row, with_cell, with_rows, without_examples, without_row
from qmsctl.core.text.body import scan
from qmsctl.core.text.nodes import Plain, Sequence, plain
from qmsctl.core.text.text_file import cut
from qmsctl.errors import Refusal
from qmsctl.unfilled import is_hole

TEXT = st.text(st.sampled_from("abc xyz 019 ạđế -_.,:;#'\"[]{}&*!|>%@`?=~/\\\n\t"), max_size=20).filter(
    lambda text: text == text.strip() and not is_hole(text)
)
HEAD = "---\nid: TKT-2026-001\n---\n# Tự kiểm tra\n\n"
BLOCK = """\
```lines
- step: B1
  question: "Một, hai: ba?"
  result:   # để trống
- {step: B2, question: Hai, result: no}
- step: B3
```

Cuối.
"""


def rows(data: bytes) -> Plain:
    file = cut(data)
    (block,) = scan(file.text, file.body_start, file.body_line, frozenset(["lines"])).block("lines")
    return plain(block.rows) if isinstance(block.rows, Sequence) else []


@pytest.mark.parametrize(("inside", "left"), [
    ("# - {step: B1, question: Mẫu}\n", ""),
    ("# - {step: B1}\r\n- {step: B2}\r\n", "- {step: B2}\r\n"),
    ("# Ba bước đầu.\n- {step: B1}\n", "# Ba bước đầu.\n- {step: B1}\n"),
    ("- {step: B1}\n# - {step: B2, result: no}\n", "- {step: B1}\n# - {step: B2, result: no}\n"),
])
def test_the_row_of_a_template_goes_and_no_other_comment(inside: str, left: str) -> None:
    text = f"{HEAD}```lines\n{inside}```\n\n```yaml\n# - {{step: B9}}\n```\n"
    assert without_examples(text.encode(), frozenset(("lines",))).decode() == text.replace(inside, left, 1)
    text = text.replace("\r", "")
    left = left.replace("\r", "")
    assert append_row(text.encode(), "lines", {"step": "B3"}, "Các bước").decode() == text.replace(inside.replace("\r", "") + "```", f"{left}- step: B3\n```", 1)


def cell(text: str) -> Cell:
    found = Cell.parse(text)
    assert found
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("where", "value", "old", "new"),
    [
        ("lines.1.step", "B1a", "step: B1\n", "step: B1a\n"),
        ("lines.1.result", "yes", "result:   # để trống\n", "result: yes   # để trống\n"),
        ("lines.1.note", "a, b", "# để trống\n", '# để trống\n  note: "a, b"\n'),
        ("lines.2.result", "yes", "result: no}", "result: yes}"),
        ("lines.2.note", "xong", "result: no}", "result: no, note: xong}"),
        ("lines.2.question", "", "question: Hai", 'question: ""'),
        ("lines.3.result", "na", "- step: B3\n", "- step: B3\n  result: na\n"),
        ("lines.3.result", "", "- step: B3\n", "- step: B3\n  result:\n"),
    ],
)
def test_a_cell_changes_alone(end: str, where: str, value: str, old: str, new: str) -> None:
    before = (HEAD + BLOCK).replace("\n", end)
    after = with_cell(before.encode(), cell(where), value).decode()
    assert after == before.replace(old.replace("\n", end), new.replace("\n", end))


@given(TEXT, st.integers(1, 3), st.sampled_from(["step", "question", "note"]))
def test_whatever_is_written_into_a_cell_is_read_again(value: str, number: int, column: str) -> None:
    data = (HEAD + BLOCK).encode()
    before = rows(data)
    assert isinstance(before, list)
    after = rows(with_cell(data, Cell("lines", number, column), value))
    changed = before[number - 1]
    assert isinstance(changed, dict)
    assert after == [*before[: number - 1], {**changed, column: value}, *before[number:]]


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        (BLOCK, "lines.4.result", "has no row 4; it has 3"),
        (BLOCK, "lines.0.result", "has no row 0"),
        ("Không có khối.\n", "lines.1.result", "has no row 1; it has 0"),
        ("```lines\n- step: |\n    B1\n    B2\n```\n", "lines.1.step", "edit the file by hand"),
        ("```lines\n- step:\n  - B1\n```\n", "lines.1.step", "edit the file by hand"),
        ("```lines\n- B1\n```\n", "lines.1.step", "edit the file by hand"),
        ("```lines\n- {step: B1\n```\n", "lines.1.step", "cannot be read"),
    ],
)
def test_what_cannot_be_changed_safely_is_refused(text: str, where: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        with_cell((HEAD + text).encode(), cell(where), "x")


def test_rows_of_several_blocks_are_counted_on() -> None:
    two = HEAD + "```lines\n- {step: B1}\n```\n\n```lines\n- {step: B2}\n```\n"
    assert with_cell(two.encode(), cell("lines.2.step"), "B3").decode() == two.replace("B2", "B3")


@pytest.mark.parametrize("text", ["lines", "lines.result", "lines.x.result", "lines.1.", "a.1.b.c", "lines.1234567.a"])
def test_other_words_name_no_cell(text: str) -> None:
    assert Cell.parse(text) is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_take_the_place_of_an_example(end: str) -> None:
    before = (HEAD + "```lines\n# - {step: B1}\n```\n\nCuối.\n").replace("\n", end)
    after = with_rows(before.encode(), "lines", [{"step": "B1", "question": "Có: không?", "result": ""}], "Dòng")
    wanted = '- step: B1\n  question: "Có: không?"\n  result:\n'.replace("\n", end)
    assert after.decode() == before.replace(f"# - {{step: B1}}{end}", wanted)


def test_a_block_that_is_not_there_is_made_at_the_end() -> None:
    after = with_rows(b"---\nid: X\n---\n# X", "lines", [{"step": "B1"}], "Nội dung")
    assert after.decode() == "---\nid: X\n---\n# X\n\n## Nội dung\n\n```lines\n- step: B1\n```\n"


def test_a_text_that_would_end_the_block_is_kept_in_its_row() -> None:
    hostile = "```\n# Tiêu đề\n```lines\n- x"
    assert rows(with_rows(HEAD.encode(), "lines", [{"question": hostile}], "Nội dung")) == [{"question": hostile}]


@given(st.lists(st.fixed_dictionaries({"step": TEXT, "question": TEXT}), min_size=1, max_size=4))
def test_whatever_is_written_as_rows_is_read_again(given_rows: list[dict[str, str]]) -> None:
    assert rows(with_rows((HEAD + BLOCK).encode(), "lines", given_rows, "Dòng")) == given_rows


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("row", "gone"), [
    (1, '- step: B1\n  question: "Một, hai: ba?"\n  result:   # để trống\n'),
    (2, "- {step: B2, question: Hai, result: no}\n"),
    (3, "- step: B3\n"),
])
def test_a_row_is_taken_out_alone(end: str, row: int, gone: str) -> None:
    before = (HEAD + BLOCK).replace("\n", end)
    assert without_row(before.encode(), "lines", row).decode() == before.replace(gone.replace("\n", end), "", 1)


@pytest.mark.parametrize(("rows_before", "left"), [
    ("# ghi chú\n- step: B1 # một\n", "# ghi chú\n"),
    ("[{step: B1}]\n", "[]\n"),
    ("[{step: B1}, {step: B2}]\n", "[{step: B2}]\n"),
    ("- step: B1\n```\n\n```lines\n- step: B2\n", "```\n\n```lines\n- step: B2\n"),
])
def test_the_first_row_is_taken_out_however_it_is_written(rows_before: str, left: str) -> None:
    whole = f"{HEAD}```lines\n{{}}```\n\nCuối.\n"
    assert without_row(whole.format(rows_before).encode(), "lines", 1).decode() == whole.format(left)


@pytest.mark.parametrize("row", [0, 4])
def test_no_row_is_taken_out_where_there_is_none(row: int) -> None:
    with pytest.raises(Refusal, match=f"no row {row}; it has 3"):
        without_row((HEAD + BLOCK).encode(), "lines", row)


@given(st.lists(st.dictionaries(st.sampled_from("abc"), TEXT, min_size=1), min_size=1, max_size=5), st.data())
def test_whatever_rows_there_are_one_goes(wanted: list[dict[str, str]], data: st.DataObject) -> None:
    row = data.draw(st.integers(1, len(wanted)))
    made = with_rows((HEAD + BLOCK).encode(), "lines", wanted, "Dòng")
    assert (rows(without_row(made, "lines", row)) or []) == [each for number, each in enumerate(wanted, 1) if number != row]
