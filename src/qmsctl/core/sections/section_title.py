"""A heading as people write it, reduced to the words by which a section is known."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from qmsctl.core.text.inline_text import plain_text
from qmsctl.regex import regex

_ROMAN = r"[IVXLivxl]+"
_NUMBER = regex(
    rf"""(?:
      [(\[]?\s*(?:\d+|{_ROMAN}|[A-Za-zĐđ])(?:\.\d+)*\s*[)\]]\s*[.:]?        # (1)  1)  1.2)  iv)  a)
    | (?:\d+|[IVXL]+)(?:\.\d+)*\s+                                        # 1  1.2  II
    | (?:\d+|{_ROMAN})(?:\.(?:\d+|[A-Za-zĐđ]\b))*\s*[.:/–—-]+\s*                 # 1.  1.2.  1:  1/  I -  1.a.
    | \d+(?:\.\d+)*(?=[^\W\d_])                                          # 1Purpose
    | [A-Za-zĐđ]\s*[.:/–—-]+\s+                                            # A.  B -
    | §+\s*\d+(?:\.\d+)*\s*[.:]?\s*                                      # § 1
    | (?i:điều|mục|phần|chương|khoản|section|part|chapter|article|clause)\s+(?:\d+|{_ROMAN})(?:\.\d+)*\s*(?:[.:)/–—-]+\s*|\s+)
    )""",
    re.VERBOSE,
)
_ATTRIBUTES = regex(r"\{[#.][^{}]*\}\s*$")
_JOINT = regex(r"[,;&]|(?<=\s)(?:và|and)(?=\s)")
_NO_WORD = regex(r"[^\w%+]+")
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_TONE = regex("[\u0300\u0301\u0303\u0309\u0323]")
_TWICE = regex(r"\s*[/|(\[–—]\s*|\s+-\s+")


class Readings(NamedTuple):
    """The words of a heading, as they are and without a number before them.

    Of one that says it twice (``Mục đích / Purpose``, ``Purpose (Mục đích)``) those of both ``halves``.
    """

    whole: tuple[str, ...]
    halves: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def readings(text: str) -> Readings:
    """How a heading may be read, for comparing: marks and punctuation, case, and the accents' form and place aside."""
    shown = _read(text)
    bare = _unnumbered(shown)
    halves = [words for half in _TWICE.split(bare) if (words := _words(_unnumbered(half)))]
    return Readings(tuple(dict.fromkeys((_words(shown), _words(bare)))), tuple(halves) if len(halves) == 2 else ())


def _read(text: str) -> str:
    shown = unicodedata.normalize("NFKC", plain_text(_ATTRIBUTES.sub("", text)))
    return " ".join(shown.split()).strip(" *_#“”\"'«»")


def _unnumbered(text: str) -> str:
    found = _NUMBER.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text


def _words(text: str) -> str:
    return " ".join(map(_tones_last, _NO_WORD.sub(" ", _JOINT.sub(" ", text.casefold())).split()))


def _tones_last(word: str) -> str:
    """A syllable with its tone behind it, for ``hoà`` and ``hòa`` are one."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", apart.translate(_TONES)) + "".join(_TONE.findall(apart))
