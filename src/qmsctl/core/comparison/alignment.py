"""What two sequences have in common, in time that stays in proportion to their length.

First the elements that stand once on either side, in the longest order they share (Bram Cohen's patience
diff), then, between two of them, the shortest edit (E. Myers, *An O(ND) Difference Algorithm and Its
Variations*, 1986) as long as the effort given lasts. What is left is taken as replaced whole: the outcome
always tells both sides exactly, only coarser.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T", bound=Hashable)

EFFORT = 1_500_000
"""Steps of the shortest edit that one comparison may take: about a second."""


class Run(NamedTuple):
    """``old`` and ``new`` as half-open ranges of positions; ``same`` if they hold the same elements."""

    old: range
    new: range
    same: bool


def runs(old: Sequence[T], new: Sequence[T], effort: int = EFFORT) -> Iterator[Run]:
    """The two sequences as common and different runs in turn; together they are all of both."""
    here, there = 0, 0
    for start, other, length in _joined(_Matcher(old, new, effort).matches()):
        if start > here or other > there:
            yield Run(range(here, start), range(there, other), same=False)
        yield Run(range(start, start + length), range(other, other + length), same=True)
        here, there = start + length, other + length
    if here < len(old) or there < len(new):
        yield Run(range(here, len(old)), range(there, len(new)), same=False)


def _joined(pairs: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Matching positions as stretches: start on either side, and length."""
    start, other, length = 0, 0, 0
    for one, two in pairs:
        if length and one == start + length and two == other + length:
            length += 1
            continue
        if length:
            yield start, other, length
        start, other, length = one, two, 1
    if length:
        yield start, other, length


class _Matcher:
    def __init__(self, old: Sequence[T], new: Sequence[T], effort: int) -> None:
        numbers: dict[Hashable, int] = {}
        self._old = [numbers.setdefault(each, len(numbers)) for each in old]
        self._new = [numbers.setdefault(each, len(numbers)) for each in new]
        self._effort = effort

    def matches(self) -> Iterator[tuple[int, int]]:
        """Pairs of positions with the same element, rising on both sides."""
        waiting = [(0, len(self._old), 0, len(self._new))]
        while waiting:
            task = waiting.pop()
            if task[1] < 0:  # a stretch of matches that waits for its turn
                length = -task[1]
                yield from zip(range(task[0], task[0] + length), range(task[2], task[2] + length), strict=True)
                continue
            waiting.extend(reversed(list(self._parts(*task))))

    def _parts(self, a: int, b: int, c: int, d: int) -> Iterator[tuple[int, int, int, int]]:
        """``old[a:b]`` and ``new[c:d]`` cut into smaller tasks and matches, these as ``(a, -length, c, 0)``."""
        old, new = self._old, self._new
        head = 0
        while a + head < b and c + head < d and old[a + head] == new[c + head]:
            head += 1
        tail = 0
        while a + head < b - tail and c + head < d - tail and old[b - tail - 1] == new[d - tail - 1]:
            tail += 1
        if head:
            yield a, -head, c, 0
        yield from self._between(a + head, b - tail, c + head, d - tail)
        if tail:
            yield b - tail, -tail, d - tail, 0

    def _between(self, a: int, b: int, c: int, d: int) -> Iterator[tuple[int, int, int, int]]:
        if a == b or c == d:
            return
        anchors = self._anchors(a, b, c, d)
        if not anchors:
            yield from ((one, -1, two, 0) for one, two in self._shortest(a, b, c, d))
            return
        for one, two in anchors:
            yield a, one, c, two
            yield one, -1, two, 0
            a, c = one + 1, two + 1
        yield a, b, c, d

    def _anchors(self, a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
        """Elements that stand once on both sides, in the longest rising order."""
        places = _once(self._new, c, d)
        pairs = [(i, places[number]) for number, i in _once(self._old, a, b).items() if number in places]
        return _longest_rising(pairs)

    def _shortest(self, a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
        """The matches of a shortest edit; none where the effort is used up."""
        old, new = self._old, self._new
        height, width = b - a, d - c
        trail: list[list[int]] = []
        for depth in range(height + width + 1):
            self._effort -= depth + 1
            if self._effort < 0:
                break
            before = trail[-1] if trail else [0]
            row: list[int] = []
            for place in range(depth + 1):
                x, k = _step(before, place, depth), 2 * place - depth
                while x < height and x - k < width and old[a + x] == new[c + x - k]:
                    x += 1
                row.append(x)
                if x >= height and x - k >= width:
                    return [(a + i, c + j) for i, j in _walked_back([*trail, row], place)]
            trail.append(row)
        return []


def _step(before: Sequence[int], place: int, depth: int) -> int:
    """Where an edit of ``depth`` steps on its diagonal of this place begins, from those of one step less."""
    return before[place] if _is_insertion(before, place, depth) else before[place - 1] + 1


def _is_insertion(before: Sequence[int], place: int, depth: int) -> bool:
    return place == 0 or (place != depth and before[place - 1] < before[place])


def _once(numbers: Sequence[int], start: int, end: int) -> dict[int, int]:
    """The numbers that stand exactly once in a stretch, with their places, in order."""
    seen: dict[int, int] = {}
    for place in range(start, end):
        number = numbers[place]
        seen[number] = -1 if number in seen else place
    return {number: place for number, place in seen.items() if place >= 0}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of ``pairs``, whose first places rise, in which the second rise too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_one, two) in enumerate(pairs):
        at = bisect_left(ends, two)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(two)
            last.append(index)
        else:
            ends[at], last[at] = two, index
    found: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _walked_back(trail: Sequence[Sequence[int]], place: int) -> list[tuple[int, int]]:
    """The matches on the way that ends on the diagonal ``place`` of the last row, in order."""
    found: list[tuple[int, int]] = []
    for depth in range(len(trail) - 1, -1, -1):
        before = trail[depth - 1] if depth else [0]
        x, k = trail[depth][place], 2 * place - depth
        start = _step(before, place, depth)
        found += [(each, each - k) for each in range(x - 1, start - 1, -1)]
        place -= not _is_insertion(before, place, depth)
    return found[::-1]
