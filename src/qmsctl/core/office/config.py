"""The office: its configuration (``qms.yaml``) and its people (``people.yaml``), as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from qmsctl.core.keys.ssh_key import PublicKey
from qmsctl.core.office.duration import Duration
from qmsctl.core.office.ignoring import Ignore, Ignoring
from qmsctl.core.office.matrix import Matrix, MatrixEntry
from qmsctl.core.office.office_hours import Timetable

DEFAULT = "default"
FORMAT = 2
"""The latest format this program knows."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included; ``None`` is open."""

    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        """True if ``day`` lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the organization."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role that people hold and that approval, steps and records name."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A clause the office does not apply, with its reason."""

    standard: str
    clause: str
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role a person holds during a period."""

    role: str
    period: Period


@dataclass(frozen=True, slots=True)
class Key:
    """An OpenSSH public key of a person and the days on which it is valid.

    ``public`` is ``None`` where the line is no such key. From the day ``revoked`` on nothing signed
    with it counts any more, whatever date it bears.
    """

    public: PublicKey | None
    period: Period
    revoked: date | None


@dataclass(frozen=True)
class Person:
    """Somebody of the office, present or departed."""

    id: str
    name: str
    emails: tuple[str, ...]
    unit: str | None
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


@dataclass(frozen=True)
class Config:
    """What ``qms.yaml`` says; every part has a value, so that a broken file can still be checked.

    ``format`` is the version of the criteria, at most :data:`FORMAT`; from ``stricter_from`` on those of the second count.
    """

    name: str = ""
    code: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    standards: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    roles: tuple[Role, ...] = ()
    approval: tuple[MatrixEntry, ...] = ()
    review_every: Mapping[str, Duration] = field(default_factory=dict)
    acknowledge_within: Mapping[str, Duration] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    not_applicable: tuple[NotApplicable, ...] = ()
    ignore: tuple[Ignore, ...] = ()
    commit: str = "manual"
    sign: str = "manual"
    drafts: str = "allowed"
    settings: Mapping[str, int] = field(default_factory=dict)
    repeat_window: Duration | None = None
    timetable: Timetable = field(default_factory=Timetable)
    format: int = 1
    stricter_from: date | None = None

    @cached_property
    def zone(self) -> tzinfo:
        """The office's time zone; UTC where its name is unknown."""
        return zone(self.time_zone) or timezone(timedelta(0))

    def matrix(self, type_name: str, day: date) -> MatrixEntry | None:
        """The approval asked for a type on ``day``: its own latest entry, else the default."""
        return self._matrix.entry(type_name, day) or self._matrix.entry(DEFAULT, day)

    def level_asked(self, type_name: str, of_document: bool, day: date) -> str | None:
        """The least level asked of a sign-off on ``day``; a type of record has one only in an entry of its own."""
        found = self.matrix(type_name, day)
        return found.level if found and (of_document or found.type == type_name) else None

    def review_period(self, type_name: str) -> Duration | None:
        """How often a document of the type is reviewed, if at all."""
        return self.review_every.get(type_name) or self.review_every.get(DEFAULT)

    def reading_period(self, type_name: str) -> Duration | None:
        """How soon a revision of the type is to be read by all it concerns, if the office asks for that."""
        return self.acknowledge_within.get(type_name) or self.acknowledge_within.get(DEFAULT)

    def unit(self, name: str) -> Unit | None:
        """The unit with this id."""
        return self._units.get(name)

    def role(self, name: str) -> Role | None:
        """The role with this id."""
        return self._roles.get(name)

    def set_aside(self, rule: str, path: str, day: date) -> Ignore | None:
        """The first entry under ``ignore`` that sets a rule aside in a file on ``day``."""
        return self._ignoring.of(rule, path, day)

    @cached_property
    def _matrix(self) -> Matrix:
        return Matrix(self.approval)

    @cached_property
    def _units(self) -> Mapping[str, Unit]:
        return {unit.id: unit for unit in reversed(self.units)}

    @cached_property
    def _roles(self) -> Mapping[str, Role]:
        return {role.id: role for role in reversed(self.roles)}

    @cached_property
    def _ignoring(self) -> Ignoring:
        return Ignoring(self.ignore)


def zone(name: str) -> tzinfo | None:
    """The IANA time zone of this name, or ``None``."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


class People:
    """The people of the office, found by id or e-mail."""

    def __init__(self, people: tuple[Person, ...] = ()) -> None:
        self.all = people
        self._by_id = {person.id: person for person in people}
        self._by_email = {email.casefold(): person for person in people for email in person.emails}
        self._by_role: dict[str, list[int]] = defaultdict(list)
        self._by_unit: dict[str, list[int]] = defaultdict(list)
        for place, person in enumerate(people):
            self._by_unit[person.unit or ""].append(place)
            for role in dict.fromkeys(held.role for held in person.roles):
                self._by_role[role].append(place)
        self._by_key = {key.public: person for person in people for key in person.keys if key.public}

    def get(self, person: str) -> Person | None:
        """The person with this id."""
        return self._by_id.get(person)

    def by_email(self, email: str) -> Person | None:
        """The person with this e-mail address, whatever its case."""
        return self._by_email.get(email.casefold())

    def by_key(self, key: PublicKey) -> Person | None:
        """The person who has, or had, this key."""
        return self._by_key.get(key)

    def name(self, person: str) -> str:
        """The person's name, or the id where nobody has it."""
        found = self._by_id.get(person)
        return found.name if found else person

    def holders(self, role: str, day: date) -> tuple[Person, ...]:
        """Everybody who held ``role`` on ``day``."""
        return tuple(person for place in self._by_role.get(role, ()) if (person := self.all[place]).held(role, day))

    def concerned(self, units: Iterable[str], day: date, roles: Iterable[str] = ()) -> tuple[Person, ...]:
        """Who works here on ``day`` and belongs to one of ``units``, or ever had one of ``roles``; in the order of the file."""
        there = {place for unit in units if unit for place in self._by_unit.get(unit, ())}
        places = there.union(*(self._by_role.get(role, ()) for role in roles))
        return tuple(person for place in sorted(places) if (person := self.all[place]).is_present(day))
