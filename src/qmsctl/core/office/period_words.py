"""Measuring periods as a reader writes them: ``2026-10`` is 10/2026 in Vietnamese."""

from __future__ import annotations

from qmsctl.core.office.measuring_period import read_period
from qmsctl.message import Message, _


def period_words(text: str) -> Message:
    """A period in words; what is none stands as it is."""
    found = read_period(text)
    year, number = text[:4], text[-2:].lstrip("HQW0")
    match found.kind if found else "":
        case "half":
            return _("first half of {year}", year=year) if number == "1" else _("second half of {year}", year=year)
        case "quarter":
            return _("quarter {number} of {year}", number=number, year=year)
        case "month":
            return _("{year}-{month}", year=year, month=text[-2:])
        case "week":
            return _("week {number} of {year}", number=number, year=year)
        case "day":
            return Message("{day}", {"day": found.start if found else text})
        case _:
            return Message("{text}", {"text": text})
