"""The heading of a column, as one form of all the ways to write it."""

from __future__ import annotations

import unicodedata


def plain_label(text: str) -> str:
    """``text`` without capitals, accents and signs, words apart by one space; the dots of a step's number stay."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    kept = "".join(each if each.isalnum() or each == "." else " " for each in letters if not unicodedata.combining(each))
    return " ".join(kept.split())
