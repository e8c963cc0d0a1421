"""A section gets its text and every other line stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.sections.section_text import in_section, settable, text_of, text_problem, with_section
from qmsctl.core.text.body import scan
from qmsctl.errors import Refusal
from qmsctl.store.shipped.definitions import type_set

TYPES = type_set({})
(NC,) = (each for each in TYPES.all() if each.name == "nonconformity")
DESCRIPTION, EVIDENCE = (section for name in ("description", "seen") for section in NC.sections if section.id == name)
BODY = "# Tiêu đề\n\n## 1. Mô tả\n\n*(Ghi ở đây,\nhai dòng.)*\n\n### Chi tiết\n\n## 2. Bằng chứng\n\n*(Tệp.)*\n"


def test_takes_the_place_of_the_hint() -> None:
    body = BODY.replace("### Chi tiết\n\n", "")
    assert in_section(body, NC, DESCRIPTION, "Một.\n\nHai.", "vi") == "# Tiêu đề\n\n## 1. Mô tả\n\nMột.\n\nHai.\n\n## 2. Bằng chứng\n\n*(Tệp.)*\n"
    assert in_section(body, NC, EVIDENCE, "HS-01", "vi").endswith("## 2. Bằng chứng\n\nHS-01\n")


def test_below_an_underlined_heading() -> None:
    body = BODY.replace("### Chi tiết\n\n", "").replace("## 1. Mô tả", "**1.\nMô tả**\n---------").replace("## 2. Bằng chứng", "Bằng chứng\n-")
    made = "# Tiêu đề\n\n**1.\nMô tả**\n---------\n\nMột.\n\nBằng chứng\n-\n\n*(Tệp.)*\n"
    assert in_section(body, NC, DESCRIPTION, "Một.", "vi") == made
    assert text_of(made, NC, DESCRIPTION) == "Một."
    assert in_section(made, NC, EVIDENCE, "HS-01", "vi") == made.replace("*(Tệp.)*", "HS-01")


def test_an_own_text_is_not_overwritten() -> None:
    with pytest.raises(Refusal, match="has a text already"):
        in_section(BODY, NC, DESCRIPTION, "Một.", "vi")
    beside = in_section(BODY, NC, DESCRIPTION, "Một.", "vi", beside=True)
    assert "## 1. Mô tả\n\n### Chi tiết\n\nMột.\n\n## 2." in beside


def test_a_section_that_is_not_there_comes_last() -> None:
    assert in_section("# A\n", NC, EVIDENCE, "HS-01", "vi") == "# A\n\n## Bằng chứng\n\nHS-01\n"
    assert in_section("", NC, EVIDENCE, "HS-01", "en") == "\n## Evidence\n\nHS-01\n"


@pytest.mark.parametrize("text", ["## Mô tả", "# A", "a\n\n```\nb", "~~~", "## 2. Bằng chứng\n\nx", "Mô tả\n-----", "a\n=", "a\n\nb\nc\n---"])
def test_no_text_begins_or_swallows_a_section(text: str) -> None:
    assert text_problem(text)
    with pytest.raises(Refusal, match="a heading, or a fence"):
        in_section(BODY, NC, EVIDENCE, text, "vi")


def test_what_a_text_may_hold() -> None:
    for text in ("### Nhỏ\n\nx", "```\ncode\n```", "- a\n- b", "#1 là số", "a # b", "a\n\n---\n\nb", "- a\n- b\n---", "| a |\n|---|"):
        assert text_problem(text) is None
        assert text in in_section(BODY, NC, EVIDENCE, text, "vi")
    assert text_problem("<b>x</b>")


def test_line_ends_and_front_matter_stay() -> None:
    data = b"\xef\xbb\xbf---\r\nid: X # \xc4\x91\r\n---\r\n\r\n## 2. B\xe1\xba\xb1ng ch\xe1\xbb\xa9ng\r\n\r\n*(x)*\r\n"
    made = with_section(data, NC, EVIDENCE, "a\nb", "vi")
    assert made == data.replace(b"*(x)*\r\n", b"a\r\nb\r\n")


def test_which_names_are_sections() -> None:
    assert settable(NC, "description") == DESCRIPTION
    assert settable(NC, "evidence") is None, "a field is called so"
    assert settable(NC, "whys") is None, "a table is called so"
    assert settable(NC, "nothing") is None


LINES = st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=20), min_size=1, max_size=5)


@given(LINES)
def test_whatever_is_written_is_read_again_and_nothing_else_changes(lines: list[str]) -> None:
    text = "\n".join(lines).strip("\n")
    try:
        made = in_section(BODY, NC, EVIDENCE, text, "vi")
    except Refusal:
        return
    assert [h.text for h in scan(made, 0, 1, frozenset()).headings if h.level <= 2] == ["Tiêu đề", "1. Mô tả", "2. Bằng chứng"]
    assert made.startswith(BODY[: BODY.index("*(Tệp")])
    hints = scan(made, 0, 1, frozenset()).hints
    if len(hints) == 1:
        assert text_of(made, NC, EVIDENCE).strip() == text.strip()
