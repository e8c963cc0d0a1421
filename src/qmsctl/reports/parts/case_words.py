"""Figures of cases in words."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from qmsctl.core.cases.case import Due
from qmsctl.core.text.quantity import percent, rounded
from qmsctl.message import Message, _
from qmsctl.reports.parts.working_time import plain_number

_TENTH = Decimal("0.1")


def in_hours(seconds: int) -> Decimal:
    """Working seconds in hours, to a tenth."""
    return rounded(Decimal(seconds) / 3600, 1)


def hours(seconds: int) -> Message:
    """The same in words."""
    return _("{hours} h", hours=plain_number(in_hours(seconds)))


def share(part: float) -> Message:
    """A share from 0 to 1 in percent; never 100 or 0 where something is wanting."""
    near = rounded(100 * Decimal(str(part)), 1)
    shown = min(near, 100 - _TENTH) if part < 1 else near
    return percent(plain_number(max(shown, _TENTH) if part > 0 else shown))


def due_words(due: Due) -> date | datetime:
    """A promise: the moment, or the day where only that was promised."""
    return due.at.date() if due.whole_day else due.at
