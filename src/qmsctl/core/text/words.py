"""Whether a text says anything: marks alone are no words."""

from __future__ import annotations

from unicodedata import category

from qmsctl.regex import regex

_SIGNS = "%‰§"
"""Marks by their kind that say something all the same."""

_EMPTY = "☐□▢◻◽⬜"
"""Boxes in which nothing was ticked."""

_SILENT = ("P", "Z", "C", "M", "Sm", "Sk")
"""Kinds of character that are no words by themselves, after Unicode, chapter 4.5: stops, blanks, accents, lines."""

_DOTS = str.maketrans({"‥": "..", "⋯": "…", "⋮": "…", "︙": "…", "．": ".", "。": ".", "｡": ".", "․": "."})
_OPEN = regex(r"[\s()\[\]{}<>\"'“”‘’«»]*(?:…|\.\s*\.)[\s.…()\[\]{}<>\"'“”‘’«»]*")


def holds_words(text: str) -> bool:
    """True unless ``text`` is made of blanks, stops, dashes and brackets alone; a sign such as % or ✓ says something."""
    return text[:1].isalnum() or any(map(_says, text))


def _says(character: str) -> bool:
    return character in _SIGNS or not (character in _EMPTY or category(character).startswith(_SILENT))


def is_left_open(text: str) -> bool:
    """True for ``…`` and ``...``, however many and in whatever brackets: somebody meant to write there later."""
    return not text[:1].isalnum() and _OPEN.fullmatch(text.translate(_DOTS)) is not None
