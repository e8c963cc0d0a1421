"""A text as somebody reads it who sees nothing of how it is written: without invisible characters, escapes, marks that stand apart and letters that look like others."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

from qmsctl.core.text.characters import ALIKE, UNSEEN
from qmsctl.regex import regex

_OTHERS = "".join(map(chr, ALIKE))
_MARKS = "\u0300-\u036f\u20d0-\u20ff"
_IN_SHAPES = "\u2460-\u24ff\U0001f100-\U0001f169"
"""Letters and digits in circles, squares and brackets."""
_SIGN = regex(rf"[%\\{_MARKS}{_IN_SHAPES}{UNSEEN}{_OTHERS}]")
_WRITTEN = regex(rf"(?:%[0-9A-Fa-f]{{2}})+|\\u(?:e00[0-7][0-9a-f]|[0-9a-f]{{4}})|[{UNSEEN}]|[^\W_][{_MARKS}]+|[{_IN_SHAPES}{_OTHERS}]")
_GONE = regex(f"[\ud800-\udfff\U000e0000-\U000e007f{_MARKS}{UNSEEN}]")


class Plain(NamedTuple):
    """The text as it is read, and of each of its characters where it begins and ends in the text as it is written."""

    text: str
    starts: list[int]
    ends: list[int]


def undisguised(text: str) -> Plain | None:
    """What is read; ``None`` where that is the text itself."""
    if not _SIGN.search(text):
        return None
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for found in _WRITTEN.finditer(text):
        read = _read(found[0])
        parts += (text[place : found.start()], read)
        starts += (*range(place, found.start()), *[found.start()] * len(read))
        ends += (*range(place + 1, found.start() + 1), *[found.end()] * len(read))
        place = found.end()
    parts.append(text[place:])
    return Plain("".join(parts), [*starts, *range(place, len(text))], [*ends, *range(place + 1, len(text) + 1)]) if place else None


def _read(written: str) -> str:
    text = chr(int(written.partition("u")[2], 16)) if written.startswith("\\u") else unquote(written)
    return _GONE.sub("", unicodedata.normalize("NFKC", text.translate(ALIKE)))
