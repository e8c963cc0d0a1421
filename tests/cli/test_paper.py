"""The paper of a document as PDF, Word file, copies with their slip, and an export: read back by other programs."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document

from qmsctl.core.text.characters import visible
from qmsctl.store.pages.printing import BROWSER
from qmsctl.store.word.layout import WordHead
from qmsctl.store.word.tree import Element, tree
from qmsctl.store.word.word_file import word_file
from tests import desk as desks
from tests.desk import Desk, qmsctl
from tests.reports.browser import CHROMIUM

EXAMPLE = Path(__file__).parents[2] / "example-repo"
DAY = "2026-11-20"
ME = ("--organization", "UBND phường Tân An", "--name", "Anna Miller", "--email", "anna@works.example")
NEW = [(profile, standard, lang) for profile in ("agency", "company") for standard in ("iso9001-2008", "iso9001-2015") for lang in ("vi", "en")]
needs_browser = pytest.mark.skipif(CHROMIUM is None or shutil.which("pdftotext") is None, reason="needs chromium and pdftotext")
pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("paper")
    with desks.own_home(folder):
        yield Desk(Path(shutil.copytree(EXAMPLE, folder / "office")), DAY, lang="vi")


@pytest.fixture(params=NEW, ids="-".join)
def new_office(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> Desk:
    profile, standard, lang = request.param
    said = qmsctl("--lang", lang, "--today", DAY, "init", tmp_path / "a", "--profile", profile, "--standard", standard, "--lang", lang, *ME, "--commit")
    assert said.code == 0, said.err
    return Desk(tmp_path / "a", DAY, lang=lang)


def pages(pdf: Path, *options: str) -> list[str]:
    """The text of each page."""
    said = subprocess.run(["pdftotext", *options, pdf, "-"], capture_output=True, check=True).stdout.decode()
    return said.rstrip("\f").split("\f")


def squeezed(text: str) -> str:
    """A text without white space and hyphens, in one form of its letters."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]", "", unicodedata.normalize("NFC", text))


def words(page: str) -> list[str]:
    """What a reader sees of a page: the words between its head and its foot."""
    return [word for main in tree(page).all("main") for word in _words(main)]


def _words(element: Element) -> Iterator[str]:
    if not element.is_seen or element.classes() & {"head", "stamped", "announced"}:
        return
    for each in element.inside:
        if isinstance(each, str):
            yield from each.split()
        else:
            yield from _words(each)


def page_of(desk: Desk, *about: str) -> str:
    return visible(desk.run("report", "document", *about, "-o", "-").out)


def text_of(path: Path) -> str:
    """The text of a Word file, without its head and foot."""
    found = Document(str(path)).element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
    return "".join(each.text or "" for each in found)


def is_whole(printed: str, page: str) -> list[str]:
    """The words of the page that the print lacks."""
    found = squeezed(printed)
    return [word for word in words(page) if squeezed(word) not in found]


@needs_browser
@pytest.mark.parametrize(("subject", "more"), [("QT-07", ()), ("QT-02", ()), ("STCL", ()), ("QT-07", ("--copy", "02")), ("QT-07", ("--revision", "2")), ("QT-08", ("--revision", "3"))], ids=str)
def test_every_page_has_its_head_and_every_word_is_printed(example: Desk, tmp_path: Path, subject: str, more: tuple[str, ...]) -> None:
    pdf = tmp_path / "a.pdf"
    example.run("report", "document", subject, *more, "-o", pdf)
    found = pages(pdf)
    for number, each in enumerate(found, 1):
        assert f"Mã hiệu: {subject}" in each
        assert f"Trang: {number}/{len(found)}" in each
        assert "UBND PHƯỜNG TÂN AN" in " ".join(each.split())
    if more[:1] != ("--revision",):  # words across the page lie between those below them
        assert is_whole("\n".join(pages(pdf, "-raw")), page_of(example, subject, *more)) == []


@needs_browser
@pytest.mark.parametrize(
    ("about", "stamp"),
    [
        (("QT-07",), "BẢN IN KHÔNG KIỂM SOÁT"),
        (("QT-07", "--copy", "02"), "TÀI LIỆU KIỂM SOÁT – Bản số 02"),
        (("QT-07", "--revision", "2"), "HẾT HIỆU LỰC – thay thế bằng lần ban hành 03, từ ngày 17/08/2026"),
        (("QT-08", "--revision", "3"), "DỰ THẢO"),
        (("QT-07", "--revision", "4"), "BẢN IN KHÔNG KIỂM SOÁT – có hiệu lực từ ngày 14/12/2026"),
    ],
    ids=str,
)
def test_the_stamp_is_on_every_page(example: Desk, tmp_path: Path, about: tuple[str, ...], stamp: str) -> None:
    example.run("report", "document", *about, "--format", "pdf", "-o", tmp_path / "a.pdf")
    assert all(stamp in " ".join(each.split()) for each in pages(tmp_path / "a.pdf"))


def test_an_adopted_paper_shows_who_approved_it_and_by_which_decision(example: Desk) -> None:
    said = " ".join(words(page_of(example, "QT-02")))
    assert "Chủ tịch" in said
    assert "Ban hành kèm theo Quyết định số 86/QĐ-UBND ngày 15/09/2025" in said
    assert "Tiếp nhận vào kho: Nguyễn Thị Lan" in said
    assert "ký số" not in said


@needs_browser
def test_forms_come_behind_with_pages_of_their_own(example: Desk, tmp_path: Path) -> None:
    example.run("report", "document", "QT-07", "--with-forms", "-o", tmp_path / "a.pdf")
    found = pages(tmp_path / "a.pdf")
    first = [each for each in found if "Trang: 1/" in each]
    assert [match[1] for each in first if (match := re.search(r"Mã hiệu: (\S+)", each))] == ["QT-07", *(f"BM-07.0{n}" for n in range(1, 8))]


@needs_browser
def test_no_box_of_the_flow_chart_is_black(example: Desk, tmp_path: Path) -> None:
    example.run("report", "document", "QT-07", "-o", tmp_path / "a.pdf")
    subprocess.run(["pdftoppm", "-r", "40", "-gray", tmp_path / "a.pdf", tmp_path / "p"], check=True)
    drawn = list(tmp_path.glob("p-*.pgm"))
    assert drawn
    for path in drawn:
        data = path.read_bytes()
        pixels = data[-330 * 467 :]
        assert sum(each < 60 for each in pixels) < len(pixels) / 20


@needs_browser
def test_copies_and_the_slip_of_a_distribution(example: Desk, tmp_path: Path) -> None:
    example.run("report", "document", "QT-07", "--distribution", "PP-2026-002", "-o", tmp_path / "out")
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["PP-2026-002.pdf", "QT-07-03-01.pdf", "QT-07-03-02.pdf"]
    assert "TÀI LIỆU KIỂM SOÁT – Bản số 01" in " ".join(pages(tmp_path / "out" / "QT-07-03-01.pdf")[0].split())
    slip = pages(tmp_path / "out" / "PP-2026-002.pdf", "-raw")[0]
    assert all(each in slip for each in ("Hoàng Văn Nam", "Phạm Thị Hoa", "Mã hiệu: PP-2026-002", "Trang: 1/1"))


def test_nothing_is_written_of_a_copy_that_is_with_nobody(example: Desk, tmp_path: Path) -> None:
    said = example.run("report", "document", "QT-07", "--copy", "09", "-o", tmp_path / "a.html", code=1)
    assert "qmsctl new distribution" in said.err
    said = example.run("report", "document", "QT-07", "--distribution", "PP-2026-001", "-o", tmp_path / "out", code=1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words_", [("audit", "--copy", "1"), ("audit", "--format", "docx"), ("document", "QT-07", "--copy", "02", "--format", "docx"), ("document", "QT-07", "--with-forms", "--format", "html"), ("document", "QT-07", "--format", "xls"), ("document", "QT-07", "--distribution", "PP-2026-002")], ids=str)
def test_what_no_form_bears_is_refused(example: Desk, words_: tuple[str, ...]) -> None:
    example.run("report", *words_, code=2)


@pytest.mark.parametrize("about", [("QT-07",), ("QT-02",), ("BM-07.03",), ("QT-07", "--revision", "2")], ids=str)
def test_a_word_file_has_every_word_and_no_stamp(example: Desk, tmp_path: Path, about: tuple[str, ...]) -> None:
    example.run("report", "document", *about, "-o", tmp_path / "a.docx")
    example.run("report", "document", *about, "-o", tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    found, body = Document(str(tmp_path / "a.docx")), text_of(tmp_path / "a.docx")
    assert is_whole(body, page_of(example, *about)) == []
    section = found.sections[0]
    head = "\n".join(cell.text for cell in section.header.tables[0].rows[0].cells)
    assert f"Mã hiệu: {about[0]}" in head
    assert "Bản Word để tham khảo, không phải bản kiểm soát" in section.footer.paragraphs[0].text
    assert "TÀI LIỆU KIỂM SOÁT" not in body + head
    with ZipFile(tmp_path / "a.docx") as file:
        header = next(file.read(name).decode() for name in file.namelist() if name.startswith("word/header") and b"PAGE" in file.read(name))
        assert "NUMPAGES" in header
        assert b"w:tblHeader" in file.read("word/document.xml")


def test_an_export_names_the_digest_of_file_and_dossier(example: Desk, tmp_path: Path) -> None:
    example.run("export", "documents", "--unit", "mot-cua", "--format", "html", "-o", tmp_path / "out")
    lines = (tmp_path / "out" / "manifest.sha256").read_text(encoding="utf-8").splitlines()
    files = [line.split("  ") for line in lines if not line.startswith("#")]
    assert files
    assert all(hashlib.sha256((tmp_path / "out" / path).read_bytes()).hexdigest() == digest for digest, path in files)
    subject, revision, digest = lines[0].removeprefix("# ").split()
    assert (example.root / f"signoffs/{subject}/{revision}-{digest[:8]}").is_dir()
    again = example.run("export", "documents", "-o", tmp_path / "out", code=3)
    assert str(tmp_path / "out") in again.err


def test_an_export_of_nothing_is_refused(desk: Desk, tmp_path: Path) -> None:
    for words, code, says in ((), 3, "no such document is in force"), (("--unit", "nowhere"), 2, "which is not known here"):
        said = desk.run("export", "documents", *words, "-o", tmp_path / "out", code=code)
        assert says in said.err
        assert not (tmp_path / "out").exists()


@needs_browser
def test_new_offices_print_their_documents(new_office: Desk, tmp_path: Path) -> None:
    subject = min(each.stem for each in (new_office.root / "documents" / "procedures").glob("*.md"))
    new_office.run("report", "document", subject, "-o", tmp_path / "a.pdf")
    found = pages(tmp_path / "a.pdf")
    code, page, draft = ("Mã hiệu", "Trang", "DỰ THẢO") if new_office.lang == "vi" else ("Code", "Page", "DRAFT")
    for number, each in enumerate(found, 1):
        assert f"{code}: {subject}" in each
        assert f"{page}: {number}/{len(found)}" in each
        assert draft in each
    new_office.run("report", "document", subject, "-o", tmp_path / "a.docx")
    assert is_whole(text_of(tmp_path / "a.docx"), page_of(new_office, subject)) == []


@needs_browser
@pytest.mark.parametrize("title", ['x"}</style><script>alert(1)</script>', "Quy trình " * 19, "W" * 190, "\\61 @page {}"])
def test_a_hostile_title_is_whole_on_every_page(desk: Desk, tmp_path: Path, title: str) -> None:
    desk.edit("documents/procedures/QT-01.md", re.findall("^title: .*$", desk.read("documents/procedures/QT-01.md"), re.MULTILINE)[0], "title: '" + title.strip() + "'")
    desk.run("report", "document", "QT-01", "-o", tmp_path / "a.pdf")
    found = pages(tmp_path / "a.pdf", "-raw")
    assert all(squeezed(title) in squeezed(each) for each in found)
    assert all(f"Page: {number}/{len(found)}" in each for number, each in enumerate(found, 1))


def test_where_no_browser_is_it_says_what_to_install(example: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BROWSER, "no-such-browser")
    said = example.run("report", "document", "QT-07", "-o", tmp_path / "a.pdf", code=3)
    assert "QMSCTL_BROWSER" in said.err
    assert not list(tmp_path.iterdir())


def test_a_browser_that_is_too_old_is_not_used(example: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "old-browser"
    old.write_text("#!/bin/sh\necho Chromium 130.0.1\n")
    old.chmod(0o755)
    monkeypatch.setenv(BROWSER, os.fspath(old))
    said = example.run("report", "document", "QT-07", "-o", tmp_path / "a.pdf", code=3)
    assert "130" in said.err


@needs_browser
def test_a_pdf_takes_the_place_of_an_earlier_one_only(example: Desk, tmp_path: Path) -> None:
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.4 of somebody else\n%%EOF\n")
    example.run("report", "document", "BM-07.03", "-o", pdf, code=3)
    example.run("report", "document", "BM-07.03", "-o", pdf, "--force")
    example.run("report", "document", "BM-07.03", "-o", pdf)


def test_without_a_browser_the_library_prints_what_is_in_the_page_alone(example: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, object] = {}

    class Html:
        def __init__(self, **given: object) -> None:
            asked.update(given)

        def write_pdf(self) -> bytes:
            return b"%PDF-1.7\n%%EOF\n"

    class Fetcher:
        def fetch(self, url: str, headers: object = None) -> str:
            return url

    weasyprint, urls = ModuleType("weasyprint"), ModuleType("weasyprint.urls")
    weasyprint.HTML, urls.URLFetcher = Html, Fetcher  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "weasyprint", weasyprint)
    monkeypatch.setitem(sys.modules, "weasyprint.urls", urls)
    monkeypatch.setenv(BROWSER, "no-such-browser")
    example.run("report", "document", "BM-07.03", "-o", tmp_path / "a.pdf")
    inside: Any = asked["url_fetcher"]
    assert inside.fetch("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>")
    for elsewhere in ("http://127.0.0.1/a.png", "file:///etc/passwd", "FILE:///etc/passwd", "//a/b.png", "a.png"):
        with pytest.raises(ValueError, match=re.escape(elsewhere)):
            inside.fetch(elsewhere)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-1.7")


HEAD = WordHead("UBND", "QUY TRÌNH", "x", ("Mã hiệu: QT-07",), "Trang", "Bản Word")


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>a <b>b</b><br>c<sub>2</sub></p>", ["a b\nc2"]),
        ('<ol start="3"><li>ba</li><li value="7"><p>bảy</p><ul><li>con</li></ul></li></ol>', ["3.\tba", "7.\tbảy", "•\tcon"]),
        ('<ul><li class="task">☑ xong</li></ul>', ["☑ xong"]),
        ("<pre><code>a\n  b</code></pre>", ["a\n  b"]),
        ('<p>x<img src="data:image/png;base64,AAAA" alt="ảnh hỏng"></p>', ["xảnh hỏng"]),
        ('<p aria-hidden="true">vẽ</p><p class="stamped">dấu</p><p>chữ</p>', ["chữ"]),
        ("<blockquote><p>dẫn</p></blockquote>trần", ["dẫn", "trần"]),
    ],
)
def test_what_stands_in_a_page_stands_in_the_word_file(tmp_path: Path, html: str, said: list[str]) -> None:
    (tmp_path / "a.docx").write_bytes(word_file(f"<main>{html}</main>", HEAD, date(2026, 1, 5), "vi"))
    assert [each.text for each in Document(str(tmp_path / "a.docx")).paragraphs] == said


def test_a_cell_of_two_columns_and_one_too_many_stay_in_their_table(tmp_path: Path) -> None:
    rows = "<tr><th colspan='2'>a</th></tr><tr><td>b</td><td>c</td><td>d</td></tr>"
    (tmp_path / "a.docx").write_bytes(word_file(f"<main><table><thead>{rows}</thead></table></main>", HEAD, date(2026, 1, 5), "vi"))
    assert sorted(text_of(tmp_path / "a.docx")) == ["a", "b", "c", "d"]
