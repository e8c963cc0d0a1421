"""Words by themselves in what is kept of files, which is JSON: a sign that it writes as a letter is none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache

from qmsctl.regex import regex

_RUN, _ESCAPE = regex(rb"[\w.-]+"), regex(rb"\\(?:u....|.)")


def standing(words: frozenset[str], kept: bytes) -> Iterator[int]:
    """The places where one of the words stands there by itself."""
    anywhere, alone = _looked_for(words)
    return (each.start() for each in alone.finditer(kept)) if any(word in kept for word in anywhere) else iter(())


@lru_cache(maxsize=4)
def _looked_for(words: frozenset[str]) -> tuple[tuple[bytes, ...], re.Pattern[bytes]]:
    anywhere = tuple(map(_written, words))
    return anywhere, re.compile(rb"(?:(?<![\w.-])|(?<=\\[bfnrt])|(?<=\\u00..))(?:%b)(?![\w-])" % b"|".join(map(re.escape, anywhere)))


@lru_cache(maxsize=4)
def runs_of(words: frozenset[str]) -> tuple[list[bytes], ...]:
    """The runs of each word."""
    return tuple(runs(_written(word)) for word in words)


def runs(kept: bytes) -> list[bytes]:
    """Whatever stands there in runs of letters of ASCII, digits, dots and hyphens."""
    return _RUN.findall(_ESCAPE.sub(b" ", kept))


def _written(word: str) -> bytes:
    return json.dumps(word, ensure_ascii=False).encode("utf-8", "surrogatepass")[1:-1]
