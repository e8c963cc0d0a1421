"""Days, numbers and lengths of time as papers write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from qmsctl.core.incoming.labels import Labels, key
from qmsctl.core.office.duration import HOURS_A_WORKING_DAY
from qmsctl.regex import regex

_NUMERIC = regex(r"(\d{1,2})\s*[/.\-–]\s*(\d{1,2})\s*[/.\-–]\s*(\d{4})")
_ISO = regex(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?")
_SPELT = regex(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_NUMBER = regex(r"\d{1,6}")
_LENGTH = regex(r"(?:không quá|không muộn hơn|tối đa|chậm nhất(?: là)?|trong(?: vòng| thời hạn)?|within|up to|max\.?|≤|<=)?\s*(\d{1,2}/\d{1,2}|\d{1,4}(?:[.,]\d{1,2})?|[½¼]|nửa|half an?)\s*(?:\(\w+(?: \w+)?\)\s*)?([^\W\d_][^(),;]*?)\s*(?:\(.*\)|[,;]?\s*(?:kể từ|tính từ|từ khi|sau khi|from|after)\s.*)?\.?", re.IGNORECASE)
_PARTS = {"½": "1/2", "¼": "1/4", "nửa": "1/2", "half a": "1/2", "half an": "1/2"}


def day_in(text: str) -> date | None:
    """The day a text names, the day before the month; ``None`` where it names none there is."""
    shown = " ".join(text.split())
    for pattern, order in ((_ISO, (1, 2, 3)), (_NUMERIC, (3, 2, 1)), (_SPELT, (3, 2, 1))):
        found = pattern.search(shown)
        if found:
            year, month, day = (int(found[place]) for place in order)
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


def number_in(text: str) -> int | None:
    """The first number in a text: 3 of ``03``, 1 of ``v1.0``."""
    found = _NUMBER.search(text)
    return int(found[0]) if found else None


def duration_in(text: str, labels: Labels) -> str | None:
    """A length of working time as files have it: ``4h`` of “0,5 ngày”, ``2d`` of “02 ngày làm việc”; ``None`` where it is none."""
    read = _length(text, labels)
    if read is None:
        return None
    amount, unit = read
    if unit == "minutes":
        amount, unit = (amount / 60).quantize(Decimal("0.01")), "h"
    if unit == "d" and amount != int(amount):
        amount, unit = amount * HOURS_A_WORKING_DAY, "h"
    return _written(amount, unit)


def retention_in(text: str, labels: Labels) -> str | None:
    """How long a record is kept, as files have it: ``5y``, ``permanent``; ``None`` where it is not said so."""
    if labels.listed("forever", text):
        return "permanent"
    read = _length(text, labels)
    return _written(*read) if read and read[1] in ("y", "m", "w") and read[0] == int(read[0]) else None


def _length(text: str, labels: Labels) -> tuple[Decimal, str] | None:
    found = _LENGTH.fullmatch(" ".join(text.split()))
    unit = labels.field("time", found[2]) if found else None
    if found is None or unit is None:
        return None
    above, _, below = _PARTS.get(found[1].casefold(), found[1].replace(",", ".")).partition("/")
    amount = Decimal(above) / Decimal(below or 1) if below.strip("0") or not below else Decimal(0)
    return (amount, unit) if amount > 0 else None


def _written(amount: Decimal, unit: str) -> str:
    whole = int(amount) if amount == int(amount) else amount.normalize()
    return f"{whole}{unit}"


def title_of(text: str, labels: Labels) -> str:
    """A title that stood in capitals, as a sentence is written; abbreviations stay."""
    if not text.isupper():
        return text
    capitals = {key(each) for each in labels.lists["abbreviations"]}
    words = [each if key(each) in capitals or any(letter.isdigit() for letter in each) else each.lower() for each in text.split()]
    shown = " ".join(words)
    return shown[:1].upper() + shown[1:]
