"""Pages of figures where there is little to count, or what cannot be: nothing fails, and an office without figures is told so."""

from __future__ import annotations

from datetime import date

import pytest

from qmsctl.message import show
from qmsctl.reports import build
from qmsctl.reports.parts.figured import MOST_LINES, Figured
from qmsctl.store.pages.report_page import render_report
from tests.office import office
from tests.reports.figures_office import APRIL, JANUARY, PROBLEMS, PROCEDURE, VOICES, figures_office, register
from tests.reports.process_office import HEAD, OLD, SIGNED
from tests.reports.small_office import checked, options

REPORTS = ("cases", "nonconformities", "satisfaction", "savings")
OFFICES = {
    "nothing": "",
    "a procedure without cases": PROCEDURE,
    "the first revision only": HEAD.format(1) + OLD + SIGNED.format(1) + register(1, "2026-01", JANUARY),
    "one case": PROCEDURE + register(1, "2026-01", JANUARY[:1]),
    "cases of no procedure": register(1, "2026-01", JANUARY),
    "a register without cases": PROCEDURE + register(1, "2026-01", ()),
    "a register that cannot be read": PROCEDURE + register(1, "2026-01", ("x,y,z",)),
    "nonconformities of no unit": PROBLEMS.replace("unit: mot-cua\n", ""),
    "a nonconformity of no day": PROBLEMS.replace("raised: 2026-01-10\n", ""),
    "a survey that nobody answered": VOICES.replace("score2: 2, score5: 18", "score2: 0").replace("score4: 5", "score4: 0"),
    "scores below nothing": VOICES.replace("score5: 18", "score5: -18"),
    "days that are none": VOICES.replace("period_until: 2026-05-31", "period_until: x").replace("received: 2026-02-02", "received: y"),
}
PERIODS = (
    (None, None), (date(1, 1, 1), None), (None, date(2026, 2, 15)), (date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 5, 1), date(2030, 1, 1)),
    (date(9999, 1, 1), date(9999, 12, 31)), (date(2026, 1, 1), date(9999, 12, 31)),
)


def figured(name: str, text: str, start: date | None = None, end: date | None = None) -> Figured:
    library = office(text)
    found = build(name, library, checked(library), options(start=start, end=end))
    assert isinstance(found, Figured)
    return found


@pytest.mark.parametrize("kind", OFFICES)
@pytest.mark.parametrize("name", REPORTS)
def test_nothing_fails(name: str, kind: str) -> None:
    library = office(OFFICES[kind])
    result = checked(library)
    for start, end in PERIODS:
        found = build(name, library, result, options(start=start, end=end))
        assert isinstance(found, Figured)
        assert render_report(name, found, "vi") == render_report(name, found, "vi")
        assert all(len(row) == len(sheet.columns) for sheet in found.sheets for row in sheet.rows)
        assert all(show(value) != "NaN" for sheet in found.sheets for row in sheet.rows for value in row)


@pytest.mark.parametrize("name", REPORTS)
def test_an_office_without_figures_is_told_so_and_its_lists_are_empty(name: str) -> None:
    found = figured(name, "")
    text = render_report(name, found, "en")
    assert found.empty
    assert str(found.empty).replace("…", "") in text.replace("…", "").replace("&#34;", '"')
    assert "<svg" not in text
    assert found.sheets
    assert not any(sheet.rows for sheet in found.sheets if sheet.id != "altogether")


def test_a_period_that_goes_on_is_counted_as_far_as_it_has_come() -> None:
    text = PROCEDURE + register(1, "2026-01", JANUARY) + register(2, "2026-04", APRIL)
    [months] = [each.rows for each in figured("cases", text, date(2026, 1, 1), date(9999, 12, 31)).sheets if each.id == "months"]
    assert [(str(row[1]), row[2]) for row in months] == [("2026-01", 3), ("2026-02", None), ("2026-03", None), ("2026-04", 3), ("2026-05", None), ("2026-06", None)]


def test_what_could_not_be_read_is_said() -> None:
    found = figured("cases", OFFICES["a register that cannot be read"])
    assert [str(each) for each in found.warnings] == ["The cases of SHS-2026-001 cannot be read whole: the figures are too small."]


def test_of_a_very_long_list_the_page_has_the_first_lines_and_says_so() -> None:
    rows = tuple(f"H-{number:04},2026-01-12 08:00,2026-01-12 09:00,,,,,0,2026-01-13 16:00" for number in range(MOST_LINES + 5))
    found = figured("cases", PROCEDURE + register(1, "2026-01", rows))
    text = render_report("cases", found, "en")
    assert "5 more are in the spreadsheet of this report" in text
    assert [len(each.rows) for each in found.sheets if each.id == "late"] == [MOST_LINES + 5]


def test_words_of_files_are_only_text_in_a_drawing() -> None:
    library = figures_office()
    for name in REPORTS:
        text = render_report(name, build(name, library, checked(library), options()), "vi")
        assert "<script>alert" not in text
        assert "<b>trích" not in text
