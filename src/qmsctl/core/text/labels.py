"""The heading of a column, as one form of all the ways to write it."""

from __future__ import annotations

from qmsctl.core.text.characters import unmarked


def plain_label(text: str) -> str:
    """``text`` without capitals, accents and signs, words apart by one space; the dots of a step's number stay."""
    kept = "".join(each if each.isalnum() or each == "." else " " for each in unmarked(text))
    return " ".join(kept.split())
