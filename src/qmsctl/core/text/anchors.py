"""The places of a text that a link can lead to: its headings, named as forges name them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from qmsctl.core.text.inline_text import plain_text
from qmsctl.regex import regex

_NOT_IN_SLUG = regex(r"[^\w\- ]")
_LINE_END = regex(r"\s*\n\s*")


@lru_cache(maxsize=8192)
def slug(heading: str) -> str:
    """The name of a heading, as GitHub makes it: its words in small letters, hyphens for spaces, no other signs."""
    plain = unicodedata.normalize("NFC", _LINE_END.sub(" ", plain_text(heading))).strip().lower()
    return _NOT_IN_SLUG.sub("", plain).replace(" ", "-")


def anchors(headings: Iterable[str]) -> Iterator[str]:
    """The name of each heading of one text; of several that are alike, the second has ``-1`` behind it, and so on."""
    taken: dict[str, int] = {}
    for heading in headings:
        own = name = slug(heading)
        while name in taken:
            taken[own] += 1
            name = f"{own}-{taken[own]}"
        taken[name] = 0
        yield name
