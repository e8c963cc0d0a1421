"""The customary flow chart of a procedure: a row a step, with the lines of its branches at the side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qmsctl.core.procedures.steps import Step, usual_way
from qmsctl.value import dataclass

MOST_LANES = 4
"""So many lines have room beside each other; a branch that finds none is named, not drawn."""

BEGIN, WORK, DECISION, END = "begin", "work", "decision", "end"


@dataclass(frozen=True, slots=True)
class Branch:
    """A way on that is not the step below: under which condition, and to which step."""

    condition: str
    target: str
    known: bool


@dataclass(frozen=True, slots=True)
class FlowRow:
    """How a step is drawn.

    ``aside`` says that it is not on the usual way. ``down`` is the condition beside the arrow to the next row,
    empty for an arrow without one, ``None`` for no arrow. ``lanes`` has a word for each line at the side, the
    nearest first: ``pass``, ``out-down``, ``out-up``, ``in-down``, ``in-up``, or empty.
    """

    shape: str
    aside: bool
    down: str | None
    branches: tuple[Branch, ...]
    lanes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    start: int
    end: int

    @property
    def span(self) -> range:
        """The rows it touches."""
        return range(min(self.start, self.end), max(self.start, self.end) + 1)

    def word(self, row: int) -> str:
        """What of the line is seen in a row it touches."""
        way = "down" if self.end > self.start else "up"
        return f"out-{way}" if row == self.start else f"in-{way}" if row == self.end else "pass"


def flow(steps: Sequence[Step]) -> tuple[FlowRow, ...]:
    """A drawn row for every step."""
    places = {step.no: place for place, step in reversed(list(enumerate(steps)))}
    usual = {step.line for step in usual_way(steps)}
    lanes = _lanes([edge for place, step in enumerate(steps) for edge in _edges(place, step, places)])
    return tuple(
        FlowRow(
            shape=_shape(place, step, steps, down := _down(place, step, steps, places, usual)),
            aside=step.line not in usual,
            down=down,
            branches=tuple(_branches(place, step, places)),
            lanes=tuple(_words(place, lanes)),
        )
        for place, step in enumerate(steps)
    )


def _down(place: int, step: Step, steps: Sequence[Step], places: dict[str, int], usual: set[int]) -> str | None:
    """The condition of the branch to the row below; a step aside goes on only where it says so."""
    named = [condition for condition, target in step.next if places.get(target) == place + 1]
    if named:
        return " / ".join(named)
    forward = any(places.get(target, -1) > place for _condition, target in step.next)
    goes_on = step.line in usual and not forward and place + 1 < len(steps)
    return "" if goes_on else None


def _shape(place: int, step: Step, steps: Sequence[Step], down: str | None) -> str:
    if len(step.next) > 1:
        return DECISION
    if place == 0:
        return BEGIN
    return END if down is None and not step.next else WORK


def _branches(place: int, step: Step, places: dict[str, int]) -> Iterator[Branch]:
    for condition, target in step.next:
        if places.get(target) != place + 1:
            yield Branch(condition, target, target in places)


def _edges(place: int, step: Step, places: dict[str, int]) -> Iterator[_Edge]:
    targets = dict.fromkeys(places[target] for _condition, target in step.next if target in places)
    return (_Edge(place, end) for end in targets if end not in (place, place + 1))


def _lanes(edges: Sequence[_Edge]) -> list[list[_Edge]]:
    """Edges in lanes in which none meets another, the short ones next to the steps."""
    lanes: list[list[_Edge]] = []
    for edge in sorted(edges, key=lambda each: (len(each.span), each.start)):
        free = next((lane for lane in lanes if not any(_meet(edge, other) for other in lane)), None)
        if free is not None:
            free.append(edge)
        elif len(lanes) < MOST_LANES:
            lanes.append([edge])
    return lanes


def _meet(one: _Edge, two: _Edge) -> bool:
    return one.span.start < two.span.stop and two.span.start < one.span.stop


def _words(place: int, lanes: Sequence[Sequence[_Edge]]) -> Iterator[str]:
    for lane in lanes:
        yield next((edge.word(place) for edge in lane if place in edge.span), "")
