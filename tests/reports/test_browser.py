"""The pages in a browser: on a phone, on a desk, on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from qmsctl.message import _
from qmsctl.reports.parts.cover import cover
from qmsctl.reports.parts.sheet import DAY, NUMBER, Column, Lists, Sheet
from qmsctl.store.pages.report_page import render_report
from tests.reports.browser import CHROMIUM, Browser
from tests.reports.small_office import options, small_office
from tests.reports.test_pages import LETTERS, LISTS, NAMES, PAPERS, page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")

_LEFT_OUT = """
[...document.querySelectorAll("body *")].filter(each => {
  const box = each.getBoundingClientRect();
  const inside = each.closest(".skip, pre, .scroll, .prose table");
  return !inside && box.width && box.right > document.documentElement.clientWidth + 1;
}).map(each => each.tagName + "." + each.className)
"""


_SQUEEZED = """
[...document.querySelectorAll(".stack tbody tr > th:only-of-type")].filter(each =>
  each.getBoundingClientRect().width < each.parentElement.clientWidth - 40
).map(each => each.textContent)
"""

_TOUCHING = """
[...document.querySelectorAll("del:not(.block) + ins:not(.block)")].filter(each =>
  each.previousSibling.nodeName === "DEL" && parseFloat(getComputedStyle(each).marginLeft) < 1
).map(each => each.textContent)
"""


@pytest.fixture(scope="module", params=NAMES)
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / f"{request.param}.html"
    path.write_text(page(request.param, "vi"), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_page_fits_its_window(browser: Browser, shown: Path, width: int) -> None:
    browser.open(shown, width)
    assert browser.evaluate("document.documentElement.scrollWidth") == width
    assert browser.evaluate(_LEFT_OUT) == []


def test_the_name_of_a_stacked_row_has_its_whole_width(browser: Browser, shown: Path) -> None:
    browser.open(shown, 360)
    assert browser.evaluate(_SQUEEZED) == []


def test_what_was_taken_out_and_what_came_in_stand_apart(browser: Browser, shown: Path) -> None:
    browser.open(shown, 1280)
    assert browser.evaluate(_TOUCHING) == []


def test_page_needs_no_network_and_breaks_no_policy(browser: Browser, shown: Path) -> None:
    browser.open(shown, 1280)
    colour = "rgb(0, 0, 0)" if shown.stem in PAPERS else "rgb(138, 28, 31)"
    assert browser.evaluate("getComputedStyle(document.querySelector('h1')).color") == colour
    assert [each for each in browser.requests() if not each.startswith("data:")] == []
    assert browser.complaints() == []


def test_a_page_that_breaks_its_policy_is_noticed(browser: Browser, shown: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    text = shown.read_text(encoding="utf-8").replace("</main>", '<img src="https://example.org/x.png"></main>')
    broken.write_text(text, encoding="utf-8")
    browser.open(broken, 1280)
    assert browser.complaints() != []


def test_text_has_contrast(browser: Browser, shown: Path) -> None:
    """WCAG AA: 4.5 to 1 for every text, against the nearest background that is painted."""
    browser.open(shown, 1280)
    faint = browser.evaluate("""
(() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[0-9.]+/g).slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = each => {
    for (let up = each; up; up = up.parentElement) {
      const colour = getComputedStyle(up).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)") return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("body *")].filter(each => {
    if (![...each.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) return false;
    const [a, b] = [light(getComputedStyle(each).color), light(behind(each))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05) < 4.5;
  }).map(each => each.tagName + "." + each.className);
})()""")
    assert faint == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
def test_print_has_pages_with_running_words_and_text(browser: Browser, shown: Path, tmp_path: Path) -> None:
    browser.open(shown, 1280)
    path = tmp_path / "page.pdf"
    path.write_bytes(browser.pdf())
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    pages = text.rstrip("\f").split("\f")
    assert len(pages) >= (1 if shown.stem in {"audit-programme", "status", *PAPERS, *LISTS} else 2)
    sizes = subprocess.run(["pdfinfo", "-f", "1", "-l", str(len(pages)), path], capture_output=True, text=True, check=True).stdout
    assert len(set(re.findall(r"Page +\d+ size: +(.*)", sizes))) == 1
    assert len(pages[-1].split("\n\n")) > 2, "nothing but what stands in the margins"
    if shown.stem in LETTERS:
        assert re.search(r"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\s.*Độc lập - Tự do - Hạnh phúc\s", pages[0], re.DOTALL)
        assert shown.stem != "declaration" or len(pages) <= 2
    for number, each in enumerate(pages, 1):
        if shown.stem in LETTERS:  # no number on the first page, above on the others
            assert re.match(r"\s*(\d+)\n", each) is None if number == 1 else re.match(rf"\s*{number}\n", each)
            assert re.search(r"(DG-2026|CB-2025)-01 · 9f2c41ab9f2c", each)
            continue
        assert f" {number}/{len(pages)}" in each
        assert shown.stem in PAPERS or ("9f2c41ab9f2c" in each and "UBND phường Tân An" in each)


_SEARCHED = """
(word => {
  const bar = document.querySelector(".finder"), table = bar.nextElementSibling;
  const [filter, sort] = [bar.querySelector("input"), bar.querySelector("select")];
  filter.value = word;
  filter.dispatchEvent(new Event("input"));
  const shown = () => [...table.querySelectorAll("tbody tr:not(.group)")].filter(row => row.offsetParent).map(row => row.cells[0].textContent.trim());
  const found = shown();
  filter.value = "";
  filter.dispatchEvent(new Event("input"));
  const all = shown();
  sort.value = "0 down";
  sort.dispatchEvent(new Event("change"));
  const down = shown(), turned = table.tHead.rows[0].cells[0].getAttribute("aria-sort");
  sort.value = "";
  sort.dispatchEvent(new Event("change"));
  return {found, all, down, turned, again: shown()};
})
"""


def test_a_long_list_is_searched_without_accents_and_sorted_and_is_as_before_again(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "list.html"
    rows = tuple((f"NC-{number:02}", "Đóng dấu <b>" if number % 2 else "Ký", date(2026, 1 + number % 12, 28 - number), number * 7 % 20) for number in range(20))
    columns = (Column("id", _("No.")), Column("title", _("Title")), Column("day", _("Day"), DAY), Column("count", _("Cases"), NUMBER))
    path.write_text(render_report("listing", Lists(cover(_("List"), small_office(), options()), (Sheet("all", _("All"), columns, rows),)), "vi"), encoding="utf-8")
    browser.open(path, 1280)
    said = browser.evaluate(f"{_SEARCHED}('dong dau <B>')")
    assert said["found"] == [row[0] for row in rows if row[1] != "Ký"]
    assert said["all"] == said["again"] == [row[0] for row in rows]
    assert said["down"] == [row[0] for row in reversed(rows)]
    assert said["turned"] == "descending"
    for column, key in ((2, lambda row: row[2]), (3, lambda row: row[3])):
        script = f"(() => {{ const sort = document.querySelector('.finder select'); sort.value = '{column} up'; sort.dispatchEvent(new Event('change')); return [...document.querySelectorAll('tbody tr')].map(row => row.cells[0].textContent) }})()"
        assert browser.evaluate(script) == [row[0] for row in sorted(rows, key=key)]
    assert browser.complaints() == []
