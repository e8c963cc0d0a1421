"""The word a person may have meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from qmsctl.message import Message, _

_OWN = ("x-", "x_")
_LONGEST = 40
_MOST = 10
_LISTED = 40


def closest(word: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that is most like ``word``, if any is."""
    import difflib

    if len(word) > _LONGEST:
        return None
    return next(iter(difflib.get_close_matches(word.lower(), known, 1, 0.7)), None)


def did_you_mean(word: str, known: Collection[str]) -> Message:
    """The closest of ``known``, else all of them."""
    found = closest(word, known)
    return _("did you mean “{word}”?", word=found) if found else _all(known)


def _all(known: Collection[str]) -> Message:
    listed = sorted(known)
    return _("known are: {known}", known=(*listed[:_LISTED], *(("…",) if len(listed) > _LISTED else ())))


def unknown_keys(keys: Iterable[str], known: Collection[str]) -> Iterator[tuple[str, Message]]:
    """The keys that are neither known nor the office's own (``x-…``), each with a hint.

    Only the first few get a word of their own: hostile files have thousands.
    """
    strange = [key for key in keys if key not in known and not key.startswith(_OWN)]
    for number, key in enumerate(strange):
        yield key, did_you_mean(key, known) if number < _MOST else _all(known)
