"""Working time between two moments, and the moment at which so much of it has gone by.

Only office hours count. Seconds are real ones, so that a change of the clock in spring or autumn is
neither worked twice nor lost.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import accumulate
from typing import NamedTuple

from qmsctl.core.office.duration import HOURS_A_WORKING_DAY, Duration
from qmsctl.core.office.office_hours import Hours, PublicHolidays, Timetable, minutes, wall_clock
from qmsctl.core.office.time_limit import SameDay, TimeLimit

YEARS = range(2000, 2100)
"""The years that moments may lie in: beyond them no public holidays are known."""

_FARTHEST = 30  # years; a limit that is not over by then has no end
_DAY = timedelta(days=1)

Holidays = Callable[[str, int], PublicHolidays]
"""The public holidays of a country in a year."""


class Stop(NamedTuple):
    """A time in which the clock stands still; still going on where ``end`` is ``None``."""

    start: datetime
    end: datetime | None


class OfficeClock:
    """Counts the seconds of an office's hours in its time zone. All moments bear an offset and lie in ``YEARS``."""

    def __init__(self, timetable: Timetable, zone: tzinfo, holidays: Holidays) -> None:
        self._timetable = timetable
        self._zone = zone
        self._holidays = holidays
        self._spans: dict[date, tuple[tuple[int, int], ...]] = {}
        self._years: dict[int, list[int]] = {}
        self._before: dict[int, int] = {}

    def between(self, start: datetime, end: datetime) -> int:
        """Seconds worked from ``start`` to ``end``; none where ``end`` comes first."""
        return max(0, self._worked(end) - self._worked(start))

    def between_stops(self, start: datetime, end: datetime, stops: Iterable[Stop]) -> int:
        """The same without the times in which the clock stood still; these do not overlap."""
        standing = (self.between(max(start, stop.start), min(end, stop.end or end)) for stop in stops)
        return self.between(start, end) - sum(standing)

    def after(self, start: datetime, seconds: int) -> datetime | None:
        """The first moment at which ``seconds`` have been worked since ``start``; ``None`` if that is not foreseen."""
        if seconds <= 0:
            return start
        wanted = self._worked(start) + seconds
        first = self._date(start).year
        for year in range(first, min(first + _FARTHEST, YEARS.stop)):
            before = self._until(year)
            if before + self._year(year)[-1] >= wanted:
                return self._moment(year, wanted - before)
        return None

    def after_stops(self, start: datetime, seconds: int, stops: Iterable[Stop]) -> datetime | None:
        """The same where the clock stands still in between; ``None`` also while it does."""
        for stop in sorted(stops, key=lambda stop: stop.start):
            worked = self.between(start, stop.start)
            if worked >= seconds:
                break
            if stop.end is None:
                return None
            start, seconds = max(start, stop.end), seconds - worked
        return self.after(start, seconds)

    def due(self, start: datetime, limit: TimeLimit, stops: Iterable[Stop] = ()) -> datetime | None:
        """When a limit runs out. Months and years are those of the calendar, to the end of that day or the next worked.

        ``None`` while the clock stands still, or where no end is foreseen.
        """
        if isinstance(limit, SameDay):
            return self._within_the_day(start, limit, stops)
        seconds = self.seconds(limit)
        if seconds is not None:
            return self.after_stops(start, seconds, stops)
        day = limit.after(self._date(start), self.is_worked)
        for stop in sorted(stops, key=lambda stop: stop.start):
            due = self.closing(day)
            if due is None or stop.start >= due:
                break
            if stop.end is None:
                return None
            day += self._date(stop.end) - self._date(stop.start)
        return self.closing(day)

    def _within_the_day(self, start: datetime, limit: SameDay, stops: Iterable[Stop]) -> datetime | None:
        """The end of the day of reception; of what the clock stood still for before that, of the day on which it went on."""
        due = self._end_of_day(start, limit)
        for stop in sorted(stops, key=lambda stop: stop.start):
            if due is not None and stop.start < due:
                due = self._end_of_day(stop.end, limit) if stop.end else None
        return due

    def _end_of_day(self, start: datetime, limit: SameDay) -> datetime | None:
        """A moment out of hours is that of the next opening; one past the time of the limit counts for the day after."""
        day = self._date(start)
        if self.is_worked(day):
            late = limit.until is not None and start.timestamp() > self._unix(day, limit.until)
            day += _DAY if late or start.timestamp() > self._of_day(day)[-1][1] else timedelta()
        return self.closing(day)

    def is_worked(self, day: date) -> bool:
        """True if the office works on ``day``."""
        return bool(self._of_day(day))

    def closing(self, day: date) -> datetime | None:
        """The end of the office hours of ``day``, or of the next day on which the office works."""
        for _number in range(366):
            if day.year not in YEARS:
                return None
            spans = self._of_day(day)
            if spans:
                return datetime.fromtimestamp(spans[-1][1], UTC).astimezone(self._zone)
            day += _DAY
        return None

    def seconds(self, limit: Duration) -> int | None:
        """A limit in working seconds, a working day as long as the office's full day; ``None`` for months and years."""
        hours = limit.hours()
        if hours is None:
            return None
        length = 3600 if limit.unit == "h" else 60 * minutes(self._timetable.full_day) / HOURS_A_WORKING_DAY
        return round(float(hours) * length)

    def _worked(self, moment: datetime) -> int:
        """Seconds worked up to ``moment``, since some day that is always the same; never falling."""
        day = self._date(moment)
        now = int(moment.timestamp())
        near = (span for each in (day - _DAY, day, day + _DAY) for span in self._of_day(each))
        return self._until_day(day - _DAY) + sum(max(0, min(now, end) - start) for start, end in near)

    def _until_day(self, day: date) -> int:
        """Seconds worked before ``day``."""
        place = day.timetuple().tm_yday - 1
        return self._until(day.year) + (self._year(day.year)[place - 1] if place else 0)

    def _until(self, year: int) -> int:
        """Seconds worked before ``year``, counted from the first year that was asked for; negative before that."""
        known = self._before
        if not known:
            known[year] = 0
        for later in range(max(known) + 1, year + 1):
            known[later] = known[later - 1] + self._year(later - 1)[-1]
        for earlier in range(min(known) - 1, year - 1, -1):
            known[earlier] = known[earlier + 1] - self._year(earlier)[-1]
        return known[year]

    def _year(self, year: int) -> list[int]:
        """Seconds worked from the beginning of the year to the end of each of its days."""
        if year not in self._years:
            first = date(year, 1, 1)
            days = (first + number * _DAY for number in range((date(year + 1, 1, 1) - first).days))
            self._years[year] = list(accumulate(sum(end - start for start, end in self._of_day(day)) for day in days))
        return self._years[year]

    def _moment(self, year: int, seconds: int) -> datetime:
        """When so many seconds of the year have been worked."""
        worked = self._year(year)
        place = bisect_left(worked, seconds)
        left = seconds - (worked[place - 1] if place else 0)
        for start, end in self._of_day(date(year, 1, 1) + place * _DAY):
            if left <= end - start:
                return datetime.fromtimestamp(start + left, UTC).astimezone(self._zone)
            left -= end - start
        raise AssertionError(left)

    def _of_day(self, day: date) -> tuple[tuple[int, int], ...]:
        """The office hours of a day as Unix times."""
        if day not in self._spans:
            hours = self._timetable.on(day, self._holidays(self._timetable.country, day.year))
            found = (self._span(day, each) for each in hours)
            self._spans[day] = tuple((start, end) for start, end in found if start < end)
        return self._spans[day]

    def _date(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()

    def _span(self, day: date, hours: Hours) -> tuple[int, int]:
        start, end = (self._unix(day, minute) for minute in hours)
        return start, end

    def _unix(self, day: date, minute: int) -> int:
        at = wall_clock(minute)
        local = datetime.combine(day if at else day + _DAY, at or time(), self._zone)
        return int(local.timestamp())
