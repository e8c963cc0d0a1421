"""Sums of working hours in words."""

from __future__ import annotations

from decimal import Decimal

from qmsctl.core.office.duration import HOURS_A_WORKING_DAY, Duration
from qmsctl.core.office.duration_words import length
from qmsctl.core.text.quantity import rounded
from qmsctl.message import Message, _


def working_time(hours: Decimal) -> Message:
    """So many working days and hours, a day being eight hours."""
    days, rest = divmod(abs(hours), HOURS_A_WORKING_DAY)
    if not days:
        return _length(rest, "h")
    return _("{days} {hours}", days=_length(days, "d"), hours=_length(rest, "h")) if rest else _length(days, "d")


def _length(amount: Decimal, unit: str) -> Message:
    return length(Duration(plain_number(amount), unit))


def plain_number(number: Decimal) -> Decimal:
    """A number with two decimal places at most, and no zeros at its end."""
    return rounded(number, 2).normalize()
