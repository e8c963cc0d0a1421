"""Which pieces of an old text became which of a new one, by the words they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from qmsctl.regex import regex

T = TypeVar("T")

ALIKE = 0.4
"""What shares less is no version of the other."""

_WORD = regex(r"\w+")
_MOST_PAIRS = 2500
"""So many pairs are weighed against each other; more are taken in their order."""


def words_of(text: str) -> Counter[str]:
    """The words of a text and how often each stands there."""
    return Counter(_WORD.findall(text))


def share(old: Counter[str], new: Counter[str]) -> float:
    """From 0 to 1: the share of their words that both have."""
    whole = sum(old.values()) + sum(new.values())
    return 2 * sum((old & new).values()) / whole if whole else 0.0


def alike_in_order(old: Sequence[T], new: Sequence[T], likeness: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Pairs of positions, rising on both sides, that are most alike in all; ``likeness`` is of two positions."""
    if not old or not new:
        return []
    if len(old) * len(new) > _MOST_PAIRS:
        return [(i, i) for i in range(min(len(old), len(new))) if likeness(i, i) >= ALIKE]
    alike = [[found if (found := likeness(i, j)) >= ALIKE else 0.0 for j in range(len(new))] for i in range(len(old))]
    score = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, row in enumerate(alike):
        for j, each in enumerate(row):
            score[i + 1][j + 1] = max(score[i][j] + each, score[i][j + 1], score[i + 1][j])
    return _best(score)


def _best(score: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    i, j = len(score) - 1, len(score[0]) - 1
    while i and j:
        if score[i][j] == score[i - 1][j]:
            i -= 1
        elif score[i][j] == score[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found[::-1]


def side_by_side(old: Sequence[T], new: Sequence[T], pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[T | None, T | None]]:
    """Everything of both sides, in order: what went stands before what came in its place."""
    here, there = 0, 0
    for one, two in (*pairs, (len(old), len(new))):
        yield from ((each, None) for each in old[here:one])
        yield from ((None, each) for each in new[there:two])
        if one < len(old):
            yield old[one], new[two]
        here, there = one + 1, two + 1
