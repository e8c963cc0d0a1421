"""The drawings of figures: every shape in its place, every figure said in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.office.measuring_period import periods
from qmsctl.message import _
from qmsctl.reports.parts.bar_chart import Bar, bar_chart, pareto_chart, ranked
from qmsctl.reports.parts.chart import MOST_ROWS, WIDTH, Chart, ticks
from qmsctl.reports.parts.line_chart import Series, line_chart

NAME = _("Cases")
YEAR = periods(date(2026, 1, 1), date(2026, 12, 31), 24)
SHARES = st.one_of(st.none(), st.decimals(0, 100, places=1))
COUNTS = st.lists(st.tuples(st.text(max_size=80), st.integers(0, 10**6)), max_size=30)


def inside(chart: Chart) -> bool:
    points = [*((x, y) for each in chart.strokes for x, y in each.points), *((each.x, each.y) for each in chart.marks)]
    boxes = [(each.x + each.width, each.y + each.height) for each in chart.boxes]
    places = [*points, *boxes, *((each.x, each.y) for each in chart.words)]
    return all(0 <= x <= WIDTH and 0 <= y <= chart.height for x, y in places)


@given(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=12))
def test_lines_of_shares_stay_inside_and_break_where_there_is_nothing(rows: list[tuple[Decimal | None, Decimal | None]]) -> None:
    series = (Series(NAME, tuple(each[0] for each in rows)), Series(_("Late"), tuple(each[1] for each in rows)))
    chart = line_chart("c", NAME, YEAR[: len(rows)], series, "%")
    known = [value for row in rows for value in row if value is not None]
    assert (chart is None) == (not known)
    if chart:
        drawn = [each for each in series if any(value is not None for value in each.values)]
        assert inside(chart)
        assert len(chart.marks) == len(known) + len(drawn)
        assert len(chart.told) == len(drawn)


def test_a_point_is_higher_the_greater_it_is_and_a_count_begins_at_zero() -> None:
    chart = line_chart("c", NAME, YEAR[:3], (Series(NAME, (1, 7, 4)),))
    assert chart
    legend, low, high, middle = chart.marks
    assert low.x < high.x < middle.x
    assert high.y < middle.y < low.y
    assert [str(each.text) for each in chart.words if each.anchor == "end"] == ["0", "2", "4", "6", "8"]
    assert legend.x < low.x
    assert str(chart.told[0]) == "Cases: 1 in 2026-01, 4 in 2026-03; the lowest 1, the highest 7."


def test_one_period_alone_is_a_point_and_no_line() -> None:
    chart = line_chart("c", NAME, YEAR[:1], (Series(NAME, (Decimal(50),)),), "%")
    assert chart
    assert [str(each) for each in chart.told] == ["Cases: 50 % in 2026-01."]
    assert len([each for each in chart.strokes if each.tone == "one"]) == 1, "the sample of the legend"


@given(st.lists(st.tuples(st.text(max_size=80), st.integers(0, 10**9), st.one_of(st.none(), st.integers(0, 10**9))), max_size=30))
def test_bars_stay_inside_and_are_as_long_as_their_values(rows: list[tuple[str, int, int | None]]) -> None:
    chart = bar_chart("c", NAME, [Bar(*row) for row in rows], mark=_("Plan"))
    assert (chart is None) == (not rows)
    if chart:
        assert inside(chart)
        assert len(chart.boxes) == min(len(rows), MOST_ROWS) == len(chart.told)
        widths = [each.width for each in chart.boxes]
        values = [row[1] for row in rows[:MOST_ROWS]]
        assert all((one <= other) for one, a in zip(widths, values, strict=True) for other, b in zip(widths, values, strict=True) if a <= b)
        assert all((width > 0) == (value > 0) for width, value in zip(widths, values, strict=True))


def test_what_has_no_room_is_said() -> None:
    names = [f"Q{number}" for number in range(MOST_ROWS + 3)]
    for chart in (bar_chart("c", NAME, [Bar(name, 1) for name in names]), pareto_chart("c", NAME, ranked((name, 1) for name in names))):
        assert chart
        assert inside(chart)
        assert "3 more in the list below" in [str(each.text) for each in chart.words]


@given(COUNTS)
def test_a_pareto_goes_down_and_reaches_all(counts: list[tuple[str, int]]) -> None:
    ranks = ranked(counts)
    assert [each.count for each in ranks] == sorted((count for _name, count in counts if count), reverse=True)
    assert [each.reached for each in ranks] == sorted(each.reached for each in ranks)
    assert not ranks or ranks[-1].reached == 100
    chart = pareto_chart("c", NAME, ranks)
    assert (chart is None) == (not ranks)
    assert chart is None or inside(chart)


@pytest.mark.parametrize(("highest", "expected"), [(0, [0, 1]), (1, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (6, [0, 2, 4, 6]), (Decimal("10.5"), [0, 5, 10, 15]), (101, [0, 50, 100, 150])])
def test_ticks_are_round(highest: int, expected: list[int]) -> None:
    assert list(ticks(highest)) == expected


@given(st.integers(0, 10**12))
def test_ticks_are_few_and_reach_the_highest(highest: int) -> None:
    found = ticks(highest)
    assert found[0] == 0
    assert found[-1] >= highest
    assert 2 <= len(found) <= 6


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 30))
def test_periods_follow_each_other_and_end_with_the_last_day(one: date, other: date, most: int) -> None:
    start, end = sorted((one, other))
    found = periods(start, end, most)
    assert 1 <= len(found) <= most
    assert found[-1].start <= end <= found[-1].end
    assert all(each.end.toordinal() + 1 == after.start.toordinal() for each, after in pairwise(found))
    assert len({each.kind for each in found}) == 1
    assert found[0].kind == "year" or found[0].start <= start <= found[0].end
