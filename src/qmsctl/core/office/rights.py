"""What people.yaml gives to whom, from which day on: roles, keys and units; and what of it is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from qmsctl.core.office.config import Period
from qmsctl.core.office.people import People, Person
from qmsctl.value import dataclass

ROLE, KEY, UNIT = "role", "key", "unit"


@dataclass(frozen=True, slots=True)
class Right:
    """A role, key or unit (``kind``) of a person by its ``name``, on the days it counts; ``basis`` is the paper that gave it."""

    person: str
    kind: str
    name: str
    period: Period
    basis: str | None
    line: int

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is a right to, and whose."""
        return self.person, self.kind, self.name


def rights(people: People) -> Iterator[Right]:
    """All that the file gives; a key counts at the earliest from the person's first day on."""
    for person in people.all:
        for role in person.roles:
            yield Right(person.id, ROLE, role.role, role.period.within(person.period), role.basis, role.line)
        there = Period(person.since, person.period.end)
        for key in person.keys:
            if key.public:
                yield Right(person.id, KEY, key.public.fingerprint, key.period.within(there), key.basis, key.line)
        for unit in person.units:
            yield Right(person.id, UNIT, unit.unit, unit.period, unit.basis, unit.line)


class Granted:
    """The rights of a people.yaml, by which those of a later one are told to be new."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._periods: dict[tuple[str, str, str], list[Period]] = defaultdict(list)
        self._bases: set[tuple[tuple[str, str, str], str]] = set()
        for right in rights(people):
            self._periods[right.key].append(right.period)
            if right.basis:
                self._bases.add((right.key, right.basis))

    def first_new_day(self, right: Right) -> date | None:
        """The first day on which ``right`` counts and did not; ``None`` where there is none, or where a paper gives it that had not been named."""
        if right.basis and (right.key, right.basis) not in self._bases:
            return None
        if right.kind == UNIT and not self._belonged(right.person):
            return None
        return _first_beyond(right.period, self._periods.get(right.key, ()))

    def _belonged(self, name: str) -> bool:
        """True for a person who is known with a unit: of others nothing is rewritten by giving them one."""
        person: Person | None = self._people.get(name)
        return person is not None and bool(person.units)


def _first_beyond(period: Period, known: Iterable[Period]) -> date | None:
    """The first day of ``period`` in none of ``known``."""
    day, last = period.start or date.min, period.end or date.max
    for each in sorted(known, key=lambda other: other.start or date.min):
        if each.covers(day):
            if each.end is None or each.end >= last:
                return None
            day = each.end + timedelta(days=1)
    return day if day <= last else None
