"""Whether a text says anything: marks alone are no words."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[\s.…,;:!?¡¿·•*_~/|\\‐‑‒–—―+=()\[\]{}<>\"'“”‘’«»`^#&@-]*")
_OPEN = re.compile(r"[\s()\[\]{}<>\"'“”‘’«»]*(?:…|\.\.)[\s.…()\[\]{}<>\"'“”‘’«»]*")


def holds_words(text: str) -> bool:
    """True unless ``text`` is made of blanks, stops, dashes and brackets alone; a sign such as % says something."""
    return text[:1].isalnum() or _MARKS.fullmatch(text) is None


def is_left_open(text: str) -> bool:
    """True for ``…`` and ``...``, however many and in whatever brackets: somebody meant to write there later."""
    return not text[:1].isalnum() and _OPEN.fullmatch(text) is not None
