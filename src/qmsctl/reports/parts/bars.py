"""Counts as bars, the longest filling its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from qmsctl.core.text.quantity import percent, rounded
from qmsctl.message import Label, Message
from qmsctl.value import dataclass

FULL = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A count with its bar: ``length`` of :data:`FULL`, ``part`` the part of it drawn in another colour.

    ``note`` stands beside the count.
    """

    label: Label | Message | str
    value: str
    length: int
    part: int = 0
    note: Message | str = ""
    subject: str = ""


def length(value: int, longest: int) -> int:
    """How long a bar is; a count that is not zero is seen."""
    return max(round(FULL * value / longest), 1) if longest and value else 0


def pareto(counts: Iterable[tuple[Label | str, int]]) -> tuple[Bar, ...]:
    """The greatest first, each with the share that it and those before it have of all."""
    ordered: Sequence[tuple[Label | str, int]] = sorted(counts, key=lambda pair: -pair[1])
    whole, longest = sum(count for _name, count in ordered), max((count for _name, count in ordered), default=0)
    found: list[Bar] = []
    reached = 0
    for name, count in ordered:
        reached += count
        found.append(Bar(name, str(count), length(count, longest), note=percent(rounded(Decimal(100 * reached) / whole, 0))))
    return tuple(found)
