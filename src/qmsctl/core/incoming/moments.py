"""Days and moments in the cells of others: a date, Excel's number of days, or a text of one of the forms in use."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from qmsctl.core.incoming.sheet import Cell, Sheet
from qmsctl.core.text.values import read_date
from qmsctl.core.text.writing import Writing
from qmsctl.regex import regex

_COMPACT = regex(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?", re.ASCII)
"""``yyyyMMddHHmmss``, as programs send it to each other, local time; without seconds or time of day likewise."""

_HOURS = regex(r"\b(\d{1,2}) ?(?:giờ|h|g) ?(?:(\d{2}) ?(?:phút|p|['’′])?)?", re.IGNORECASE)
"""``8h10``, ``8 giờ 10 phút`` and ``8g``, as people write them."""
_SAID = regex(r"\b(?:lúc|ngày)\b", re.IGNORECASE)
_BESIDE = regex(r"(?<=\d) *(?:, *| - )(?=\d)")
"""What stands between a time and its day."""
_IN_WORDS = regex(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.ASCII | re.IGNORECASE)
_DAY_FIRST = regex(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 0{1,2}:00(?::00)?)?", re.ASCII)
_DAYS = regex(r"\d{5}(?:\.\d{1,15})?", re.ASCII)


def words_of(cell: Cell) -> str:
    """What the cell shows, on one line, with plain spaces."""
    return " ".join(cell.text.split())


def day_of(cell: Cell, sheet: Sheet, writing: Writing) -> date | None:
    """The day a cell means, or ``None``. The day comes before the month, or nothing is read."""
    moment = _held(cell, sheet)
    if moment is not None:
        return moment.date()
    text = words_of(cell)
    in_words = _IN_WORDS.fullmatch(text) or (_DAY_FIRST.fullmatch(text) if writing.day_first else None)
    if in_words:
        return read_date(f"{in_words[3]}-{in_words[2]:0>2}-{in_words[1]:0>2}")
    compact = _COMPACT.fullmatch(text)
    return read_date("-".join(compact.groups()[:3])) if compact else read_date(text[:10]) if text[10:] in ("", " 00:00:00", "T00:00:00") else None


def moment_text(cell: Cell, sheet: Sheet) -> str:
    """What the cell means as data files of cases have it; a text of another form as it stands."""
    moment = _held(cell, sheet)
    if moment is None:
        compact = _COMPACT.fullmatch(words_of(cell))
        if compact is None:
            return _plainly(words_of(cell))
        year, month, day, hour, minute, second = compact.groups()
        return f"{year}-{month}-{day}" if hour is None else f"{year}-{month}-{day} {hour}:{minute}:{second or '00'}"
    whole = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.strftime("%Y-%m-%d" if whole else "%Y-%m-%d %H:%M:%S")


def _plainly(text: str) -> str:
    """A moment as people write it as programs do; a text of another form as it stands."""
    hours = _HOURS.sub(lambda found: f"{found[1]}:{found[2] or '00'} ", text)
    return _BESIDE.sub(" ", " ".join(_SAID.sub(" ", hours).split()))


def _held(cell: Cell, sheet: Sheet) -> datetime | None:
    """The moment that is in the cell itself, or that its number of days means."""
    if cell.moment is not None:
        return cell.moment
    if cell.number is not None:
        return sheet.day(cell.number)
    text = words_of(cell)
    return sheet.day(Decimal(text)) if _DAYS.fullmatch(text) else None
