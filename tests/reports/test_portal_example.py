"""The portal of the example office: nothing that only its own files say is read by everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import pytest

from qmsctl.core.library import Library
from qmsctl.reports.portal.public import public_portal
from qmsctl.store.loading import load, locate
from qmsctl.store.portal.pages import html_of
from tests.reports.browser import CHROMIUM, Browser
from tests.reports.small_office import options
from tests.reports.test_portal import WORDS, text, told

pytestmark = pytest.mark.process

OFFICE = Path(__file__).parents[2] / "example-repo"
TODAY = datetime(2026, 11, 20, tzinfo=UTC)


@cache
def library() -> Library:
    return load(locate(OFFICE), datetime.combine(TODAY.date(), time(12), UTC), TODAY.date())


@cache
def pages(lang: str) -> dict[str, str]:
    found = public_portal(library(), options(lang=lang))
    return {page.address: html_of(page, found).decode() for page in found.pages}


def runs(words: str) -> Iterator[tuple[str, ...]]:
    """Every eight words that follow one another."""
    found = re.findall(r"\w+", words.casefold())
    return zip(*(found[place:] for place in range(WORDS)), strict=False)


def lines(page: str) -> list[str]:
    """The words of a page, what stands in one piece of it on a line."""
    return text(re.sub(r"</?(?:a|b|code|em|i|strong|sub|sup|del)\b[^>]*>", "", page).replace("<", " ¶ <")).split("¶")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_id_path_or_person_and_no_eight_words_of_what_is_for_the_office_alone(lang: str) -> None:
    office, html = library(), pages(lang)
    found = public_portal(office, options(lang=lang))
    assert told(found, html, office) == []
    public = {name for name in office.by_id if f"pages/{name}.html" in html}
    assert {"QT-07", "QT-10", "BM-07.06", "CSCL"} <= public
    assert "QC-01" not in public
    said = {each for page in html.values() for line in lines(page) for each in runs(line)}
    titles = {each for item in office.items for each in runs(item.title)}
    open_ = {each for path, parsed in office.parsed.items() if parsed.id in public for each in runs(office.outside.read(path).decode())}
    inside = {each for path in office.files if path.endswith((".md", ".yaml", ".csv")) for each in runs(office.outside.read(path).decode("utf-8", "replace"))}
    assert len(said & inside) > 500
    assert [" ".join(each) for each in sorted((said & inside) - open_ - titles)] == []


@pytest.mark.parametrize(("name", "code", "field"), [("QT-07", "2.000635", "Hộ tịch"), ("QT-08", "2.000815", "Chứng thực"), ("QT-09", "1.001612", "Hộ kinh doanh"), ("QT-10", "1.001776", "Bảo trợ xã hội")])
def test_what_the_decision_announced_stands_on_the_page_of_each_service(name: str, code: str, field: str) -> None:
    page = text(pages("vi")[f"pages/{name}.html"])
    for words in (f"Mã thủ tục hành chính{code}", field, "Quyết định công bố1127/QĐ-UBND ngày 22/07/2025, Chủ tịch UBND tỉnh", "Ngày rà soát gần nhất với Cổng Dịch vụ công quốc gia16/11/2026"):
        assert words in page
    assert "chưa nêu" not in page


def test_of_a_service_nothing_but_its_open_sections_is_told() -> None:
    page = text(pages("vi")["pages/QT-07.html"])
    for inside in ("Thống nhất cách tiếp nhận", "Trung tâm Phục vụ hành chính công, Bộ phận Tư pháp", "Tra cứu sổ gốc", "Tủ hồ sơ số 1", "Bổ sung bước B2a", "Nghị định 123/2015"):
        assert inside not in page
    for shown in ("Quầy số 2", "8.000 đồng/bản sao", "ít nhất 96 %", "‹5"):
        assert shown in page


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
def test_in_a_browser_it_fits_asks_for_nothing_and_finds_words_without_marks(tmp_path: Path) -> None:
    for address in ("search.html", "pages/QT-07.html"):
        path = tmp_path / address
        path.parent.mkdir(exist_ok=True)
        path.write_text(pages("vi")[address], encoding="utf-8")
    with Browser(tmp_path / "profile") as browser:
        for address in ("pages/QT-07.html", "search.html"):
            for width in (390, 1280):
                browser.open(tmp_path / address, width)
                assert browser.evaluate("document.documentElement.scrollWidth") == width
                assert browser.requests() == []
                assert browser.complaints() == []
        browser.evaluate("document.getElementById('words').value = 'Dang KY'; document.getElementById('words').dispatchEvent(new Event('input'))")
        assert browser.evaluate("[...document.querySelectorAll('#rows li')].filter(each => !each.hidden).map(each => each.textContent)") == ["Đăng ký thành lập hộ kinh doanh"]
