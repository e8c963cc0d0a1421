"""Texts to the values they write, or ``None``.

Dates are strictly ``YYYY-MM-DD`` and moments RFC 3339 with an offset; a number is what a person
writes, never ``0x10`` or ``1_0``.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from urllib.parse import unquote

from qmsctl.message import Message, _
from qmsctl.regex import regex

_DATE = regex(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = regex(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-](0\d|1[0-4]):[0-5]\d)", re.ASCII)
_INTEGER = regex(r"-?(0|[1-9]\d{0,11})", re.ASCII)
_NUMBER = regex(r"-?(0|[1-9]\d{0,11})([.]\d{1,9})?", re.ASCII)
_BOOLS = {"yes": True, "true": True, "no": False, "false": False}
_RESERVED = regex(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])[ ]*(?:\..*)?", re.IGNORECASE | re.DOTALL)
_NO_PART = frozenset(("", ".", ".."))
YEARS = range(1000, 9000)
"""Those of days and moments, with room on both sides for time zones and durations."""


def by_commas(text: str) -> tuple[str, ...]:
    """What a person names with commas between; nothing where there is nothing."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def read_date(text: str | None) -> date | None:
    """The day ``text`` writes as ``YYYY-MM-DD``, or ``None``."""
    if not text or not _DATE.fullmatch(text):
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def read_moment(text: str | None) -> datetime | None:
    """The moment ``text`` writes as RFC 3339 with an offset, or ``None``."""
    if not text or not _MOMENT.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


@lru_cache(maxsize=1 << 12)
def read_integer(text: str) -> int | None:
    """The whole number ``text`` writes (at most twelve digits), or ``None``."""
    return int(text) if _INTEGER.fullmatch(text) else None


def read_number(text: str) -> Decimal | None:
    """The decimal number ``text`` writes, or ``None``."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def read_bool(text: str) -> bool | None:
    """``yes``/``true`` or ``no``/``false``, else ``None``."""
    return _BOOLS.get(text)


def path_problem(text: str) -> Message | None:
    """Why ``text``, as written or percent-decoded, is no path inside the QMS folder; ``None`` if it is one."""
    return _path_problem(text) or (_path_problem(unquote(text)) if "%" in text else None)


def _path_problem(text: str) -> Message | None:
    if "\\" in text or ":" in text:
        return _("a path uses / and no drive letter")
    if text.startswith("/"):
        return _("a path is relative to the QMS folder")
    parts = text.split("/")
    if not _NO_PART.isdisjoint(parts):
        return _("a path may not contain “..”, “.” or an empty part")
    if any(map(_RESERVED.fullmatch, parts)):
        return _("a path may not use a name reserved by Windows")
    return None
