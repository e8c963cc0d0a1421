"""Marks of state secrets, which keep a file out of a repository.

Law 117/2025/QH15 on the protection of state secrets; a mark is a line or a box of its own on the first page, so that a text
about such marks is none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from qmsctl.message import _
from qmsctl.regex import regex

_MARKS = frozenset(("MẬT", "TỐIMẬT", "TUYỆTMẬT"))
_BEFORE = regex(r"(?:MỨC|DẤUCHỈ)?ĐỘMẬT")
_NO_LETTER = regex(r"[\W\d_]+")

SECRET = _("the file bears a mark of secrecy: it does not go into this repository; handle it by the rules on state secrets")
"""All that is said of a file that does."""

FIRST_PAGE = 60
"""So many lines may stand on a page of A4."""


def is_secret(lines: Iterable[str]) -> bool:
    """True if one of the lines is a mark and nothing else."""
    return any(_is_mark(line) for line in lines)


def _is_mark(line: str) -> bool:
    letters = _NO_LETTER.sub("", unicodedata.normalize("NFC", line))
    return letters in _MARKS or _BEFORE.sub("", letters, count=1) in _MARKS
