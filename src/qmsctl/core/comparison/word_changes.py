"""Two texts as words that stay, go and come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qmsctl.core.comparison.alignment import EFFORT, runs
from qmsctl.regex import regex

SAME, DELETED, INSERTED = "same", "deleted", "inserted"

_TOKEN = regex(r"[\w\u0300-\u036f]+|\n|[^\S\n]+|[^\w\s]")
_WORD = regex(r"\w")


class Words(NamedTuple):
    """A stretch of text that is the same on both sides, or stands on one of them alone."""

    kind: str
    text: str


def word_changes(old: str, new: str, effort: int = EFFORT) -> tuple[Words, ...]:
    """The texts in one: all but what is inserted is ``old``, all but what is deleted is ``new``."""
    if old == new:
        return (Words(SAME, old),) if old else ()
    here, there = _TOKEN.findall(old), _TOKEN.findall(new)
    pairs = (
        ("".join(here[run.old.start : run.old.stop]), "".join(there[run.new.start : run.new.stop]), run.same)
        for run in runs(here, there, effort)
    )
    return tuple(_stretches(_smooth(_whole_lines(list(pairs)))))


def _whole_lines(pairs: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """The runs, each that only comes or only goes moved back to the beginning of a line where it may stand there too.

    Of two list items that begin alike, the second is then shown as new, not the end of one and the beginning
    of the other.
    """
    for index in range(1, len(pairs)):
        (before, _same, alike), (old, new, same) = pairs[index - 1], pairs[index]
        run = old or new
        if same or not alike or (old and new) or before.endswith("\n"):
            continue
        line = before[before.rfind("\n") + 1 :]
        if len(line) < len(before) and line and run.endswith(line):
            moved = line + run[: -len(line)]
            following = pairs[index + 1] if index + 1 < len(pairs) else ("", "", True)
            pairs[index - 1] = (before[: -len(line)], before[: -len(line)], True)
            pairs[index] = (moved if old else "", moved if new else "", False)
            pairs[index + 1 : index + 2] = [(line + following[0], line + following[1], True)]
    return pairs


def _smooth(pairs: list[tuple[str, str, bool]]) -> Iterator[tuple[str, str, bool]]:
    """The runs, those of spaces and marks between two changes made part of the change: no word stays there."""
    gone, come = "", ""
    for index, (old, new, same) in enumerate(pairs):
        if not same or ((gone or come) and index + 1 < len(pairs) and not _WORD.search(old)):
            gone, come = gone + old, come + new
            continue
        if gone or come:
            yield gone, come, False
            gone, come = "", ""
        yield old, new, True
    if gone or come:
        yield gone, come, False


def _stretches(pairs: Iterable[tuple[str, str, bool]]) -> Iterator[Words]:
    for old, new, same in pairs:
        if same:
            yield Words(SAME, old)
            continue
        if old:
            yield Words(DELETED, old)
        if new:
            yield Words(INSERTED, new)


def before(words: Iterable[Words]) -> str:
    """The old text."""
    return "".join(each.text for each in words if each.kind != INSERTED)


def after(words: Iterable[Words]) -> str:
    """The new text."""
    return "".join(each.text for each in words if each.kind != DELETED)
