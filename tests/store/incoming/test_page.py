"""Pages of others: all that a reader sees of them is shown."""

from __future__ import annotations

import pytest

from qmsctl.core.incoming.blocks import block_of, words
from qmsctl.store.incoming.page import read

PAGES = {
    "<head><meta charset=utf-8><title>t</title><body><p>Mục đích": "Mục đích",
    "<p><input type=checkbox checked> Đạt <input type=radio> Không</p>": "☒ Đạt ☐ Không",
    "<select><option>Có</option><option selected>Không</option></select>": "☐ Có ☒ Không",
    "<p>Số: <input value='12'><input type=hidden value=x></p>": "Số: 12",
    "<table><caption>Bảng 1</caption>lạc<tr><td>ô</td></tr></table>": "Bảng 1lạc\n\nô",
    "<table><tr><td><table><caption>Bảng 2</caption><tr><td>ô</table></table>": "\nBảng 2\nô",
}


@pytest.mark.parametrize("html", PAGES)
def test_what_a_page_shows_is_read(html: str) -> None:
    assert words(map(block_of, read(html.encode(), markdown=False)["blocks"])) == PAGES[html]


def test_a_note_at_the_foot_is_no_address() -> None:
    assert words(map(block_of, read("Xem[^1]\n\n[^1]: mục_5\n".encode(), markdown=True)["blocks"])) == "Xem[^1]\n[^1]: mục_5"


def test_values_over_several_lines_are_read_whole() -> None:
    text = "---\nunit:\n  name: Một cửa\n  # không\nwhy: >-\n  dòng một\n  dòng hai\n---\n# X\n"
    assert read(text.encode(), markdown=True)["fields"] == {"unit": "name: Một cửa", "why": "dòng một dòng hai"}
