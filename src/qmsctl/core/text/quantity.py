"""Numbers with what they count, as a language writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from qmsctl.message import Message, _


def rounded(number: Decimal, places: int) -> Decimal:
    """A number as people and spreadsheets round it: a half goes up, away from nought."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def percent(number: Decimal) -> Message:
    """A number of percents."""
    return _("{number} %", number=number)


def quantity(value: Decimal | str, unit: str) -> Message:
    """A value with its unit of measure, if it has one."""
    if unit == "%":
        return _("{number} %", number=value)
    return Message("{value} {unit}" if unit else "{value}", {"value": value, "unit": unit})
