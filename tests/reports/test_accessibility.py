"""What axe-core has against the reports and portals of the example office, and whether they fit their window: nothing. ``make axe`` fetches it; nothing else needs it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest

from qmsctl.core.engine import CheckResult, run
from qmsctl.core.library import Library
from qmsctl.reports import all_reports, build
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.portal.page import Kind, Page, Portal
from qmsctl.reports.portal.public import public_portal
from qmsctl.reports.portal.staff import staff_portal
from qmsctl.rules import all_rules
from qmsctl.store.loading import load, locate
from qmsctl.store.pages.report_page import render_report
from qmsctl.store.portal.folder import Folder
from qmsctl.store.shipped.definitions import find_correspondence
from tests.fleet import province_page
from tests.reports.browser import CHROMIUM, Browser
from tests.test_example_office import OFFICE, TODAY

AXE = os.environ.get("QMSCTL_AXE", "")
REPORTS = {each.name: each for each in all_reports()}
WIDTHS = (390, 1280)
_JUDGED = """axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.flatMap(each =>
  each.nodes.map(node => `${each.id}: ${each.help}: ${node.html.slice(0, 150)}`)
).join("\\n"))"""

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not AXE, reason="make axe fetches axe-core and runs this"),
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium"),
]


@pytest.fixture(scope="module")
def office() -> tuple[Library, CheckResult]:
    day = datetime.fromisoformat(TODAY)
    library = load(locate(OFFICE), datetime.combine(day, time(12), day.astimezone().tzinfo), day.date())
    return library, run(library, all_rules()).whole()


def options(name: str, lang: str) -> ReportOptions:
    """What a reader of the report says, after its example; the texts of the documents as well where there are some."""
    words = REPORTS[name].example.split()
    given: dict[str, Any] = {"tool_version": "0", "lang": lang, "with_documents": True, "reader": "binh"}
    match REPORTS[name].about:
        case About.TWO_REVISIONS:
            given |= {"subject": words[0], "span": words[1]}
        case About.TWO_EDITIONS:
            given |= {"correspondence": find_correspondence("iso9001-2008", "iso9001-2015")}
        case About.OFFICE | About.PERIOD:
            pass
        case _:
            given |= {"subject": words[0]}
    return ReportOptions(**given)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", REPORTS)
def test_axe_finds_nothing(name: str, lang: str, browser: Browser, office: tuple[Library, CheckResult], tmp_path: Path) -> None:
    path = tmp_path / f"{name}.html"
    path.write_text(render_report(name, build(name, *office, options(name, lang)), lang), encoding="utf-8")
    assert complaints(browser, path) == {}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("portal", [staff_portal, public_portal])
def test_axe_finds_nothing_in_a_portal(
    portal: Callable[[Library, ReportOptions], Portal], lang: str, browser: Browser, office: tuple[Library, CheckResult], tmp_path: Path
) -> None:
    found = portal(office[0], ReportOptions(tool_version="0", lang=lang))
    Folder(tmp_path / "portal", found).write(lambda _done, _all: None)
    looked_at = one_of_each(found)
    assert {page.kind for page in looked_at} == {page.kind for page in found.pages}
    assert {page.address: said for page in looked_at if (said := complaints(browser, tmp_path / "portal" / page.address))} == {}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_axe_finds_nothing_in_the_page_of_a_province(lang: str, browser: Browser, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    assert complaints(browser, province_page(tmp_path, lang)) == {}


def test_every_kind_of_page_of_a_portal_is_looked_at(office: tuple[Library, CheckResult]) -> None:
    assert {page.kind for portal in (staff_portal, public_portal) for page in portal(office[0], ReportOptions(tool_version="0", lang="vi")).pages} == set(Kind)


def one_of_each(portal: Portal) -> list[Page]:
    """A page of each sort: those at the top, the lists, one of each type of document and record, and of other texts of a document."""
    return list({re.sub(r"\d+", "", page.address): page for page in portal.pages}.values())


def complaints(browser: Browser, path: Path) -> dict[int, list[str]]:
    """What axe-core, the console and the network say of a page, by its width."""
    return {width: said for width in WIDTHS if (said := list(_said(browser, path, width)))}


def _said(browser: Browser, path: Path, width: int) -> Iterator[str]:
    browser.open(path, width)
    found = browser.evaluate("document.documentElement.scrollWidth")
    yield from [f"the page is {found} wide"] if found > width else []
    browser.evaluate(Path(AXE).read_text(encoding="utf-8") + ";0")
    answer = browser.call("Runtime.evaluate", expression=_JUDGED, awaitPromise=True, returnByValue=True)
    yield from answer["result"].get("value", str(answer)).splitlines()
    yield from browser.complaints()
    yield from (each for each in browser.requests() if not each.startswith("data:"))
