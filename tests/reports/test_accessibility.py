"""What axe-core has against the pages of the example office: nothing. ``make axe`` fetches it; nothing else needs it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest

from qmsctl.core.engine import CheckResult, run
from qmsctl.core.library import Library
from qmsctl.reports import all_reports, build
from qmsctl.reports.options import About, ReportOptions
from qmsctl.rules import all_rules
from qmsctl.store.definitions import find_correspondence
from qmsctl.store.loading import load, locate
from qmsctl.store.report_page import render_report
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
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


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
    for width in WIDTHS:
        browser.open(path, width)
        browser.evaluate(Path(AXE).read_text(encoding="utf-8") + ";0")
        said = browser.call("Runtime.evaluate", expression=_JUDGED, awaitPromise=True, returnByValue=True)
        assert said["result"].get("value") == "", f"{width} wide"
        assert browser.complaints() == []
        assert [each for each in browser.requests() if not each.startswith("data:")] == []
