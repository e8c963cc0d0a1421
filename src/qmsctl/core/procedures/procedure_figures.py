"""What a procedure costs those who work in it and those who come with a matter, in figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from qmsctl.core.model import Item
from qmsctl.core.office.time_limit import read_limit
from qmsctl.core.procedures.steps import Step, hand_overs, steps_of
from qmsctl.core.text.nodes import Mapping, texts
from qmsctl.core.text.values import read_integer
from qmsctl.value import dataclass

COSTS = "costs"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one way of applying asks of a citizen; ``fee`` is as written, the rest ``None`` or empty where unsaid."""

    item: str
    fee: str
    papers: tuple[str, ...]
    copies: int | None
    visits: int | None


@dataclass(frozen=True, slots=True)
class AgencyTime:
    """The steps of another agency and their working hours."""

    agency: str
    steps: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of one text of a procedure; times are working hours, eight a working day.

    ``work`` adds the times that count against the limit, ``waiting`` those during which the clock is stopped.
    ``untimed`` counts the steps whose time is not known, or cannot be added because it is in months or years:
    the sums are then too small. ``papers``, ``copies`` and ``visits`` are the most that any way of applying
    asks; ``None`` where none says so.
    """

    steps: int
    hand_overs: int
    doers: int
    checks: int
    releases: int
    forms: int
    work: Decimal
    waiting: Decimal
    agency_steps: int
    agency_hours: Decimal
    untimed: int
    limit: Decimal | None
    papers: int | None
    copies: int | None
    visits: int | None

    @property
    def share(self) -> Decimal | None:
        """The percentage of the limit that the work takes."""
        return self.work * 100 / self.limit if self.limit else None


def figures(item: Item) -> Figures:
    """The figures of a text."""
    steps, asked = steps_of(item), costs(item)
    limit = read_limit(item.text("time_limit") or "")
    outside = [step for step in steps if step.agency]
    return Figures(
        steps=len(steps),
        hand_overs=len(hand_overs(steps)),
        doers=len({step.doer for step in steps if step.doer}),
        checks=sum(bool(step.check) for step in steps),
        releases=sum(step.release for step in steps),
        forms=len({form for step in steps for form in step.forms}),
        work=_sum(step for step in steps if step.counts),
        waiting=_sum(step for step in steps if step.stopped),
        agency_steps=len(outside),
        agency_hours=_sum(outside),
        untimed=sum(step.hours is None for step in steps),
        limit=limit.hours() if limit else None,
        papers=max((len(cost.papers) for cost in asked), default=None),
        copies=max((cost.copies for cost in asked if cost.copies is not None), default=None),
        visits=max((cost.visits for cost in asked if cost.visits is not None), default=None),
    )


def _sum(steps: Iterable[Step]) -> Decimal:
    return sum((step.hours or Decimal(0) for step in steps), Decimal(0))


def costs(item: Item) -> tuple[Cost, ...]:
    """The ways of applying that a text names, in their order."""
    return tuple(_cost(row) for row in item.block_rows(COSTS))


def _cost(row: Mapping) -> Cost:
    return Cost(
        item=row.text("item") or "",
        fee=row.text("fee") or "",
        papers=texts(row.entries.get("papers")),
        copies=read_integer(row.text("copies") or ""),
        visits=read_integer(row.text("visits") or ""),
    )


def agency_times(steps: Sequence[Step]) -> Iterator[AgencyTime]:
    """What each other agency takes, in the order in which they first come."""
    for agency in dict.fromkeys(step.agency for step in steps if step.agency):
        own = [step for step in steps if step.agency == agency]
        yield AgencyTime(agency, len(own), _sum(own))
