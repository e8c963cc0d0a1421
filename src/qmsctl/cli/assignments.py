"""``key=value`` arguments."""

from __future__ import annotations

from collections.abc import Iterable

from qmsctl.errors import UsageError
from qmsctl.mend import HOLE, Assignment, Mend, advice
from qmsctl.mend_words import quoted
from qmsctl.message import _


def _meant(word: str, before: dict[str, str]) -> Mend:
    """Where a value stands before it, both are one that lacks its quotation marks."""
    key, value = next(reversed(before.items()), ("", ""))
    if not value or not word.strip():
        return advice(_("write it such as: {example}", example=quoted(Assignment(word if word.isidentifier() else "title", HOLE))))
    whole = quoted(Assignment(key.removesuffix("+"), f"{value} {word.strip()}", key.endswith("+")))
    return advice(_("put words that belong together between quotation marks: {example}", example=whole))


def assignments(words: Iterable[str]) -> dict[str, str]:
    """Keys with their values. Raises :class:`UsageError` for a word without ``=`` or a key given twice."""
    found: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not key.strip():
            raise UsageError(_("“{word}” is not of the form KEY=VALUE", word=word), _meant(word, found))
        if key.strip() in found:
            raise UsageError(_("“{key}” is given twice", key=key.strip()))
        found[key.strip()] = value.strip()
    return found
