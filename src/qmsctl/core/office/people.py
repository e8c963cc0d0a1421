"""The people of the office (``people.yaml``), as values: the roles and keys of each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import islice

from qmsctl.core.keys.ssh_key import PublicKey
from qmsctl.core.office.config import Period
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role a person holds during a period. ``basis`` is the paper that gave it, as its numbers and days are written."""

    role: str
    period: Period
    basis: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class UnitHeld:
    """A unit a person belongs to during a period, and the paper that says so."""

    unit: str
    period: Period
    basis: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Key:
    """An OpenSSH public key of a person and the days on which it is valid.

    ``public`` is ``None`` where the line is no such key. From the day ``revoked`` on nothing signed
    with it counts any more, whatever date it bears.
    """

    public: PublicKey | None
    period: Period
    revoked: date | None
    basis: str | None = None
    line: int = 0


@dataclass(frozen=True)
class Person:
    """Somebody of the office, present or departed."""

    id: str
    name: str
    emails: tuple[str, ...]
    units: tuple[UnitHeld, ...]
    roles: tuple[RoleHeld, ...]
    keys: tuple[Key, ...]
    period: Period
    line: int = 0

    def held(self, role: str, day: date) -> bool:
        """True if the person held ``role`` on ``day``."""
        return self.period.covers(day) and any(period.covers(day) for period in self._periods.get(role, ()))

    def is_present(self, day: date) -> bool:
        """True for somebody who works here on ``day``: of those who ever had a role, whoever has one then."""
        own = self.period.covers(day)
        return own and (not self.roles or any(held.period.covers(day) for held in self.roles))

    def units_on(self, day: date) -> tuple[str, ...]:
        """The units the person belongs to on ``day``, in the order of the file; of who has left, the last ones where they have no end."""
        return tuple(dict.fromkeys(held.unit for held in self.units if held.period.covers(day)))

    def unit_on(self, day: date) -> str | None:
        """The first of these units, the person's own."""
        return next(iter(self.units_on(day)), None)

    @property
    def since(self) -> date | None:
        """The first day: as written, else that of the first role; ``None`` where it is not known."""
        starts = [held.period.start for held in self.roles]
        return self.period.start or min((day for day in starts if day), default=None)

    def roles_on(self, day: date) -> tuple[str, ...]:
        """The roles held on ``day``, in the order of the file."""
        return tuple(held.role for held in self.roles if held.period.covers(day)) if self.period.covers(day) else ()

    @cached_property
    def _periods(self) -> Mapping[str, list[Period]]:
        found: dict[str, list[Period]] = defaultdict(list)
        for held in self.roles:
            found[held.role].append(held.period)
        return dict(found)


class People:
    """The people of the office, found by id or e-mail."""

    def __init__(self, people: tuple[Person, ...] = ()) -> None:
        self.all = people
        self._by_id = {person.id: person for person in people}
        self._by_email = {email.casefold(): person for person in people for email in person.emails}
        self._by_role: dict[str, list[int]] = defaultdict(list)
        self._by_unit: dict[str, list[int]] = defaultdict(list)
        for place, person in enumerate(people):
            for unit in dict.fromkeys(held.unit for held in person.units):
                self._by_unit[unit].append(place)
            for role in dict.fromkeys(held.role for held in person.roles):
                self._by_role[role].append(place)
        self._by_key: dict[PublicKey, dict[str, Person]] = defaultdict(dict)
        for owner, key in ((person, key.public) for person in people for key in person.keys if key.public):
            self._by_key[key][owner.id] = owner

    def get(self, person: str) -> Person | None:
        """The person with this id."""
        return self._by_id.get(person)

    def by_email(self, email: str) -> Person | None:
        """The person with this e-mail address, whatever its case."""
        return self._by_email.get(email.casefold())

    def by_key(self, key: PublicKey) -> Person | None:
        """The person who has, or had, this key."""
        return next(reversed(self.sharing(key)), None)

    def sharing(self, key: PublicKey) -> tuple[Person, ...]:
        """Everybody who has, or had, this key; more than one where nobody knows whose it is."""
        return tuple(self._by_key.get(key, {}).values())

    def name(self, person: str) -> str:
        """The person's name, or the id where nobody has it."""
        found = self._by_id.get(person)
        return found.name if found else person

    def holders(self, role: str, day: date) -> tuple[Person, ...]:
        """Everybody who held ``role`` on ``day``."""
        return tuple(person for place in self._by_role.get(role, ()) if (person := self.all[place]).held(role, day))

    def only_one(self, day: date) -> Person | None:
        """Whoever works here on ``day``, if that is nobody else."""
        found = tuple(islice((person for person in self.all if person.is_present(day)), 2))
        return found[0] if len(found) == 1 else None

    def concerned(self, units: Iterable[str], day: date, roles: Iterable[str] = ()) -> tuple[Person, ...]:
        """Who works here on ``day`` and belongs to one of ``units``, or ever had one of ``roles``; in the order of the file."""
        there = {place for unit in units if unit for place in self._by_unit.get(unit, ()) if unit in self.all[place].units_on(day)}
        places = there.union(*(self._by_role.get(role, ()) for role in roles))
        return tuple(person for place in sorted(places) if (person := self.all[place]).is_present(day))
