"""Words by themselves in what is kept of files, which is JSON: a sign that it writes as a letter is none."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from qmsctl.regex import regex

_RUN, _ESCAPE = regex(rb"[\w.-]+"), regex(rb"\\(?:u....|.)")


@lru_cache(maxsize=4)
def alone(words: frozenset[str]) -> re.Pattern[bytes]:
    """One of the words."""
    return re.compile(rb"(?:(?<![\w.-])|(?<=\\[bfnrt])|(?<=\\u00..))(?:%b)(?![\w-])" % b"|".join(re.escape(_written(word)) for word in words))


@lru_cache(maxsize=4)
def runs_of(words: frozenset[str]) -> tuple[list[bytes], ...]:
    """The runs of each word."""
    return tuple(runs(_written(word)) for word in words)


def runs(kept: bytes) -> list[bytes]:
    """Whatever stands there in runs of letters of ASCII, digits, dots and hyphens."""
    return _RUN.findall(_ESCAPE.sub(b" ", kept))


def _written(word: str) -> bytes:
    return json.dumps(word, ensure_ascii=False).encode("utf-8", "surrogatepass")[1:-1]
