"""Front matter that nobody closed: the line that is missing is named, whatever the text begins with."""

from __future__ import annotations

import pytest

from qmsctl.core.reading import Unreadable, parse
from qmsctl.store.shipped.definitions import type_set

TYPES = type_set({})
PATH = "documents/instructions/HD-01.md"
FRONTS = {
    "fields": "id: HD-01\ntype: instruction\ntitle: Đóng gói\nowner: qmr\n",
    "a list": "id: HD-01\ntitle: Đóng gói\nkeywords:\n  - một\n  - hai # ghi chú\n",
    "a list without indent": "id: HD-01\ntitle: Đóng gói\nkeywords:\n- một\n- hai\n",
    "a comment between": "id: HD-01\n\n# Ai phụ trách\nowner: qmr\n",
    "a block text": "id: HD-01\ntitle: Đóng gói\nchange: |\n  một dòng\n\n  hai dòng\n",
    "a long list": "id: HD-01\nkeywords: [một,\n  hai]\n",
}
TEXTS = {
    "title": "# Đóng gói\n\n## 1. Mục đích\n\nĐóng gói tốt.\n",
    "other heading": "## Mục đích\n\nĐóng gói tốt.\n",
    "prose": "Đóng gói tốt.\n",
    "prose with a colon": "Ghi chú: đóng gói tốt, xem: sổ tay.\n",
    "bold": "**Đóng gói** tốt.\n",
    "bullets": "- một\n- hai: ba\n\nChữ.\n",
    "stars": "* một\n* hai\n",
    "numbers": "1. một\n2. hai\n",
    "table": "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "quotation": "> dẫn\n",
    "picture": "![sơ đồ](so-do.png)\n",
    "link": "[sổ tay](STCL.md) nói thế.\n",
    "code": "`lệnh` chạy.\n",
    "hint": "*(Ghi ở đây.)*\n",
}
LATER = {"no rule": "", "a rule": "\n---\n\nHết.\n", "two rules": "\n---\n\n---\n", "underlined": "\nHết\n---\n", "a rule with blanks": "\n---  \n"}


def said(text: str, bom: bytes = b"") -> Unreadable | None:
    return parse(PATH, bom + text.encode(), TYPES).problem


@pytest.mark.parametrize("later", LATER.values(), ids=LATER)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS)
def test_the_place_of_the_missing_line_is_named(front: str, text: str, later: str) -> None:
    if front == FRONTS["a list without indent"] and text == TEXTS["bullets"]:
        pytest.skip("the list of the text goes on with that of the front matter")
    place = 3 + front.count("\n")
    for whole in (f"---\n{front}\n{text}{later}", f"---\n{front}\n{text}\n{'x' * 70_000}\n{later}"):
        for each in (whole, whole.replace("\n", "\r\n")):
            for bom in (b"", b"\xef\xbb\xbf"):
                found = said(each, bom)
                assert found is not None
                assert f"not closed by a line of ---, which is missing before line {place}" in str(found.message), each[:200]
                assert found.line == (place if later and len(whole) < 70_000 else 1)
                assert f"put a line of --- before line {place}" in str(found.mend)


@pytest.mark.parametrize("mark", ["...", "----", "--", "—", "–––", " ---", "===", "***", "___", "\t---", "```"])
@pytest.mark.parametrize("later", LATER.values(), ids=LATER)
def test_what_stands_in_its_place_is_named(mark: str, later: str) -> None:
    front = FRONTS["fields"]
    found = said(f"---\n{front}{mark}\n\n# Đóng gói\n\nChữ.\n{later}")
    assert found is not None
    assert f"line {2 + front.count(chr(10))} has “{mark.strip()}” instead" in str(found.message)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS)
@pytest.mark.parametrize("mark", ["---", "--- ", "---\t"])
def test_a_file_that_is_closed_is_read(front: str, text: str, mark: str) -> None:
    for end in ("\n", "\r\n"):
        for bom in (b"", b"\xef\xbb\xbf"):
            assert said(f"---\n{front}\n# một lời\n{mark}\n{text}\n---\n\n...\n".replace("\n", end), bom) is None


@pytest.mark.parametrize(
    ("front", "line", "part"),
    [
        ('id: HD-01\ntitle: "Đóng gói\n\n', 3, "quotation mark"),
        ("id: HD-01\nkeywords: [một\n\n", 3, "bracket"),
        ("id: HD-01\ntitle: a: b\n\n", 3, "colon"),
        ("id: HD-01\nchữ lạc\ntitle: a\n", 3, "key: value"),
        ("id: HD-01\nid: HD-02\n", 3, "given twice"),
    ],
)
def test_another_fault_is_not_taken_for_it(front: str, line: int, part: str) -> None:
    found = said(f"---\n{front}---\n\n# Đóng gói\n\nChữ.\n")
    assert found is not None
    assert (found.line, part in str(found.message), found.mend) == (line, True, None), found.message
