"""What a value in a row may be: a day, a number, a word of a list, an id. There is no kind for free text.

A kind gives its JSON Schema and its type in SQL, and tells whether a value is one of it: the office asks so before a row
leaves, the province before it takes one in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

from qmsctl.core.text.characters import visible
from qmsctl.core.text.ids import LONGEST_ID, is_id
from qmsctl.core.text.values import read_date
from qmsctl.regex import regex
from qmsctl.value import dataclass, field

Cell = str | int | float | bool | None

MOST, MOST_COUNTED = 10**12, 10**9
"""No figure of an office is larger, and no count: what is counted of a whole country can still be added up in 64 bits."""

_WORD = regex(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", re.ASCII)
_CODE = regex(r"[0-9]+(?:\.[0-9A-Z]+)+", re.ASCII)
_MONTH = regex(r"[0-9]{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_LONGEST_WORD, _LONGEST_TITLE = 48, 300


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value; ``json`` is its schema, ``sql`` its type, and ``fits`` tells its values from others."""

    json: Mapping[str, Any]
    sql: str
    fits: Callable[[object], bool]


def _text(most: int, right: Callable[[str], object]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and 0 < len(value) <= most and bool(right(value))


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and abs(value) < MOST


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST_COUNTED


def _title(text: str) -> bool:
    return visible(text) == text and "\n" not in text and unicodedata.is_normalized("NFC", text)


def _pattern(expression: re.Pattern[str], most: int) -> Mapping[str, Any]:
    return {"type": "string", "pattern": f"^{expression.pattern}$", "maxLength": most}


ID = Kind({"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$", "maxLength": LONGEST_ID}, "VARCHAR", _text(LONGEST_ID, is_id))
WORD = Kind(_pattern(_WORD, _LONGEST_WORD), "VARCHAR", _text(_LONGEST_WORD, _WORD.fullmatch))
CODE = Kind(_pattern(_CODE, _LONGEST_WORD), "VARCHAR", _text(_LONGEST_WORD, _CODE.fullmatch))
DAY = Kind({"type": "string", "format": "date"}, "DATE", _text(10, read_date))
MONTH = Kind(_pattern(_MONTH, 7), "VARCHAR", _text(7, _MONTH.fullmatch))
COUNT = Kind({"type": "integer", "minimum": 0, "exclusiveMaximum": MOST_COUNTED}, "BIGINT", _count)
NUMBER = Kind({"type": "number", "exclusiveMinimum": -MOST, "exclusiveMaximum": MOST}, "DOUBLE", _number)
FLAG = Kind({"type": "boolean"}, "BOOLEAN", lambda value: isinstance(value, bool))
TITLE = Kind({"type": "string", "maxLength": _LONGEST_TITLE}, "VARCHAR", _text(_LONGEST_TITLE, _title))


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``about`` says what it holds, ``words`` are all that it may, where they are few. One that is ``needed`` is never null.

    One that ``names`` a document or record has an id of the office; no two rows of a kind have the same in all columns that ``tell`` them apart.
    """

    kind: Kind
    about: str
    needed: bool = False
    words: tuple[str, ...] = field(default=())
    names: bool = False
    tells: bool = False

    def holds(self, value: object) -> bool:
        """True for a value of the column."""
        if value is None:
            return not self.needed
        return self.kind.fits(value) and (not self.words or value in self.words)

    def taken(self, value: object) -> Cell:
        """The value as it leaves; ``None`` in place of one that the column does not hold."""
        plain = _plain(value)
        return plain if self.holds(plain) else None

    @property
    def schema(self) -> Mapping[str, Any]:
        """Its JSON Schema."""
        if self.words:
            return {"enum": [*self.words, *(() if self.needed else (None,))], "description": self.about}
        kind = self.kind.json["type"]
        return {**self.kind.json, "type": kind if self.needed else [kind, "null"], "description": self.about}


def _plain(value: object) -> Cell:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return unicodedata.normalize("NFC", str(value))
