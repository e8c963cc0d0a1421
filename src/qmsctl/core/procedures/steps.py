"""The steps of a procedure: who does what in which time, and the way a matter takes through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from qmsctl.core.model import Item
from qmsctl.core.office.duration import Duration
from qmsctl.core.text.nodes import Mapping, Scalar, texts
from qmsctl.core.text.values import read_bool
from qmsctl.value import dataclass

BLOCK = "steps"


@dataclass(frozen=True, slots=True)
class Step:
    """A row of ``steps``. ``responsible`` and ``deputy`` are ids of a role or unit, ``agency`` is a name.

    ``stopped`` says that its time does not count against the limit; ``next`` has the branches in their order,
    each a condition and the number of a step.
    """

    no: str
    task: str
    responsible: str
    deputy: str
    agency: str
    time: Duration | None
    outputs: tuple[str, ...]
    forms: tuple[str, ...]
    check: str
    release: bool
    stopped: bool
    note: str
    next: tuple[tuple[str, str], ...]
    line: int

    @property
    def doer(self) -> str:
        """Who does it: another agency, else the role or unit; empty where nobody is named."""
        return self.agency or self.responsible

    @property
    def counts(self) -> bool:
        """True if its time counts against the limit."""
        return self.time is not None and not self.stopped

    @property
    def hours(self) -> Decimal | None:
        """Its time in working hours; ``None`` where there is none, or one in months or years."""
        return self.time.hours() if self.time else None


@dataclass(frozen=True, slots=True)
class HandOver:
    """Two steps that follow each other and are done by different hands."""

    giver: Step
    taker: Step


def steps_of(item: Item) -> tuple[Step, ...]:
    """The steps of a text, in their order."""
    return tuple(_step(row) for row in item.block_rows(BLOCK))


def _step(row: Mapping) -> Step:
    branches = row.entries.get("next")
    return Step(
        no=row.text("no") or "",
        task=row.text("task") or "",
        responsible=row.text("responsible") or "",
        deputy=row.text("deputy") or "",
        agency=row.text("agency") or "",
        time=time_of(row),
        outputs=texts(row.entries.get("outputs")),
        forms=texts(row.entries.get("forms")),
        check=row.text("check") or "",
        release=read_bool(row.text("release") or "") is True,
        stopped=is_stopped(row),
        note=row.text("note") or "",
        next=tuple(_branches(branches)) if isinstance(branches, Mapping) else (),
        line=row.line,
    )


def time_of(row: Mapping) -> Duration | None:
    """The time a row of ``steps`` takes; ``None`` where it says none that can be read."""
    return Duration.parse(row.text("time") or "")


def is_stopped(row: Mapping) -> bool:
    """True for a row whose time does not count against the limit."""
    return row.text("clock") == "stopped"


def _branches(node: Mapping) -> Iterator[tuple[str, str]]:
    for condition, target in node.entries.items():
        if isinstance(target, Scalar) and target.text:
            yield condition, target.text


def usual_way(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps of a matter in which nothing is wanting.

    After a step comes the first of its branches that leads forward, else the step below it.
    """
    places = {step.no: place for place, step in reversed(list(enumerate(steps)))}
    way: list[Step] = []
    place = 0
    while place < len(steps):
        way.append(steps[place])
        ahead = (places[target] for _condition, target in steps[place].next if places.get(target, -1) > place)
        place = next(ahead, place + 1)
    return tuple(way)


def hand_overs(steps: Sequence[Step]) -> tuple[HandOver, ...]:
    """Where a matter changes hands on its usual way."""
    return tuple(HandOver(*pair) for pair in pairwise(usual_way(steps)) if pair[0].doer != pair[1].doer)
