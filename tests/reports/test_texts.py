"""Texts of documents as a page and as paper: what people write in them is all there."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

import pytest

from qmsctl.core.library import Library
from qmsctl.reports import build
from qmsctl.store.pages.report_page import render_report
from tests.office import dossier, library_of
from tests.reports.browser import CHROMIUM, Browser
from tests.reports.small_office import checked, options

FRONT = "---\nid: QT-07\ntype: procedure\ntitle: Cấp bản sao\nrevision: 1\nowner: qmr\n---\n"
PATH = "documents/procedures/QT-07.md"
SIGNED = """author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-05T09:00:00+07:00
approve binh director 2026-01-06T09:00:00+07:00
"""
LONG = "dòng-lệnh --tùy-chọn=giá-trị " * 9 + "TỪCUỐI"
UNBROKEN = "a1b2c3d4" * 30 + "TỪCUỐI"
WIDE = "| " + " | ".join(f"Cột{n}" for n in range(1, 15)) + " |\n" + "|---" * 14 + "|\n| " + " | ".join(f"giá trị thứ {n}" for n in range(1, 15)) + " TỪCUỐI |"
BODIES = {
    "fenced": f"```\n{LONG}\n```",
    "fenced, one word": f"```\n{UNBROKEN}\n```",
    "fenced in an item": f"- mục\n\n  ```sh\n  {LONG}\n  ```",
    "fenced in a quotation": f"> ~~~\n> {UNBROKEN}\n> ~~~",
    "indented": f"x\n\n    {LONG}",
    "between backticks": f"`{UNBROKEN}`",
    "one word": UNBROKEN,
    "one word in a cell": f"| a | b |\n|---|---|\n| {UNBROKEN} | x |",
    "two words in a row": f"| a | b |\n|---|---|\n| {UNBROKEN[:-6]} | {UNBROKEN} |",
    "code in a cell": f"| a | b |\n|---|---|\n| x | `{UNBROKEN}` |",
    "many columns": WIDE,
    "an address": f"<https://a.example/{UNBROKEN}>",
    "one word in a heading": f"## {UNBROKEN}",
    "one word in an item": f"- - {UNBROKEN}",
    "a data block that is none": f"```costs x\n{LONG}\n```",
    "a step": f"```steps\n- {{no: B1, task: {UNBROKEN}}}\n```",
}


def written(body: str, files: Mapping[str, bytes] = MappingProxyType({})) -> Library:
    """An office in which a procedure with this body is in force."""
    text = {PATH: f"{FRONT}\n{body}\n".encode()}
    return library_of({**text, **dossier(text, "QT-07", SIGNED), **files})


def audit(library: Library) -> str:
    """The audit report of ``library`` with the texts of its documents."""
    return render_report("audit", build("audit", library, checked(library), options()), "vi")


def prose(library: Library) -> str:
    """What the audit report has of the text of the one document."""
    found = re.search(r'<div class="prose">(.*?)</div>\n', audit(library).partition('id="texts"')[2], re.DOTALL)
    assert found
    return found[1]


def test_a_line_ends_in_a_cell_of_a_table_and_of_a_data_block() -> None:
    steps = '```steps\n- no: B1\n  task: một<br>hai\n- no: B2\n  task: "ba\\nbốn"\n- {no: B3, task: năm<br onclick=x>sáu}\n```'
    text = prose(written(f"| a |\n|---|\n| một<BR/>hai |\n\n{steps}"))
    assert "<td>một<br>\nhai</td>" in text
    assert "một<br>hai" in text
    assert "ba<br>bốn" in text
    assert "năm&lt;br onclick=x&gt;sáu" in text


def test_a_link_to_a_heading_leads_there() -> None:
    files = {"documents/instructions/HD-01.md": FRONT.replace("QT-07", "HD-01").replace("procedure", "instruction").encode() + "# Cấp bản sao\n\n## **1.** Mục đích\n\n## Lặp\n\n## Lặp\n".encode()}
    files |= dossier(files, "HD-01", SIGNED.replace("review lan qmr 2026-01-05T09:00:00+07:00\n", ""))
    body = "## 1. Mục đích\n\n[a](#1-mục-đích) [b](../instructions/HD-01.md#1-mục-đích) [c](../moved/HD-01.md#l%E1%BA%B7p-1) [d](../instructions/HD-01.md#mất) [e](../instructions/HD-01.md)"
    html = audit(written(body, files))
    ids = set(re.findall(r' id="([^"]*)"', html))
    targets = {name: unquote(target) for target, name in re.findall(r'<a href="#([^"]*)" rel="[^"]*">([a-e])</a>', html)}
    assert set(targets.values()) <= ids
    assert targets == {"a": "text-QT-07-1-mục-đích", "b": "text-HD-01-1-mục-đích", "c": "text-HD-01-lặp-1", "d": "text-HD-01", "e": "text-HD-01"}


PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
FLOW = "documents/procedures/luu-do.png"


def test_pictures_stand_in_the_page_with_their_words() -> None:
    text = prose(written('![Lưu đồ "một"](luu-do.png "Hình 1") [![](luu-do.png)](#x)', {FLOW: PIXEL}))
    data = f"data:image/png;base64,{b64encode(PIXEL).decode()}"
    assert f'<img src="{data}" alt="Lưu đồ &quot;một&quot;" title="Hình 1">' in text
    assert f'<img src="{data}" alt="">' in text


def test_what_cannot_be_shown_is_named_with_its_reason() -> None:
    hostile = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
    text = prose(written("![sơ đồ](a.svg) ![ảnh](mất.png) ![xa](https://a.example/b.png)", {"documents/procedures/a.svg": hostile}))
    assert "<img" not in text
    assert "alert" not in text
    assert "sơ đồ (a.svg) [chỉ hiển thị PNG, JPEG, GIF và WebP" in text
    assert "ảnh (mất.png) [không có tệp này]" in text
    assert "xa (https://a.example/b.png)</a>" in text


def wide_png(width: int, height: int) -> bytes:
    """A white picture of this size."""
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress((b"\0" + b"\xff" * width) * height)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks)


def opened(browser: Browser, html: str, folder: Path, width: int = 1280) -> None:
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    browser.open(path, width)


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
@pytest.mark.parametrize("width", [360, 1280])
def test_a_picture_is_drawn_without_network_and_within_the_window(browser: Browser, tmp_path: Path, width: int) -> None:
    opened(browser, audit(written("![Lưu đồ](luu-do.png)", {FLOW: wide_png(3000, 40)})), tmp_path, width)
    drawn = browser.evaluate("[...document.images].map(each => [each.complete, each.naturalWidth, each.getBoundingClientRect().right <= innerWidth])")
    assert drawn == [[True, 3000, True]]
    assert [each for each in browser.requests() if not each.startswith("data:")] == []
    assert browser.complaints() == []


@pytest.mark.skipif(CHROMIUM is None or shutil.which("pdftotext") is None, reason="needs chromium and pdftotext")
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_paper_has_the_end_of_every_line(browser: Browser, body: str, tmp_path: Path) -> None:
    opened(browser, audit(written(body)), tmp_path)
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(browser.pdf())
    # What lies beyond the margin of a page is in the file, too; the box leaves it out.
    size = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert "A4" in size
    box = ["-x", "56", "-y", "56", "-W", "497", "-H", "735"]
    text = subprocess.run(["pdftotext", "-layout", *box, pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert "TỪCUỐI" in re.sub(r"\s", "", text)
