"""Lengths of time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.office.duration import Duration, year_until
from qmsctl.core.text.values import read_date


def on_weekdays(day: date) -> bool:
    return day.weekday() < 5


def duration(text: str) -> Duration:
    found = Duration.parse(text)
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["", "12", "m", "12 m", "1.5m", "1.5y", "-1d", "+1d", "1e2d", "12345d", "1_0d", "٣d", "1,5h", "1d ", "1D", "1min", "0x1d", "1.123h", "P1Y"])
def test_no_duration(text: str) -> None:
    assert Duration.parse(text) is None


@pytest.mark.parametrize(("text", "hours"), [("2h", "2"), ("0.5h", "0.5"), ("3d", "24"), ("1.5d", "12"), ("2w", "80"), ("1m", None), ("1y", None)])
def test_working_hours(text: str, hours: str | None) -> None:
    assert duration(text).hours() == (None if hours is None else Decimal(hours))
    assert str(duration(text)) == text


@pytest.mark.parametrize(
    ("text", "day", "after"),
    [
        ("12m", "2025-03-02", "2026-03-02"),
        ("1m", "2026-01-31", "2026-02-28"),
        ("1m", "2024-01-31", "2024-02-29"),
        ("1y", "2024-02-29", "2025-02-28"),
        ("0m", "2026-01-31", "2026-01-31"),
        ("11m", "2026-02-01", "2027-01-01"),
        ("2w", "2026-01-05", "2026-01-19"),
        ("1d", "2026-01-02", "2026-01-05"),
        ("5d", "2026-01-05", "2026-01-12"),
        ("3h", "2026-01-05", "2026-01-05"),
    ],
)
def test_after(text: str, day: str, after: str) -> None:
    assert duration(text).after(date.fromisoformat(day), on_weekdays) == date.fromisoformat(after)


@settings(max_examples=150)
@given(st.from_regex(r"[0-9]{1,4}[hdwmy]", fullmatch=True), st.dates(date(1000, 1, 1), date(8999, 12, 31)))
def test_no_readable_day_is_too_late_or_too_early(text: str, day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert duration(text).after(day, on_weekdays) >= day


@pytest.mark.parametrize(("end", "first"), [("2026-12-01", "2025-12-02"), ("2026-12-31", "2026-01-01"), ("2028-02-29", "2027-03-01"), ("2027-02-28", "2026-03-01")])
def test_no_day_is_in_two_years_on_end(end: str, first: str) -> None:
    assert year_until(date.fromisoformat(end)).isoformat() == first
