"""What may stand in a cell of a data file: moments, stops and counts, as people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, tzinfo

from qmsctl.core.cases.case import Due
from qmsctl.core.office.working_time import YEARS, Stop
from qmsctl.core.text.values import read_date
from qmsctl.regex import regex
from qmsctl.value import dataclass

_ISO = r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
_VIETNAMESE = r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"
_TIME = r"(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d{1,6})?)?"
_MOMENTS = tuple(
    regex(form, re.ASCII)
    for form in (rf"{_ISO}[ T]+{_TIME}", rf"{_VIETNAMESE} +{_TIME}", rf"{_TIME} +{_VIETNAMESE}")
)
_DATES = tuple(regex(form, re.ASCII) for form in (_ISO, _VIETNAMESE))
_OFFSET = regex(r"(?P<rest>.*\d)(?P<offset>Z|[+-]\d{2}:\d{2})", re.ASCII)
_COUNT = regex(r"\d{1,3}", re.ASCII)
_YES, _NO = ("yes", "true", "x", "có", "co"), ("no", "false", "không", "khong")
_LAST_SECOND = time(23, 59, 59)
_LONGEST = 40

BETWEEN, AND = "..", "|"
"""Between the ends of a stop, and between stops."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Reads the cells of one office, in its ``zone`` unless a moment has an offset.

    With ``day_first``, ``2026-03-02 09:30``, ``02/03/2026 9:30`` and ``09:30 02/03/2026`` are the same; else
    only the first is a moment, for nobody knows which is the month.
    """

    zone: tzinfo
    day_first: bool = True

    def moment(self, text: str) -> datetime | None:
        """The moment ``text`` writes; ``None`` if it is none."""
        if len(text) > _LONGEST:
            return None
        offset = _OFFSET.fullmatch(text) if "T" in text else None
        found = self._first(_MOMENTS, offset["rest"] if offset else text)
        if found is None:
            return None
        try:
            own = datetime.fromisoformat(f"2000-01-01T00:00{offset['offset']}").tzinfo if offset else self.zone
            year, month, day, hour, minute, second = (int(found[name] or 0) for name in "ymdHMS")
            moment = datetime(year, month, day, hour, minute, second, tzinfo=own).astimezone(self.zone)
        except (ValueError, OverflowError):
            return None
        return moment if moment.year in YEARS else None

    def due(self, text: str) -> Due | None:
        """A promise: a moment, or a day, which lasts until its last second."""
        moment = self.moment(text)
        if moment is not None:
            return Due(moment)
        found = self._first(_DATES, text)
        day = read_date(f"{found['y']}-{found['m']:0>2}-{found['d']:0>2}") if found else None
        if day is None or day.year not in YEARS:
            return None
        return Due(datetime.combine(day, _LAST_SECOND, self.zone), whole_day=True)

    def stops(self, text: str) -> tuple[Stop, ...] | None:
        """Stops such as ``2026-03-02 09:30..2026-03-04 08:00``, several with ``|`` between them; one may lack its end."""
        stops: list[Stop] = []
        for part in text.split(AND):
            first, between, last = part.partition(BETWEEN)
            start = self.moment(first.strip())
            end = self.moment(last.strip()) if last.strip() else None
            if not between or start is None or (last.strip() and end is None):
                return None
            stops.append(Stop(start, end))
        return tuple(stops)

    def _first(self, forms: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
        """The first form that fits; the international one stands first."""
        return next(filter(None, (form.fullmatch(text) for form in (forms if self.day_first else forms[:1]))), None)


def read_count(text: str) -> int | None:
    """How often: a number up to 999, or yes and no."""
    word = text.casefold()
    if word in _YES or word in _NO:
        return int(word in _YES)
    return int(text) if _COUNT.fullmatch(text) else None


def write_moment(moment: datetime) -> str:
    """A moment as data files of the system have it: local, to the minute, to the second where it has some."""
    return moment.strftime("%Y-%m-%d %H:%M:%S" if moment.second else "%Y-%m-%d %H:%M")


def write_due(due: Due) -> str:
    """The same of a promise."""
    return due.at.date().isoformat() if due.whole_day else write_moment(due.at)


def write_stops(stops: tuple[Stop, ...]) -> str:
    """The same of stops."""
    return f" {AND} ".join(
        f"{write_moment(stop.start)}{BETWEEN}{write_moment(stop.end) if stop.end else ''}" for stop in stops
    )
