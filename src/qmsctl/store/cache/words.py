"""Words by themselves in what is kept of files, which is JSON: a sign that it writes as a letter is none."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from qmsctl.regex import regex

_RUN, _ESCAPE = regex(rb"[\w.-]+"), regex(rb"\\(?:u....|.)")


def stands_in(words: frozenset[str], kept: bytes) -> bool:
    """True where one of the words stands there by itself."""
    anywhere, alone = _looked_for(words)
    return any(word in kept for word in anywhere) and bool(alone.search(kept))


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
