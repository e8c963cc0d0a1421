"""Limits as laws set them: so long from reception, or within the same working day."""

from __future__ import annotations

import re
from decimal import Decimal

from qmsctl.core.office.duration import HOURS_A_WORKING_DAY, Duration
from qmsctl.regex import regex
from qmsctl.value import dataclass

_SAME_DAY = regex(r"same-day(?: until ([01]\d|2[0-3]):([0-5]\d))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class SameDay:
    """In the working day of reception; what is received after ``until``, in minutes from midnight, in the next one."""

    until: int | None = None

    def hours(self) -> Decimal:
        """The working hours that a matter may take: those of a day at most."""
        return Decimal(HOURS_A_WORKING_DAY)

    def __str__(self) -> str:
        return "same-day" if self.until is None else f"same-day until {self.clock}"

    @property
    def clock(self) -> str:
        """The time of day after which the next day counts; empty where there is none."""
        return "" if self.until is None else f"{self.until // 60:02}:{self.until % 60:02}"


TimeLimit = Duration | SameDay


def read_limit(text: str) -> TimeLimit | None:
    """The limit that ``text`` writes as ``3d``, ``same-day`` or ``same-day until 15:00``, or ``None``."""
    found = _SAME_DAY.fullmatch(text)
    if found is None:
        return Duration.parse(text)
    return SameDay(60 * int(found[1]) + int(found[2]) if found[1] else None)
