"""A line in bold is a heading where it names a section that no other heading opens; in print as for rules."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.sections.sections import filled_sections, section_of, written_sections
from qmsctl.core.sections.typed_body import typed_body
from qmsctl.core.text.body import scan
from qmsctl.core.text.headings import with_bold
from qmsctl.core.types.record_type import RecordType
from qmsctl.reports.parts.document_text import body_text
from qmsctl.store.shipped.definitions import type_set
from tests.core.test_two_readers import DATA, PIECES, headings, made_of, parser
from tests.office import library_of

FRONT = "---\nid: HD-01\ntype: instruction\ntitle: Tiếp nhận\nrevision: 1\nowner: lan\n---\n"
PATH = "documents/instructions/HD-01.md"


def instruction() -> RecordType:
    found = type_set({}).get("instruction")
    assert found is not None
    return found


def sections(body: str) -> list[tuple[int, str]]:
    found = instruction()
    named = ((each.line, section_of(each, found.sections)) for each in typed_body(body, 0, 1, found).headings)
    return [(line, section.id) for line, section in named if section]


@pytest.mark.parametrize("line", [
    "**Mục đích**", "**1. Mục đích**", "**1.Mục đích:**", "__I/ MỤC ĐÍCH__", "**Điều 1. Mục đích**:", "**A. Purpose**", "**1 - Mục đích**  ", "**Mục đích / Purpose**",
])
@pytest.mark.parametrize("after", ["\n\nChữ.", "\nChữ.", "\n\n```x\na\n```", "\n- mục"])
def test_a_line_in_bold_opens_a_section(line: str, after: str) -> None:
    assert sections(f"# Tiêu đề\n\n{line}{after}") == [(3, "purpose")]
    assert sections(f"{line}{after}") == [(1, "purpose")]


@pytest.mark.parametrize("body", [
    "Chữ\n**Mục đích**", "- mục\n  **Mục đích**", "> **Mục đích**", "```\n\n**Mục đích**\n```", "<!--\n**Mục đích**\n-->", "    **Mục đích**", "**Mục đích** là gì", "**Mục\nđích**",
    "**Lưu ý**", "** Mục đích**", "**Mục đích **", "*Mục đích*", "**Mục đích", "**[Mục đích](a.md)**", "1. **Mục đích**", "**Mục** đích**",
])
def test_what_is_none_opens_nothing(body: str) -> None:
    assert sections(body) == []


def test_where_a_heading_opens_the_section_the_words_in_bold_are_words() -> None:
    assert sections("**Nội dung**\n\na\n\n## 1. Mục đích\n\n**Mục đích**\n\nb") == [(1, "content"), (5, "purpose")]


def test_what_stands_below_is_its_text() -> None:
    library = library_of({PATH: f"{FRONT}\n**1. Mục đích**\n\n**2. Nội dung**\nLàm.\n"})
    item = library.by_id["HD-01"]
    assert filled_sections(item) == written_sections(item) == {"content"}


PARTS = (*PIECES, "**Mục đích**", "**1. Nội dung:**", "__Phạm vi__", "**Lưu ý**", "## Nội dung", "---", "\\**Mục đích**", "  **Mục đích**")


@settings(max_examples=300)
@given(made_of(*PARTS))
def test_headings_known_to_rules_are_those_in_print(text: str) -> None:
    library = library_of({PATH: f"{FRONT}{text}\n"})
    item = library.by_id.get("HD-01")
    if item is None:
        return
    printed = body_text(item, library).markdown
    known = [(each.level, each.text) for each in item.body.headings]
    shown = [(level, inner) for level, _line, inner in headings(parser().parse(printed, {}))]
    assert [each for each in shown if each not in known] == []
    bold = {each.text for each in item.body.headings} - {each.text for each in scan(f"{text}\n", 0, 1, DATA).headings}
    assert all((2, each) in shown for each in bold)


@given(st.text(alphabet="*_ab \n#", max_size=60))
def test_nothing_moves(text: str) -> None:
    made = with_bold(f"\n{text}", lambda _words: True)
    assert len(made) == len(text) + 1
    assert [at for at, each in enumerate(made) if each == "\n"] == [at for at, each in enumerate(f"\n{text}") if each == "\n"]
