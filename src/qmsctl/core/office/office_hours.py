"""When an office works: the hours of a week, public holidays, and the office's own calendar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise
from typing import NamedTuple

from qmsctl.regex import regex
from qmsctl.value import dataclass, field

_HOURS = regex(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))", re.ASCII)

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The keys of ``working_hours``, Monday first."""


class Hours(NamedTuple):
    """A stretch of office hours, in minutes from midnight."""

    start: int
    end: int


Day = tuple[Hours, ...]
"""The office hours of a day in their order; none on a day off."""

USUAL_DAY: Day = (Hours(7 * 60 + 30, 11 * 60 + 30), Hours(13 * 60, 17 * 60))
USUAL_WEEK: tuple[Day, ...] = (*((USUAL_DAY,) * 5), (), ())
"""Eight hours from Monday to Friday, as most agencies in Viet Nam work."""


def read_hours(text: str) -> Hours | None:
    """The hours that ``text`` writes as ``07:30-11:30``, or ``None``."""
    found = _HOURS.fullmatch(text)
    if found is None:
        return None
    start_hour, start_minute, end_hour, end_minute = (int(part) for part in found.groups() if part is not None)
    hours = Hours(60 * start_hour + start_minute, 60 * end_hour + end_minute)
    return hours if hours.start < hours.end else None


def in_order(day: Day) -> bool:
    """True if no stretch of the day begins before the one above it has ended."""
    return all(first.end <= second.start for first, second in pairwise(day))


def minutes(day: Day) -> int:
    """How long the office works on such a day."""
    return sum(hours.end - hours.start for hours in day)


def wall_clock(minute: int) -> time | None:
    """The time of day of a minute; ``None`` for midnight at the end of the day."""
    return time(*divmod(minute, 60)) if minute < 24 * 60 else None


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The days off of a country in a year, and the days at a weekend on which work is made up for."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()


NO_HOLIDAYS = PublicHolidays()
VIET_NAM, NO_COUNTRY = "VN", "none"
COUNTRY = regex(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)
"""The code of a country, such as ``IE``, or of a part of one that has holidays of its own, such as ``DE-BY``."""


@dataclass(frozen=True)
class Timetable:
    """When an office works: the seven days of its week, days of its own calendar, and whose holidays it keeps.

    A day without hours is off. ``country`` is the code of a country or of a part of it, or ``none``.
    """

    week: tuple[Day, ...] = USUAL_WEEK
    own: Mapping[date, Day] = field(default_factory=dict)
    country: str = NO_COUNTRY

    @property
    def full_day(self) -> Day:
        """The longest day of the week: what a working day is."""
        return max(self.week, key=minutes)

    def on(self, day: date, public: PublicHolidays) -> Day:
        """The office hours of a day: of its own calendar, else of the public holidays, else of the week."""
        if day in self.own:
            return self.own[day]
        if day in public.off:
            return ()
        own = self.week[day.weekday()]
        return self.full_day if day in public.working and not own else own
