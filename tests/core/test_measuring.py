"""Periods as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.office.duration import Duration
from qmsctl.core.office.measuring_period import last_day, period_around, period_kind, read_period

KINDS = ("year", "half", "quarter", "month", "week", "day")
DAYS = st.dates(date(1001, 1, 1), date(8998, 12, 31))


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("2026", "year", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H2", "half", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q1", "quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", "month", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-W53", "week", date(2026, 12, 28), date(2027, 1, 3)),
        ("2026-10-31", "day", date(2026, 10, 31), date(2026, 10, 31)),
    ],
)
def test_every_form(text: str, kind: str, start: date, end: date) -> None:
    found = read_period(text)
    assert found
    assert (found.text, found.kind, found.start, found.end) == (text, kind, start, end)
    assert last_day(text) == end


def test_the_month_may_come_first() -> None:
    assert read_period("3/2026") == read_period("03/2026") == read_period("2026-03")


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-00", "2026-Q5", "2026-H3", "2025-W53", "2026-W00", "2026-02-30", "0000", "9999", "13/2026", "2026-1", "Q1-2026", "2026-10 ", "٢٠٢٦", "2026–10", "2026-Q٣"])
def test_what_is_no_period(text: str) -> None:
    assert read_period(text) is None
    assert last_day(text) is None


@given(DAYS, st.sampled_from(KINDS))
def test_the_period_around_a_day_holds_it_and_reads_back(day: date, kind: str) -> None:
    found = period_around(day, kind)
    assert found.start <= day <= found.end
    assert read_period(found.text) == found


@given(DAYS, st.sampled_from(KINDS))
def test_the_day_after_a_period_begins_the_next(day: date, kind: str) -> None:
    found = period_around(day, kind)
    assert period_around(found.end + timedelta(days=1), kind).start == found.end + timedelta(days=1)


@given(st.text(alphabet="0123456789-/QHW ٣", max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read_period(text)
    assert found is None or found.start <= found.end


@pytest.mark.parametrize(("every", "kind"), [("1y", "year"), ("12m", "year"), ("24m", "year"), ("6m", "half"), ("3m", "quarter"), ("9m", "quarter"), ("1m", "month"), ("2m", "month"), ("1w", "week"), ("5d", "day"), ("0m", "month")])
def test_how_periods_are_written(every: str, kind: str) -> None:
    assert period_kind(Duration.parse(every)) == kind


def test_without_a_rhythm_months() -> None:
    assert period_kind(None) == "month"
