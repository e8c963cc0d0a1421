"""Clauses shared out over units, and units over months, so that all is covered and nobody carries too much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil

Interests = Mapping[str, Mapping[str, int]]
"""By clause: the units that have to do with it, and how much."""


def most(clauses: int, units: int) -> int:
    """The most clauses that any unit gets: twice an even share."""
    return max(2 * ceil(clauses / units), 1) if units else 0


def shared(
    clauses: Sequence[str], units: Sequence[str], interests: Interests, again: Iterable[tuple[str, str]] = ()
) -> Mapping[str, tuple[str, ...]]:
    """For each unit, in the given order of clauses, what is asked there.

    Every clause goes to a unit that has most to do with it and still has room, those first with which somebody has
    much to do; else to one that is asked about the chapter already, or has the fewest. Every unit gets at least one. ``again`` are pairs of a clause and a unit in which it is to be looked at as
    well, the most pressing first; they are left out where a unit has its fill.
    """
    found: dict[str, list[str]] = {unit: [] for unit in units}
    if not units or not clauses:
        return dict.fromkeys(units, ())
    limit = most(len(clauses), len(units))
    for clause in sorted(clauses, key=lambda each: -max(interests.get(each, {}).values(), default=0)):
        found[_place(clause, found, interests.get(clause, {}), limit)].append(clause)
    for unit, own in found.items():
        if not own:
            own.append(max(clauses, key=lambda clause: interests.get(clause, {}).get(unit, 0)))
    for clause, unit in again:
        own = found.get(unit, [])
        if unit in found and clause in clauses and clause not in own and len(own) < limit:
            own.append(clause)
    order = {clause: place for place, clause in enumerate(clauses)}
    return {unit: tuple(sorted(own, key=order.__getitem__)) for unit, own in found.items()}


def _place(clause: str, found: Mapping[str, Sequence[str]], interested: Mapping[str, int], limit: int) -> str:
    """The unit that gets the clause; of equal ones the one with less so far, then the first."""
    free = [unit for unit in found if len(found[unit]) < limit]
    wishing = [unit for unit in free if interested.get(unit, 0) > 0]
    if wishing:
        return min(wishing, key=lambda unit: (-interested[unit], len(found[unit])))
    beside = [unit for unit in free if 2 * len(found[unit]) < limit and any(_chapter(each) == _chapter(clause) for each in found[unit])]
    return min(beside or free, key=lambda unit: len(found[unit]))


def _chapter(clause: str) -> str:
    return clause.partition(".")[0]


def spread(units: Sequence[str], months: Sequence[str]) -> Mapping[str, str]:
    """A month for each unit, the first unit in the first month, as evenly as the months allow."""
    return {unit: months[place * len(months) // len(units)] for place, unit in enumerate(units)}
