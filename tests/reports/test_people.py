"""Who knows what, and how far the objectives have come: the view models, recomputed by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from qmsctl.core.records.objective import Point, Progress, sparkline
from qmsctl.reports import build
from qmsctl.reports.objectives import ObjectivesReport
from qmsctl.reports.parts.objective_lines import spark
from qmsctl.reports.training import TrainingReport
from qmsctl.store.pages.report_page import render_report
from tests.reports.people_office import EVIL, people_office
from tests.reports.small_office import checked, options


@pytest.fixture(scope="module")
def training() -> TrainingReport:
    library = people_office()
    found = build("training", library, checked(library), options())
    assert isinstance(found, TrainingReport)
    return found


@pytest.fixture(scope="module")
def objectives() -> ObjectivesReport:
    library = people_office()
    found = build("objectives", library, checked(library), options())
    assert isinstance(found, ObjectivesReport)
    return found


def test_how_far_each_revision_is_known(training: TrainingReport) -> None:
    rows = {row.id: (str(row.state.word), row.missing, row.due, row.late) for row in training.known}
    # QT-07: minh signed, lan wrote it; hoa is of the unit that does B1. Ten working days after 7 May.
    assert rows["QT-07"] == ("2 of 3", ("Phạm Thị Hoa",), date(2026, 5, 21), True)
    # HD-01: of the clerks hoa was trained, minh stayed away; nobody set a time for instructions.
    assert rows["HD-01"] == ("1 of 2", ("Đỗ Văn Minh",), None, False)


def test_the_matrix_has_a_row_for_whoever_has_to_know_something(training: TrainingReport) -> None:
    cells = {
        (sheet.unit, row.name, column.id): str(need.state.word) if need.state else ""
        for sheet in training.matrix
        for row in sheet.rows
        for column, need in zip(sheet.columns, row.needs, strict=True)
    }
    assert cells == {
        ("Trung tâm Phục vụ hành chính công", "Phạm Thị Hoa", "HD-01"): "trained",
        ("Trung tâm Phục vụ hành chính công", "Phạm Thị Hoa", "QT-07"): "late",
        ("Bộ phận Hộ tịch", "Đỗ Văn Minh", "HD-01"): "not yet",
        ("Bộ phận Hộ tịch", "Đỗ Văn Minh", "QT-07"): "signed",
        ("Lãnh đạo", "Nguyễn Thị Lan", "QT-07"): "signed",
    }


def test_training_that_is_due_and_competences_not_met(training: TrainingReport) -> None:
    assert [(each.id, each.due, each.late, each.people) for each in training.courses] == [
        ("DT-2026-002", date(2026, 5, 20), True, ("Đỗ Văn Minh",)),
        ("DT-2026-001", None, False, ("Phạm Thị Hoa", "Đỗ Văn Minh")),
    ]
    assert [(each.id, each.person, each.competence, each.remedy) for each in training.lacks] == [
        ("NL-001", "Phạm Thị Hoa", "Nghiệp vụ hộ tịch", "DT-2026-002")
    ]


def test_objectives_of_the_period_with_their_verdict(objectives: ObjectivesReport) -> None:
    assert [(each.id, each.reached, str(each.trend), each.missing) for each in objectives.objectives] == [
        ("MT-2026-01", True, "improving", "2026-04"),
        ("MT-2026-02", False, "getting worse", ""),
        ("MT-2026-03", None, "None", ""),
    ]
    assert (objectives.reached, objectives.measured) == (1, 2)
    assert [each.period for each in objectives.objectives[0].values] == ["2026-01", "2026-02", "2026-03"]


def progress(*values: str, target: str | None = "98", at_most: bool = False) -> Progress:
    points = tuple(Point(f"2026-{n:02}", date(2026, n, 28), Decimal(value), n) for n, value in enumerate(values, 1))
    return Progress("%", Decimal(target) if target else None, at_most, None, points)


def test_the_line_runs_from_edge_to_edge_and_higher_values_lie_higher() -> None:
    found = spark(progress("95", "98", "96"))
    assert found
    assert found.line == "4.0,40.0 80.0,4.0 156.0,28.0"
    assert (found.target, found.last) == (4.0, (156.0, 28.0))


def test_nothing_is_drawn_through_one_value_and_equal_ones_lie_in_the_middle() -> None:
    assert spark(progress("95")) is None
    flat = spark(progress("95", "95", target=None))
    assert flat
    assert flat.line == "4.0,22.0 156.0,22.0"
    assert flat.target is None


@pytest.mark.parametrize(("values", "bars"), [((), ""), (("1",), "▅"), (("1", "2", "3"), "▁▄█"), (("3", "1"), "█▁")])
def test_bars(values: tuple[str, ...], bars: str) -> None:
    assert sparkline(tuple(map(Decimal, values))) == bars


@pytest.mark.parametrize("name", ["training", "objectives"])
def test_hostile_titles_are_only_text(name: str) -> None:
    library = people_office()
    text = render_report(name, build(name, library, checked(library), options()), "en")
    assert "&lt;script&gt;alert(&#39;{{7*7}}&#39;)&lt;/script&gt;" in text
    assert EVIL not in text
