"""References that lead back to where they began: a document that replaces what replaces it, a part that holds its whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Scalar
from qmsctl.core.types.field import Field
from qmsctl.value import dataclass

_WAYS: Mapping[str, tuple[str, bool]] = {"earlier": ("time", True), "later": ("time", False), "above": ("belonging", True)}
"""The order a field stands for, and whether its reference is read from this file on or towards it."""


@dataclass(frozen=True, slots=True)
class Step:
    """``holder`` names ``other`` in ``field``."""

    holder: Item
    field: Field
    named: Scalar
    other: Item

    @property
    def order(self) -> str:
        """What the step goes along: steps of another order make no circle with it."""
        return _WAYS[self.field.order or ""][0]

    @property
    def ends(self) -> tuple[str, str]:
        """The ids it goes from and to."""
        pair = (self.holder.id, self.other.id)
        return pair if _WAYS[self.field.order or ""][1] else pair[::-1]


def steps_in_circles(library: Library) -> Iterator[Step]:
    """Every step from which the way leads back to its beginning, in the order of the files; of a part, those of circles through it.

    What is given up or withdrawn says what once was, and leads nowhere.
    """
    steps = _Ways(library).steps()
    for order in dict.fromkeys(step.order for step in steps):
        along = [step for step in steps if step.order == order]
        onward: dict[str, list[str]] = {}
        for step in along:
            start, end = step.ends
            onward.setdefault(start, []).append(end)
        circle = _circles(onward)
        through = {circle(item.id) for item in library.items if item.id in onward} if library.whole else None
        yield from (step for step in along if (found := circle(step.ends[0])) == circle(step.ends[1]) and (through is None or found in through))


class _Ways:
    """The steps that lead on from the items of a library, or of a part of one."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._ordered: dict[str, tuple[Field, ...]] = {}

    def steps(self) -> list[Step]:
        """All of them, in the order of the files."""
        if self._library.whole is None:
            return [step for item in self._library.items for step in self._of(item)]
        found: dict[str, tuple[Item, list[Step]]] = {}
        waiting = list(self._library.items)
        while waiting:
            item = waiting.pop()
            if item.path not in found:
                found[item.path] = item, list(self._of(item))
                waiting += (step.other for step in found[item.path][1])
                waiting += self._later.get(item.id, ())
        return [step for path in sorted(found) for step in found[path][1]]

    def _of(self, item: Item) -> Iterator[Step]:
        for field in self._fields(item):
            named = list(item.scalars(field.name))
            if named and not _is_past(item, self._library):
                by_id = self._library.by_id
                yield from (Step(item, field, each, by_id[each.text]) for each in named if each.text in by_id)

    def _fields(self, item: Item) -> tuple[Field, ...]:
        if item.type.name not in self._ordered:
            self._ordered[item.type.name] = tuple(field for field in item.type.fields.values() if field.order)
        return self._ordered[item.type.name]

    @cached_property
    def _later(self) -> Mapping[str, Sequence[Item]]:
        """The items whose steps are read towards them, by what they name there."""
        found: dict[str, list[Item]] = defaultdict(list)
        for items in self._library.by_type.values():
            for field in self._fields(items[0]):
                if not _WAYS[field.order or ""][1]:
                    for item in items:
                        for name in item.texts(field.name):
                            found[name].append(item)
        return found


def _is_past(item: Item, library: Library) -> bool:
    return library.standing(item.id).status == "withdrawn" if item.is_document else item.is_given_up


def _circles(onward: Mapping[str, list[str]]) -> Callable[[str], int]:
    """A number for each id, the same for those that can be reached from each other (after R. E. Tarjan, 1972).

    Time and memory grow with the number of steps; there is no recursion, for a chain may be as long as an office is large.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    circle: dict[str, int] = {}
    waiting: list[str] = []
    for first in onward:
        path = [] if first in number else [(first, iter(onward[first]))]
        if path:
            number[first] = lowest[first] = len(number)
            waiting.append(first)
        while path:
            here, ways = path[-1]
            new = next((each for each in ways if _is_new(each, here, number, lowest, circle)), None)
            if new is not None:
                number[new] = lowest[new] = len(number)
                waiting.append(new)
                path.append((new, iter(onward.get(new, ()))))
                continue
            path.pop()
            if path:
                lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[here])
            if lowest[here] == number[here]:
                while here not in circle:
                    circle[waiting.pop()] = number[here]
    return circle.__getitem__


def _is_new(found: str, here: str, number: Mapping[str, int], lowest: dict[str, int], circle: Mapping[str, int]) -> bool:
    """True for an id that is seen for the first time; of another on the way it is noted how far back it leads."""
    if found in number and found not in circle:
        lowest[here] = min(lowest[here], number[found])
    return found not in number
