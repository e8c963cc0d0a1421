"""The page of what needs attention: at most so many rows, one sheet of paper at its fullest, the same on a terminal."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qmsctl.cli.formats.status_data import status_json
from qmsctl.cli.formats.status_text import list_lines, status_lines
from qmsctl.cli.formats.table import columns_of
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import Terminal
from qmsctl.core.attention import Kind
from qmsctl.message import _
from qmsctl.reports.parts.cover import cover
from qmsctl.reports.status import MOST, MOST_UNITS, StatusReport, lines, status
from qmsctl.store.pages.report_page import render_report
from tests.office import office
from tests.reports.browser import CHROMIUM, Browser
from tests.reports.small_office import options
from tests.reports.status_office import status_office

LONG = "Giải quyết thủ tục " * 20
ACTION = """
```md records/actions/CA-2026-{number:03}.md
---
id: CA-2026-{number:03}
type: action
title: Việc {number}
status: planned
raised: 2026-01-10
owner: minh
unit: {unit}
due: 2026-04-15
---
```
"""


def page(more: str = "", reader: str = "binh") -> StatusReport:
    library = status_office(more)
    return status(library, cover(_("What needs attention"), library, options()), reader)


def fullest() -> StatusReport:
    """More than any office can bring: every list, the longest words, all notes."""
    found = page()
    group = found.groups[0]
    line = replace(group.lines[0], title=LONG[:90], what=_("{text}", text=LONG), unit=LONG[:48], whose=LONG, since=date(2026, 1, 1), days=20000)
    trend = replace(group.trend, now=99999, then=99999)
    groups = tuple(replace(group, kind=kind, trend=trend, lines=(line, line), list_goes_on=True) for kind in Kind)
    unit = replace(found.units[0], name=LONG[:48], figures=(9999,) * 5, by_month=(999,) * 6, trend=trend)
    return replace(found, groups=groups, more=99999, units=(unit,) * (1 + MOST_UNITS), more_units=99, notes=(_("{text}", text=LONG[:160]),) * 4)


def busiest() -> StatusReport:
    """A page on which all rows are signatures: each has its command beneath it."""
    found = fullest()
    group = found.groups[0]
    return replace(found, groups=(replace(group, kind=Kind.SIGNATURES, lines=group.lines * (MOST // 2)),))


def test_no_more_rows_than_a_minute_takes_and_every_list_has_some() -> None:
    found = page("".join(ACTION.format(number=number, unit="ho-tich") for number in range(10, 40)))
    assert sum(len(each.lines) for each in found.groups) == MOST
    assert all(each.lines for each in found.groups)
    late = next(each for each in found.groups if each.kind is Kind.LATE)
    assert late.trend.now == 32
    assert late.list_goes_on
    assert found.more == sum(each.trend.now for each in found.groups if each.kind is not Kind.CASES) + 1 - MOST


def test_every_figure_leads_to_its_list() -> None:
    for each in page().groups:
        assert len(lines(status_office(), "binh", each.kind)) >= len(each.lines)
        assert str(each.list) == f"qmsctl status {each.kind.value}"


@pytest.mark.parametrize(("reader", "says"), [("minh", "nothing waits for you"), ("", "nothing has come back: thank you")])
def test_an_office_without_exceptions_is_told_so_in_one_sentence(reader: str, says: str) -> None:
    library = office("Today: 2026-06-01\n")
    found = status(library, cover(_("What needs attention"), library, options()), reader)
    assert says in str(found.quiet)
    html = render_report("status", found, "en")
    assert html.count('class="quiet"') == 1
    assert "<table" not in html


def test_what_could_not_be_read_is_never_called_clean() -> None:
    library = office("""
Today: 2026-06-01
```md records/case-registers/SHS-2026-001.md
---
id: SHS-2026-001
type: case-register
title: Cấp bản sao, 5/2026
status: open
owner: hoa
procedure: QT-07
month: 2026-05
---
```
""")
    found = status(library, cover(_("What needs attention"), library, options()), "minh")
    assert "thank you" not in str(found.quiet)
    assert any("SHS-2026-001" in str(note) for note in found.notes)


def test_who_reads_is_named_or_said_not_to_be_known() -> None:
    assert page().reader == "Trần Thị Bình"
    assert any("is not known" in str(note) for note in page(reader="").notes)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [80, 60])
@pytest.mark.parametrize("made", [page, fullest], ids=lambda made: made.__name__)
def test_on_a_terminal_no_line_is_wider_than_the_screen_but_a_command(made: Callable[[], StatusReport], width: int, lang: str) -> None:
    session = Session(Terminal(language=lang, stdout=True, width=width))
    found = made()
    shown = "\n".join(status_lines(session, found)).splitlines()
    assert [line for line in shown if columns_of(line) > width and "qmsctl " not in line] == []
    assert sum(line.startswith("  ") and not line.startswith("   ") for line in shown) >= sum(len(each.lines) for each in found.groups)


def test_wide_is_a_line_a_matter_and_to_a_program_too() -> None:
    session = Session(Terminal(stdout=True, width=40).widened(True))
    found = lines(status_office(), "binh", Kind.LATE)
    assert len("\n".join(list_lines(session, Kind.LATE, found)).splitlines()) == 1 + 3 * len(found)


def test_json_has_what_the_page_has() -> None:
    found = page()
    told = json.loads(status_json(Session(Terminal()), found))
    assert [(each["name"], each["count"], each["a_month_ago"]) for each in told["lists"]] == [(each.kind.value, each.trend.now, each.trend.then) for each in found.groups]
    assert told["units"][0]["escalated"] == {"2026-01": 0, "2026-02": 0, "2026-03": 0, "2026-04": 1, "2026-05": 1, "2026-06": 0}


@pytest.mark.skipif(CHROMIUM is None or shutil.which("pdfinfo") is None, reason="needs chromium and pdfinfo")
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("made", [page, fullest, busiest], ids=lambda made: made.__name__)
def test_it_is_exactly_one_sheet_of_a4(browser: Browser, tmp_path: Path, made: Callable[[], StatusReport], lang: str) -> None:
    path, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    path.write_text(render_report("status", made(), lang), encoding="utf-8")
    browser.open(path, 390)
    assert browser.evaluate("document.documentElement.scrollWidth") == 390
    pdf.write_bytes(browser.pdf())
    said = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^Pages: +1$", said, re.MULTILINE)
    assert "(A4)" in said
