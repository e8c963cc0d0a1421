"""The periods for which something is measured, as people write them.

``2026`` · ``2026-H1`` · ``2026-Q3`` · ``2026-10`` · ``2026-W44`` (ISO 8601 weeks) · ``2026-10-31``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from qmsctl.core.office.duration import Duration
from qmsctl.core.text.values import read_date
from qmsctl.regex import regex
from qmsctl.value import dataclass

_FORM = regex(r"(\d{4})(?:-(?:H([12])|Q([1-4])|W(\d{2})|(\d{2})))?", re.ASCII)
_MONTH_FIRST = regex(r"(\d{1,2})/(\d{4})", re.ASCII)
_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True)
class MeasuringPeriod:
    """A period in its usual writing; ``kind`` is year, half, quarter, month, week or day, both days included."""

    text: str
    kind: str
    start: date
    end: date


def read_period(text: str) -> MeasuringPeriod | None:
    """The period that ``text`` writes, also as ``10/2026``; ``None`` where it is none."""
    month_first = _MONTH_FIRST.fullmatch(text)
    if month_first:
        text = f"{month_first[2]}-{int(month_first[1]):02}"
    day = read_date(text)
    if day is not None:
        return MeasuringPeriod(text, "day", day, day)
    found = _FORM.fullmatch(text)
    if not found or read_date(f"{found[1]}-01-01") is None:
        return None
    return _period(text, int(found[1]), *(int(part) if part else None for part in found.groups()[1:]))


def _period(text: str, year: int, half: int | None, quarter: int | None, week: int | None, month: int | None) -> MeasuringPeriod | None:
    if week is not None:
        try:
            monday = date.fromisocalendar(year, week, 1)
        except ValueError:
            return None
        return MeasuringPeriod(text, "week", monday, monday + timedelta(days=6))
    kind, number = next(((k, n) for k, n in (("half", half), ("quarter", quarter), ("month", month)) if n is not None), ("year", 1))
    start = read_date(f"{year:04}-{(number - 1) * _MONTHS[kind] + 1:02}-01")
    return _whole(text, kind, start) if start else None


def _whole(text: str, kind: str, start: date) -> MeasuringPeriod:
    is_last = start.year == date.max.year and start.month + _MONTHS[kind] > _MONTHS["year"]
    return MeasuringPeriod(text, kind, start, date.max if is_last else _months_later(start, _MONTHS[kind]) - timedelta(days=1))


def _months_later(first_of_month: date, months: int) -> date:
    year, month = divmod(first_of_month.year * 12 + first_of_month.month - 1 + months, 12)
    return date(year, month + 1, 1)


def period_kind(every: Duration | None) -> str:
    """How the periods of something measured so often are written."""
    if every is None:
        return "month"
    if every.unit in "hd":
        return "day"
    if every.unit == "w":
        return "week"
    months = int(every.amount) * (12 if every.unit == "y" else 1)
    return next((kind for kind, length in _MONTHS.items() if months and months % length == 0), "month")


def period_around(day: date, kind: str) -> MeasuringPeriod:
    """The period of that kind in which ``day`` lies."""
    if kind == "day":
        return MeasuringPeriod(day.isoformat(), "day", day, day)
    if kind == "week":
        year, week, weekday = day.isocalendar()
        monday = day - timedelta(days=weekday - 1)
        return MeasuringPeriod(f"{year:04}-W{week:02}", "week", monday, monday + timedelta(days=6))
    length = _MONTHS[kind]
    number = (day.month - 1) // length + 1
    mark = {"year": "", "half": f"-H{number}", "quarter": f"-Q{number}", "month": f"-{number:02}"}[kind]
    return _whole(f"{day.year:04}{mark}", kind, date(day.year, (number - 1) * length + 1, 1))


def last_day(text: str) -> date | None:
    """A day, or the last one of a period."""
    found = read_period(text) if text else None
    return found.end if found else None


def periods(start: date, end: date, most: int) -> tuple[MeasuringPeriod, ...]:
    """The months from ``start`` to ``end``; quarters or years where there are more than ``most``, and of these the last ones."""
    for kind in ("month", "quarter", "year"):
        months = _MONTHS[kind]
        count = (12 * (end.year - start.year) + end.month - 1) // months - (start.month - 1) // months + 1
        if count <= most or kind == "year":
            last = period_around(end, kind)
            firsts = (_months_later(last.start, -months * before) for before in reversed(range(min(count, most))))
            return tuple(period_around(first, kind) for first in firsts)
    return ()
