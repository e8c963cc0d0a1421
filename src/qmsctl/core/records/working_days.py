"""The days on which the office works: what a working day in a period of days is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.office.office_hours import NO_HOLIDAYS
from qmsctl.core.office.working_time import YEARS


def works(library: Library) -> Callable[[date], bool]:
    """Whether the office has hours on a day, by its week, the public holidays and its own calendar.

    Beyond the years whose public holidays are known its week and calendar alone count.
    """
    timetable, outside = library.config.timetable, library.outside

    def is_worked(day: date) -> bool:
        public = outside.public_holidays(timetable.country, day.year) if day.year in YEARS else NO_HOLIDAYS
        return bool(timetable.on(day, public))

    return is_worked
