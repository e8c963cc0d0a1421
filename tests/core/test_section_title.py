"""Headings as people write them: what counts as the same title, and what does not."""

from __future__ import annotations

import unicodedata

import pytest

from qmsctl.core.sections.section_title import readings
from qmsctl.core.sections.sections import by_title, section_of
from qmsctl.core.text.body import scan
from qmsctl.core.types.record_type import RecordType
from qmsctl.store.shipped.definitions import type_set

NUMBERS = (
    "1. ", "1.", "1 ", "1) ", "(1) ", "[1] ", "1/ ", "1: ", "1 - ", "1 – ", "1\\. ", "1.2 ", "1.2. ", "1.0. ", "1．", "1\u00a0", "①", "IV. ", "IV ", "iv) ", "(iv) ",
    "A. ", "b) ", "B – ", "1.a. ", "§ 1 ", "Điều 1. ", "MỤC 2: ", "Phần III - ", "Section 1: ", "Article 2. ", "",
)  # fmt: skip
AROUND = ("{}", "**{}**", "__{}__", "*{}*", "***{}***", "~~{}~~", "`{}`", "[{}](#x)", "[{}](b_(c).md 'x')", "{}:", "{}.", "{}…", "“{}”", "{} {{#x}}", "**{}:**")


def wordings(title: str) -> list[str]:
    """Every way of writing a title that is tried."""
    whole = [around.format(number + title) for around in AROUND for number in NUMBERS if "`" not in around or "\\" not in number]
    inside = [number + around.format(title) for around in AROUND for number in NUMBERS if not number or number[-1] in " ."]
    bold_number = [f"**{number.strip()}** {title}" for number in NUMBERS if number.strip()]
    return [*whole, *inside, *bold_number]


@pytest.mark.parametrize("title", ["Mục đích", "Purpose", "Định nghĩa, chữ viết tắt", "Hồ sơ lưu", "Instruction"])
def test_a_title_is_known_however_it_is_numbered_and_set(title: str) -> None:
    wanted = readings(title).whole[0]
    for form in ("NFC", "NFD"):
        for written in wordings(title):
            for each in (written, written.upper(), f" {written} "):
                said = unicodedata.normalize(form, each)
                assert wanted in readings(said).whole, said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà giải", "HÒA GIẢI"), ("Thuỷ lợi", "Thủy lợi"), ("Định nghĩa, chữ viết tắt", "Định nghĩa và chữ viết tắt"), ("Uỷ quyền", "Ủy quyền"),
        ("Definitions and abbreviations", "Definitions &amp; Abbreviations"), ("Definitions and abbreviations", "DEFINITIONS & ABBREVIATIONS"),
        ("Mục đích", "Mục   đích"), ("Mục đích", "Mục\nđích"), ("Mục đích", "Mục<br>đích"),
    ],
)  # fmt: skip
def test_the_same_title_in_other_letters(one: str, other: str) -> None:
    assert readings(one).whole[0] in readings(other).whole


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mục đích", "Muc dich"), ("Phạm vi", "Vi phạm"), ("Scope", "1. Purpose and scope"), ("Mục đích", "Mục đích yêu cầu"), ("Scope", "Scope 1"),
        ("Phạm", "Vi phạm"), ("Ma", "Mạ"), ("Mục đích", "Điều Mục đích"),
    ],
)  # fmt: skip
def test_another_title_stays_another(one: str, other: str) -> None:
    assert readings(one).whole[0] not in readings(other).whole


BUILTIN = tuple(each for each in type_set({}).all() if each.sections)


@pytest.mark.parametrize("found", BUILTIN, ids=lambda each: each.name)
def test_every_title_of_a_type_opens_its_own_section(found: RecordType) -> None:
    titles = [(section, title) for section in found.sections for title in section.title.texts.values()]
    for section, title in titles:
        for written in (f"## {title}", f"## **3.** {title.upper()}:", f"3\\. {title}\n---"):
            (heading,) = scan(written, 0, 1, frozenset()).headings
            assert section_of(heading, found.sections) == section, written
    assert {words for _section, title in titles for words in readings(title).whole} == set(by_title(found.sections))
