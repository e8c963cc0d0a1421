"""What became of a procedure since its first revision: the figures of both, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.procedures.fees import Fee, fee_of
from qmsctl.core.procedures.procedure_figures import Figures, figures
from qmsctl.core.procedures.steps import steps_of
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.value import dataclass

WORK, LIMIT, HAND_OVERS, PAPERS, VISITS, FEE = MEASURES = ("work", "limit", "hand_overs", "papers", "visits", "fee")
"""What is compared: hours of all steps, the limit in hours, hand-overs, papers and visits at most, the fee."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure in the first revision and now; ``None`` where the text does not say it, or not so that it can be added.

    ``saved`` is how much less it is now, negative where it is more.
    """

    first: Decimal | None
    now: Decimal | None
    saved: Decimal | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A procedure in its first revision and in that in effect on a day, which may be the same."""

    id: str
    title: str
    first: int
    now: int
    pairs: Mapping[str, Pair]
    fees: tuple[Fee | None, Fee | None]

    @property
    def is_revised(self) -> bool:
        """True where there is another revision than the first to compare with."""
        return self.now > self.first


def compared(library: Library, day: date) -> Iterator[Compared]:
    """Every document with steps that was in effect on ``day`` and was not withdrawn, by id."""
    for subject in library.subjects:
        standing = library.standing(subject)
        begun = [each for each in standing.approved if each.effective_on and each.effective_on <= day]
        if not begun or standing.withdrawn:
            continue
        first, now = text_of(begun[0], library), text_of(begun[-1], library)
        if first and now and steps_of(now):
            yield Compared(subject, now.title, begun[0].revision, begun[-1].revision, _pairs(first, now), (fee_of(first), fee_of(now)))


def _pairs(first: Item, now: Item) -> Mapping[str, Pair]:
    before, after = figures(first), figures(now)
    found = {name: _pair(_value(before, name), _value(after, name)) for name in MEASURES if name != FEE}
    return {**found, FEE: _fees(fee_of(first), fee_of(now))}


def _pair(first: Decimal | None, now: Decimal | None) -> Pair:
    return Pair(first, now, None if first is None or now is None else first - now)


def _value(found: Figures, name: str) -> Decimal | None:
    """A figure; of steps without a time that can be added there is no sum of times."""
    value: int | Decimal | None = getattr(found, name)
    return None if value is None or (name == WORK and found.untimed) else Decimal(value)


def _fees(first: Fee | None, now: Fee | None) -> Pair:
    """The same words cost the same; else amounts of one currency are compared."""
    if first is None or now is None:
        return Pair(first.amount if first else None, now.amount if now else None, None)
    if first.texts == now.texts:
        return Pair(first.amount, now.amount, Decimal(0))
    found = _pair(first.amount, now.amount)
    return Pair(found.first, found.now, None) if len({each.unit for each in (first, now) if each.unit}) > 1 else found
