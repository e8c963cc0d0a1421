"""The facts of a body: what counts as a heading, a link, HTML or a data block, on which line, in what time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.text.body import Body, scan
from qmsctl.core.text.nodes import Mapping, Sequence

STEPS = frozenset(("steps",))


def facts(text: str, blocks: frozenset[str] = STEPS) -> Body:
    return scan(text, 0, 1, blocks)


def headings(text: str) -> list[tuple[int, str, int, bool]]:
    return [heading[:4] for heading in facts(text).headings]


def links(text: str) -> list[tuple[str, int, bool]]:
    return [(link.target, link.line, link.image) for link in facts(text).links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n", [(1, "A", 1, False)]),
        ("# A\ntext\n", [(1, "A", 1, True)]),
        ("# A\n\n \t\n# B\nx", [(1, "A", 1, False), (1, "B", 4, True)]),
        ("# A\n## B\n", [(1, "A", 1, True), (2, "B", 2, False)]),
        ("## A\n# B\n", [(2, "A", 1, False), (1, "B", 2, False)]),
        ("   ### A ###  \n", [(3, "A", 1, False)]),
        ("# C#\n# C #\n# #\n", [(1, "C#", 1, False), (1, "C", 2, False), (1, "", 3, False)]),
        ("# A #b\n", [(1, "A #b", 1, False)]),
        ("    # code\n", []),
        ("#no\n", []),
        ("####### seven\n", []),
        ("Title\n=====\n\nOther\n-----\n", [(1, "Title", 1, True), (2, "Other", 4, False)]),
        ("x\n\n```\n# code\n```\n# A\n", [(1, "A", 6, False)]),
        ("# A\n```\ncode\n```\n# B\n", [(1, "A", 1, True), (1, "B", 5, False)]),
        ("# Đánh giá\n", [(1, "Đánh giá", 1, False)]),
    ],
)
def test_headings(text: str, expected: list[tuple[int, str, int, bool]]) -> None:
    assert headings(text) == expected
    assert headings(text.replace("\n", "\r\n")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## A\n", [False]),
        ("## A\ntext\n", [True]),
        ("## A\n\n*(Ghi gì.)*\n", [False]),
        ("## A\n\n*(Ghi gì,\nở đâu.)*\n\n## B\n\n*(Nữa.)*\nxong\n", [False, True]),
        ("## A\n*(Một.)*\n\n*(Hai.)*\n", [False]),
        ("## A\n*(Một.)*\n\nxong\n\n*(Hai.)*\n", [True]),
        ("## A\nxong\n\n*(Một.)*\n", [True]),
        ("## A\n*(không đóng\n", [True]),
        ("## A\n*(Một.)*\n\n```steps\n- no: 1\n```\n", [True]),
        ("## A\n*(Một.)*\n### B\n", [True, False]),
    ],
)
def test_a_hint_alone_is_no_text(text: str, expected: list[bool]) -> None:
    for each in (text, text.replace("\n", "\r\n")):
        assert [heading.written for heading in facts(each).headings] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md)", [("b.md", 1, False)]),
        ('[a](b.md "title")', [("b.md", 1, False)]),
        ("[a](b.md 'title')", [("b.md", 1, False)]),
        ("[a]( <b c.md> )", [("b c.md", 1, False)]),
        ("![a](b.png)", [("b.png", 1, True)]),
        ("[![a](b.png)](c.md)", [("b.png", 1, True), ("c.md", 1, False)]),
        ("[a [b] c](d.md)", [("d.md", 1, False)]),
        ("[a](b_(c).md)", [("b_(c).md", 1, False)]),
        ("\n\n[a](b)\n[c](d)\n", [("b", 3, False), ("d", 4, False)]),
        ("[a]: b.md\n", [("b.md", 1, False)]),
        ("x\n\n   [a]: <b.md>\n", [("b.md", 3, False)]),
        ('[a]: b.md "title"\n', [("b.md", 1, False)]),
        ("`[a](b)`", []),
        ("``[a](b) ` x``", []),
        ("`[a](b)", [("b", 1, False)]),
        (r"\`[a](b)\`", [("b", 1, False)]),
        ("```\n[a](b)\n```\n", []),
        ("~~~\n[a](b)\n~~~\n", []),
        ("````\n```\n[a](b)\n```\n````\n[c](d)\n", [("d", 6, False)]),
        ("```\n~~~\n[a](b)\n```\n[c](d)\n", [("d", 5, False)]),
        ("```\n[a](b)\n", []),
        ("```\n``` x\n[a](b)\n```\n[c](d)", [("d", 5, False)]),
        ("[a] (b)", []),
        ("[a](javascript:alert(1))", [("javascript:alert(1)", 1, False)]),
        ("[a](//host/x)", [("//host/x", 1, False)]),
        ("[a\nb](c)\n", [("c", 2, False)]),
    ],
)
def test_links(text: str, expected: list[tuple[str, int, bool]]) -> None:
    assert links(text) == expected
    assert links(text.replace("\n", "\r\n")) == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<b>x</b>", 1),
        ("x\n\n<script>", 3),
        ("x </b", 1),
        ("<!-- x -->", 0),
        ("<!-- x", 1),
        ("<!DOCTYPE html>", 1),
        ("<?php", 1),
        ("<img/src=x>", 1),
        ("<b\nonclick=x>", 1),
        ("`<b>`", 0),
        ("``<b> ` <i>``", 0),
        ("` <b>", 1),
        ("``<b>`", 1),
        ("```\n<b>\n```\n", 0),
        ("~~~html\n<b>\n~~~\n", 0),
        ("````\n```\n<b>\n````\n", 0),
        ("```\n<b>\n```\n<i>\n", 4),
        ("a < b and c > d", 0),
        ("1<2", 0),
        ("<https://example.org>", 0),
        ("<a@example.org>", 0),
        ("`a\n\n<b>\n\nb`", 3),
    ],
)
def test_html(text: str, line: int) -> None:
    assert facts(text).html_line == line
    assert facts(text.replace("\n", "\r\n")).html_line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("> " * 19 + "x", 0),
        ("> " * 20 + "x", 1),
        ("a\n\n" + ">" * 20 + "x", 3),
        ("a\n" + "- " * 20 + "x", 2),
        ("1. " * 20 + "x", 1),
        ("> - " * 10 + "x", 1),
        ("-\t" * 20 + "x", 1),
        ("\t" * 10 + "- x", 1),
        (" " * 40 + "- x", 1),
        ("  \t" * 10 + "1. x", 1),
        (" " * 38 + "- x", 0),
        ("Tiêu đề\n" + "-" * 40 + "\n", 0),
        ("-" * 20, 0),
        ("- " * 30, 0),
        ("*" * 30, 0),
        ("* " * 30, 0),
        ("\t- - -" * 10, 0),
        ("---|" * 30, 0),
        ("|" + "---|" * 30, 0),
        ("*" * 20 + "bold" + "*" * 20, 0),
        ("+" * 30, 0),
        ("```\n" + "> " * 30 + "\n```\n", 0),
    ],
)
def test_depth(text: str, line: int) -> None:
    assert facts(text).too_deep_line == line
    assert facts(text.replace("\n", "\r\n")).too_deep_line == line


def test_hidden_characters_and_composition() -> None:
    assert facts("a\n\nb\u200bc").hidden == ("\u200b", 3)
    assert facts("```\n\u202e\n```").hidden == ("\u202e", 2)
    assert facts("a\r\n\tb").hidden is None
    assert facts("a\nViệt\n").not_nfc_line == 0
    assert facts("a\nVie\u0323\u0302t\n").not_nfc_line == 2


def test_data_blocks_have_rows_lines_and_spans() -> None:
    for end in ("\n", "\r\n"):
        text = end.join(("# A", "", "```steps", "- no: 1", "  task: x", "- no: 2", "```", "", "``` steps ", "- [", "```", "```other", "- x", "```", ""))
        first, second = facts(text).blocks
        assert isinstance(first.rows, Sequence)
        row = first.rows.items[1]
        assert isinstance(row, Mapping)
        assert row.key_lines == {"no": 6}
        assert (first.line, second.line) == (3, 9)
        assert text[first.start : first.end].split() == ["-", "no:", "1", "task:", "x", "-", "no:", "2"]
        assert first.problem is None
        assert second.rows is None
        assert second.problem is not None
        assert second.problem[1] in (10, 11)


def test_spans_count_from_the_start_of_the_file() -> None:
    text = "---\nid: x\n---\n\n```steps\n- no: 7\n```\n"
    block = scan(text, 14, 4, STEPS).block("steps")[0]
    assert block.line == 5
    assert text[block.start : block.end] == "- no: 7\n"
    assert isinstance(block.rows, Sequence)
    assert block.rows.items[0].line == 6


def test_an_empty_and_an_open_data_block() -> None:
    assert facts("```steps\n```\n").blocks[0].rows is None
    [opened] = facts("```steps\n- no: 1\n").blocks
    assert (opened.rows, opened.line) == (None, 1)
    assert opened.problem is not None
    assert str(opened.problem[0]) == "it is not closed by a line of ```"


@settings(max_examples=300)
@given(st.text(st.sampled_from("ab#`~[]()<>!-*_ \t\n\r|:1.\\"), max_size=80))
def test_any_text_has_facts_within_its_lines(text: str) -> None:
    body = facts(text)
    last = text.count("\n") + 1
    lines = [h.line for h in body.headings] + [link.line for link in body.links] + [b.line for b in body.blocks]
    assert all(1 <= line <= last for line in lines)
    assert 0 <= body.html_line <= last
    assert 0 <= body.too_deep_line <= last
    assert [h.line for h in body.headings] == sorted(h.line for h in body.headings)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(["# A", "text", "[a](b)", "```", "~~~", "```steps", "- no: 1", "", "<b>", "`<b>`"]), max_size=12))
def test_line_ends_change_no_fact(lines: list[str]) -> None:
    lf, crlf = facts("\n".join(lines)), facts("\r\n".join(lines))
    assert (lf.headings, lf.links, lf.html_line) == (crlf.headings, crlf.links, crlf.html_line)
    assert [block.line for block in lf.blocks] == [block.line for block in crlf.blocks]


@pytest.mark.parametrize("hints", [1, 2, 3])
def test_a_block_below_hints_is_no_row_of_marks(hints: int) -> None:
    said = "\n\n".join(("*(Mỗi bước một dòng.)*",) * hints)
    assert [(heading.written, heading.worded) for heading in facts(f"## 5. Nội dung\n\n{said}\n\n```steps\n- no: B1\n```\n").headings] == [(True, True)]
    assert [heading.worded for heading in facts(f"## 5. Nội dung\n\n{said}\n\n—\n").headings] == [False]
