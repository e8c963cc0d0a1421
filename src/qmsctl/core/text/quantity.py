"""Numbers with what they count, as a language writes them."""

from __future__ import annotations

from decimal import Decimal

from qmsctl.message import Message, _


def percent(number: Decimal) -> Message:
    """A number of percents."""
    return _("{number} %", number=number)


def quantity(value: Decimal | str, unit: str) -> Message:
    """A value with its unit of measure, if it has one."""
    if unit == "%":
        return _("{number} %", number=value)
    return Message("{value} {unit}" if unit else "{value}", {"value": value, "unit": unit})
