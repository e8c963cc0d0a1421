"""Lengths of time as offices write them: ``12m``, ``3y``, ``2h``, ``3d``, ``30m`` never minutes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from qmsctl.regex import regex
from qmsctl.value import dataclass

HOURS_A_WORKING_DAY = 8

_YEAR = 366

_FORM = regex(r"(\d{1,4}(?:\.\d{1,2})?)([hdwmy])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """A number of hours (h), working days (d), weeks (w), months (m) or years (y)."""

    amount: Decimal
    unit: str

    @classmethod
    def parse(cls, text: str) -> Duration | None:
        """The duration ``text`` writes, or ``None``."""
        found = _FORM.fullmatch(text)
        if not found or (found[2] in "my" and "." in found[1]):
            return None
        return cls(Decimal(found[1]), found[2])

    def hours(self) -> Decimal | None:
        """Working hours at eight a day and five days a week; ``None`` for months and years."""
        factor = {"h": 1, "d": HOURS_A_WORKING_DAY, "w": 5 * HOURS_A_WORKING_DAY}.get(self.unit)
        return self.amount * factor if factor else None

    def after(self, day: date, is_worked: Callable[[date], bool]) -> date:
        """The day this long after ``day``; working days are those of the office. Weeks, months and years are the calendar's."""
        if self.unit in "my":
            return _add_months(day, int(self.amount) * (12 if self.unit == "y" else 1))
        if self.unit == "w":
            return day + timedelta(days=7 * int(self.amount))
        return _add_working_days(day, int(self.amount), is_worked) if self.unit == "d" else day

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


def _add_working_days(day: date, number: int, is_worked: Callable[[date], bool]) -> date:
    """So many working days later; where the office does not work for a year, every day counts from then on."""
    idle = 0
    while number:
        day += timedelta(days=1)
        idle = 0 if is_worked(day) else idle + 1
        number -= idle == 0 or idle > _YEAR
    return day


def year_until(day: date) -> date:
    """The first day of the year that ends with ``day``: no day is in two such years on end."""
    return _add_months(day, -12) + timedelta(days=1)


def month_before(day: date) -> date:
    """The same day a month ago; the last of that month where it has no such day."""
    return _add_months(day, -1)


def year_after(day: date) -> date:
    """The same day in a year; 28 February for the 29th."""
    return _add_months(day, 12)


def _add_months(day: date, months: int) -> date:
    from calendar import monthrange

    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(year, date.max.year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
