"""Ids and the templates they are made from: ``QT-{number:2}``, ``NC-{year}-{number:3}``.

A pattern is a template, never a regular expression, so no pattern can hang the reader. ``{any}`` stands for
an id of any form: a file of such a type takes a number that was given before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from qmsctl.regex import regex
from qmsctl.value import dataclass

LONGEST_ID = 64
_ID = regex(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{LONGEST_ID - 1}}}", re.ASCII)
_PLACE = regex(r"\{(number(?::[1-9])?|year|parent|unit|any)\}", re.ASCII)
_DIGITS = regex(r"\d+(?:[.-]\d+)*$", re.ASCII)
_NUMBER_LIMIT = 9


def is_id(text: str) -> bool:
    """True for ASCII letters, digits, dots, underscores and hyphens, matched whole."""
    return bool(_ID.fullmatch(text)) and not text.endswith(".")


@dataclass(frozen=True, slots=True)
class IdPattern:
    """A template cut into literals and places."""

    template: str
    parts: tuple[tuple[str, str], ...]

    @staticmethod
    @lru_cache(maxsize=256)
    def parse(template: str) -> IdPattern | None:
        """The pattern, or ``None`` if it is empty, repeats a place, or a literal could not stand in an id."""
        parts: list[tuple[str, str]] = []
        position = 0
        for place in _PLACE.finditer(template):
            parts += [("literal", template[position : place.start()]), ("place", place[1])]
            position = place.end()
        parts.append(("literal", template[position:]))
        literals = "".join(text for kind, text in parts if kind == "literal")
        places = [text.partition(":")[0] for kind, text in parts if kind == "place"]
        sound = bool(template) and _literal(literals) and len(places) == len(set(places))
        return IdPattern(template, tuple(p for p in parts if p[1])) if sound else None

    def read(self, text: str) -> Mapping[str, str] | None:
        """What stands in the places of an id (``year``, ``parent``, …), or ``None`` for another form."""
        found = _expression(self.parts).fullmatch(text) if is_id(text) else None
        if not found:
            return None
        places = zip(self.parts, found.groups(), strict=True)
        return {part.partition(":")[0]: group for (kind, part), group in places if kind == "place"}

    def matches(self, text: str) -> bool:
        """True if ``text`` could have been made from this pattern."""
        return self.read(text) is not None

    def fits(self, text: str, parent: str = "") -> bool:
        """True if ``text`` could have been made from this pattern for what belongs to ``parent``."""
        places = self.read(text)
        return places is not None and not (is_id(parent) and places.get("parent", self.digits(parent)) != self.digits(parent))

    @staticmethod
    def digits(parent: str) -> str:
        """What an id takes over from that of its parent: the digits at its end, if it has any."""
        found = _DIGITS.search(parent)
        return found.group() if found else parent

    def fill(self, number: int, year: int, parent: str = "", unit: str = "") -> str:
        """The id with ``number``; ``parent`` is the id of the document it belongs to."""
        known = {"year": f"{year:04d}", "parent": self.digits(parent), "unit": unit}
        return "".join(
            text if kind == "literal" else known.get(text, f"{number:0{_width(text)}d}")
            for kind, text in self.parts
        )

    @property
    def takes_any(self) -> bool:
        """True if the id is that of something else, and is named by whoever makes the file."""
        return ("place", "any") in self.parts

    @property
    def counts(self) -> bool:
        """True if the pattern has a running number."""
        return any(kind == "place" and text.startswith("number") for kind, text in self.parts)

    def next(self, used: Iterable[str], year: int, parent: str = "", unit: str = "") -> str:
        """The first id after the highest number that ``used`` has in this series."""
        if not self.counts:
            return self.fill(0, year, parent, unit)
        known = {"year": f"{year:04d}", "unit": re.escape(unit) if unit else _form("place", "unit")}
        known["parent"] = re.escape(self.digits(parent))
        series = re.compile(
            "".join(
                re.escape(text) if kind == "literal"
                else known[text] if text in known
                else f"({_digits(text)})"
                for kind, text in self.parts
            ),
            re.ASCII | re.IGNORECASE,
        )
        numbers = (int(found[1]) for found in map(series.fullmatch, used) if found)
        return self.fill(max(numbers, default=0) + 1, year, parent, unit)


@lru_cache(maxsize=64)
def _expression(parts: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Every part has a bounded, fixed form."""
    return re.compile("".join(f"({_form(kind, text)})" for kind, text in parts), re.ASCII)


def _literal(text: str) -> bool:
    return not re.search(r"[^A-Za-z0-9._-]", text)


def _width(place: str) -> str:
    return place.partition(":")[2] or "1"


def _form(kind: str, text: str) -> str:
    if kind == "literal":
        return re.escape(text)
    if text == "year":
        return r"\d{4}"
    if text in ("parent", "unit", "any"):
        return r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*?"
    return _digits(text)


def _digits(place: str) -> str:
    return rf"\d{{{_width(place)},{_NUMBER_LIMIT}}}"
