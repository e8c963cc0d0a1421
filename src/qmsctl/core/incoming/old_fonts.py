"""Vietnamese as it was written before Unicode: what the letters are is said by the font alone.

TCVN3, also called ABC, has a letter a byte, and capitals with a tone in fonts of their own (``.VnTimeH``). VNI writes a vowel and
behind it its marks. A text is given as programs for Windows show it, byte by byte as in Latin-1.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from itertools import product

from qmsctl.regex import regex


class Encoding(Enum):
    """In which of them a text is written."""

    TCVN3 = "TCVN3"
    TCVN3_CAPITALS = "TCVN3, capitals"
    VNI = "VNI"


_TCVN3_FROM = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ", 0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù", 0xF1: "ủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip
"""Letters in a row from these bytes on; what lies between them are no letters."""

_TCVN3 = {chr(first + number): letter for first, letters in _TCVN3_FROM.items() for number, letter in enumerate(letters)}

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {"â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323"}
_BREVES = {"ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323"}
_VNI_MARKS = {"a": _TONES | _HATS | _BREVES, "e": _TONES | _HATS, "o": _TONES | _HATS, "u": _TONES, "y": _TONES, "ô": _TONES, "ö": _TONES}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _vni() -> dict[str, str]:
    """What each letter, or letter with mark, stands for; marks are written small behind a capital, too."""
    found = dict(_VNI_ALONE)
    for base, marks in _VNI_MARKS.items():
        for mark, signs in marks.items():
            found[base + mark] = unicodedata.normalize("NFC", _VNI_ALONE.get(base, base) + signs)
    both = [(key, letter) for key, letter in found.items() if len(key) == 2]
    capitals = {key.upper(): letter.upper() for key, letter in found.items()}
    return found | capitals | {key[0].upper() + key[1]: letter.upper() for key, letter in both} | {key[0] + key[1].upper(): letter for key, letter in both}


_VNI = _vni()
_VNI_LETTERS = regex("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_SYMBOLS = {code: code - 0xF000 for code in range(0xF020, 0xF100)}
"""Where Word keeps the letters of fonts that say they are symbols."""

_WORD = regex(r"[^\W\d_]+")
_ASCII_CAPITALS, _ASCII_SMALL = regex(r"[A-Z]"), regex(r"[a-z]")
_ENOUGH = 4
"""So many capitals and no small letter make the whole a heading in capitals."""


def encoding_of(font: str) -> Encoding | None:
    """How a text in this font is written; ``None`` for one that holds what it shows."""
    name = font.strip().casefold()
    if name.startswith(".vn"):
        return Encoding.TCVN3_CAPITALS if name.endswith("h") else Encoding.TCVN3
    return Encoding.VNI if name.startswith(("vni-", "vni ")) else None


def joins(letter: str, mark: str) -> bool:
    """True if in VNI the two are one letter, though they may stand in two runs."""
    return letter + mark in _VNI


def decoded(text: str, encoding: Encoding) -> str:
    """The text in Unicode, composed. Of several runs in one encoding it is to be all of them, for a mark may begin the next run."""
    shown = text.translate(_SYMBOLS)
    if encoding is Encoding.VNI:
        return unicodedata.normalize("NFC", _VNI_LETTERS.sub(lambda found: _VNI[found[0]], shown))
    letters = shown.translate(_TCVN3_TABLE)
    if encoding is Encoding.TCVN3_CAPITALS:
        return letters.upper()
    return _raised(shown, letters)


_TCVN3_TABLE = {ord(key): letter for key, letter in _TCVN3.items()}


def _raised(shown: str, letters: str) -> str:
    """The words that are all capitals but for the letters with a tone, which had no capitals, with these raised, too."""
    if len(_ASCII_CAPITALS.findall(shown)) >= _ENOUGH and not _ASCII_SMALL.search(shown):
        return letters.upper()
    return _WORD.sub(lambda found: found[0].upper() if _is_of_capitals(shown[found.start() : found.end()]) else found[0], letters)


def _is_of_capitals(word: str) -> bool:
    return len(_ASCII_CAPITALS.findall(word)) > 1 and not _ASCII_SMALL.search(word)


LETTERS = frozenset(unicodedata.normalize("NFC", base + tone) for base, tone in product("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", ("", *_TONES.values()))) | {"đ", "Đ"}
"""All letters of Vietnamese that ASCII lacks, and the bare vowels."""
