"""References that lead back to where they began: a document that replaces what replaces it, a part that holds its whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

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
    """Every step from which the way leads back to its beginning, in the order of the files.

    What is given up or withdrawn says what once was, and leads nowhere.
    """
    steps = list(_steps(library))
    for order in dict.fromkeys(step.order for step in steps):
        along = [step for step in steps if step.order == order]
        onward: dict[str, list[str]] = {}
        for step in along:
            start, end = step.ends
            onward.setdefault(start, []).append(end)
        circle = _circles(onward)
        yield from (step for step in along if circle(step.ends[0]) == circle(step.ends[1]))


def _steps(library: Library) -> Iterator[Step]:
    ordered: dict[str, tuple[Field, ...]] = {}
    for item in library.items:
        if item.type.name not in ordered:
            ordered[item.type.name] = tuple(field for field in item.type.fields.values() if field.order)
        for field in ordered[item.type.name]:
            named = list(item.scalars(field.name))
            if named and not _is_past(item, library):
                yield from (Step(item, field, each, library.by_id[each.text]) for each in named if each.text in library.by_id)


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
