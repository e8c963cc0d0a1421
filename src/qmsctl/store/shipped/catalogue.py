"""Translations from the compiled message catalogues, looked up where they lie: nothing is read of what nobody asks for."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from pathlib import Path
from struct import unpack_from

from qmsctl.message import Translate, untranslated

LOCALE = Path(__file__).resolve().parents[2] / "locale"
_LITTLE_ENDIAN = b"\xde\x12\x04\x95"
_HEAD = 28
_PLACE = 8
"""Bytes that say how long a text is and where it begins."""


@cache
def translator(lang: str) -> Translate:
    """From the English of the source to ``lang``; English itself needs no catalogue, nor does a language whose file holds nothing."""
    path = LOCALE / lang / "LC_MESSAGES" / "qmsctl.mo"
    data = path.read_bytes() if path.is_file() else b""
    return cache(Catalogue(data).translation) if len(data) > _HEAD else untranslated


class Catalogue:
    """A ``.mo`` file as GNU gettext has it: texts in the order of their bytes, and the place of each translation."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._order = "<" if data.startswith(_LITTLE_ENDIAN) else ">"
        _magic, _version, self._count, self._texts, self._translations = unpack_from(f"{self._order}5I", data)

    def translation(self, text: str) -> str:
        """The translation of ``text``; the text itself where there is none."""
        wanted = text.encode("utf-8", "surrogatepass")
        found = bisect_left(range(self._count), wanted, key=lambda number: self._at(self._texts, number))
        is_known = text and found < self._count and self._at(self._texts, found) == wanted
        return self._at(self._translations, found).decode() if is_known else text

    def _at(self, table: int, number: int) -> bytes:
        length, start = unpack_from(f"{self._order}2I", self._data, table + _PLACE * number)
        return self._data[start:start + length]
