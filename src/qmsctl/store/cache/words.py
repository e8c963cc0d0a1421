"""Words by themselves in what is kept of files, which is JSON: a sign that it writes as a letter is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache

from qmsctl.regex import regex

_RUN, _ESCAPE = regex(rb"[\w.-]+"), regex(rb"\\(?:u....|.)")
_BEGINS, _ENDS = regex(rb"(?<![\w.-])|(?<=\\[bfnrt])|(?<=\\u00..)"), regex(rb"(?![\w-])")


def standing(word: bytes, kept: bytes) -> Iterator[int]:
    """The places where a word, as it is :func:`written`, stands there by itself."""
    at = kept.find(word)
    while at >= 0:
        if _BEGINS.match(kept, at) and _ENDS.match(kept, at + len(word)):
            yield at
        at = kept.find(word, at + 1)


@lru_cache(maxsize=4)
def runs_of(words: frozenset[str]) -> tuple[tuple[bytes, list[bytes]], ...]:
    """Each word as it is written, and the runs in it."""
    return tuple((each, runs(each)) for each in map(written, words))


def runs(kept: bytes) -> list[bytes]:
    """Whatever stands there in runs of letters of ASCII, digits, dots and hyphens."""
    return _RUN.findall(_ESCAPE.sub(b" ", kept))


def written(word: str) -> bytes:
    """A word as JSON has it."""
    return json.dumps(word, ensure_ascii=False).encode("utf-8", "surrogatepass")[1:-1]
