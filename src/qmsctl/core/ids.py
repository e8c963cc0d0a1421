"""Ids and the templates they are made from: ``QT-{number:2}``, ``NC-{year}-{number:3}``.

A pattern is a template, never a regular expression, so no pattern can hang the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_PLACE = re.compile(r"\{(number(?::\d)?|year|parent|unit)\}", re.ASCII)
_DIGITS = re.compile(r"\d+(?:[.-]\d+)*$", re.ASCII)
_NUMBER_LIMIT = 9


def is_id(text: str) -> bool:
    """True for ASCII letters, digits, dots, underscores and hyphens, matched whole."""
    return bool(_ID.fullmatch(text)) and not text.endswith(".")


@dataclass(frozen=True, slots=True)
class IdPattern:
    """A template cut into literals and places."""

    template: str
    parts: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, template: str) -> IdPattern | None:
        """The pattern, or ``None`` if a literal of it could not stand in an id."""
        parts: list[tuple[str, str]] = []
        position = 0
        for place in _PLACE.finditer(template):
            parts += [("literal", template[position : place.start()]), ("place", place[1])]
            position = place.end()
        parts.append(("literal", template[position:]))
        literals = "".join(text for kind, text in parts if kind == "literal")
        return cls(template, tuple(p for p in parts if p[1])) if not literals or _literal(literals) else None

    def expression(self) -> re.Pattern[str]:
        """What an id of this pattern looks like; every part has a bounded, fixed form."""
        return re.compile("".join(_form(kind, text) for kind, text in self.parts), re.ASCII)

    def matches(self, text: str) -> bool:
        """True if ``text`` could have been made from this pattern."""
        return bool(self.expression().fullmatch(text))

    def fill(self, number: int, year: int, parent: str = "", unit: str = "") -> str:
        """The id with ``number``; ``parent`` is the id of the document it belongs to."""
        found = _DIGITS.search(parent)
        known = {"year": f"{year:04d}", "parent": found.group() if found else parent, "unit": unit}
        return "".join(
            text if kind == "literal" else known.get(text) or f"{number:0{_width(text)}d}"
            for kind, text in self.parts
        )

    @property
    def counts(self) -> bool:
        """True if the pattern has a running number."""
        return any(kind == "place" and text.startswith("number") for kind, text in self.parts)

    def next(self, used: Iterable[str], year: int, parent: str = "", unit: str = "") -> str:
        """The first id after the highest number that ``used`` has in this series."""
        if not self.counts:
            return self.fill(0, year, parent, unit)
        known = {"year": f"{year:04d}", "unit": re.escape(unit) if unit else _form("place", "unit")}
        digits = _DIGITS.search(parent)
        known["parent"] = re.escape(digits.group() if digits else parent)
        series = re.compile(
            "".join(
                re.escape(text) if kind == "literal"
                else known[text] if text in known
                else f"({_digits(text)})"
                for kind, text in self.parts
            ),
            re.ASCII,
        )  # fmt: skip
        numbers = (int(found[1]) for found in map(series.fullmatch, used) if found)
        return self.fill(max(numbers, default=0) + 1, year, parent, unit)


def _literal(text: str) -> bool:
    return not re.search(r"[^A-Za-z0-9._-]", text)


def _width(place: str) -> str:
    return place.partition(":")[2] or "1"


def _form(kind: str, text: str) -> str:
    if kind == "literal":
        return re.escape(text)
    if text == "year":
        return r"\d{4}"
    if text in ("parent", "unit"):
        return r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*?"
    return _digits(text)


def _digits(place: str) -> str:
    return rf"\d{{{_width(place)},{_NUMBER_LIMIT}}}"
