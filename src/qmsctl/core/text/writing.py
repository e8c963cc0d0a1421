"""Days and numbers as the people of an office type them; files keep ``YYYY-MM-DD`` and a decimal point.

The day comes before the month, or nothing is read: a month that stands first is never guessed.
"""

from __future__ import annotations

import re
from datetime import date

from qmsctl.core.text.values import YEARS, read_date, read_number
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.value import dataclass

_DAY_FIRST = regex(r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4})", re.ASCII)
_YEAR_FIRST = regex(r"(?P<year>\d{4})([/.-])(?P<month>\d{1,2})\2(?P<day>\d{1,2})", re.ASCII)
_MONTH_FIRST = regex(r"(\d{1,2})[/-](\d{4})", re.ASCII)
_QUARTER = regex(r"(?:quý|quy|quarter|q) ?([1-4])(?: ?[/-] ?| năm | nam | of | )([0-9]{4})", re.IGNORECASE)
"""As a reader writes it, such as ``quý 1/2026`` or ``Q1 2026``."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What may be typed besides what files hold: with ``day_first`` DD/MM/YYYY (or with dots, or dashes) and MM/YYYY, with ``comma`` 97,5."""

    day_first: bool = False
    comma: bool = False

    def day(self, text: str) -> date | None:
        """The day that ``text`` writes, or ``None``."""
        return read_date(self.filed_day(text))

    def filed_day(self, text: str) -> str:
        """A day as files have it; what is none stays as it is."""
        found = _YEAR_FIRST.fullmatch(text) or (_DAY_FIRST.fullmatch(text) if self.day_first else None)
        filed = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}" if found else text
        return filed if read_date(filed) else text

    def filed_period(self, text: str) -> str:
        """A day, a month or a quarter as files have it; what is none of them stays as it is."""
        if quarter := _QUARTER.fullmatch(text.strip()):
            return f"{quarter[2]}-Q{quarter[1]}"
        found = _MONTH_FIRST.fullmatch(text) if self.day_first else None
        month = f"{found[2]}-{int(found[1]):02}" if found else ""
        return month if read_date(f"{month}-01") else self.filed_day(text)

    def filed_number(self, text: str) -> str:
        """A number as files have it; what is none stays as it is."""
        filed = text.replace(",", ".") if self.comma else text
        return filed if read_number(filed) is not None else text

    @property
    def example(self) -> Message:
        """What a day looks like, so that nobody takes its day for the month."""
        return _("a date such as 25/03/2026 or 2026-03-25") if self.day_first else _("a date such as 2026-03-25")

    def typed(self, message: Message) -> Message:
        """The same message, with what a day and a number look like where they are typed in place of how files have them."""
        filed = Writing()
        return message.exchanged(filed.example, self.example).exchanged(filed.number_example, self.number_example)

    @property
    def month_example(self) -> Message:
        """The same of a month."""
        return _("a month such as 10/2026 or 2026-10") if self.day_first else _("a month such as 2026-10")

    @property
    def number_example(self) -> Message:
        """The same of a number."""
        return _("a number such as 97,5") if self.comma else _("a number such as 97.5")


def no_such_day(text: str) -> bool:
    """True for what is written as a day and is none, such as 31/11/2026; a year far off is another matter."""
    found = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    return found is not None and read_date(f"{2000 + int(found['year']) % 400}-{int(found['month']):02}-{int(found['day']):02}") is None


def far_off(text: str) -> bool:
    """True for a day of a year that nothing here is reckoned with."""
    found = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    return found is not None and int(found["year"]) not in YEARS


DAY_FIRST, ISO = "dmy", "iso"


def writing_of(dates: str | None, language: str) -> Writing:
    """How an office types that says ``dates``; one that does not say so follows its language."""
    vietnamese = language == "vi"
    return Writing(dates == DAY_FIRST or (dates != ISO and vietnamese), comma=vietnamese)
