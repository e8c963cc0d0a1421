"""The office as ``qms.yaml`` configures it, as values."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta, timezone, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from qmsctl.core.keys.ssh_key import PublicKey
from qmsctl.core.office.duration import Duration
from qmsctl.core.office.ignoring import Ignore, Ignoring
from qmsctl.core.office.matrix import Matrix, MatrixEntry
from qmsctl.core.office.office_hours import Timetable
from qmsctl.core.text.writing import Writing, writing_of
from qmsctl.value import dataclass, field

DEFAULT = "default"
PERIODS = ("nonconformity_due",)
"""The keys under which an office gives a period for each value of a field of its records."""
FORMAT = 2
"""The latest format this program knows."""
COMPANY = "company"
"""The profile of an office that sells what it makes, and whose procedures ask nothing of citizens."""
SIGNED = "signed"
"""What ``configuration`` says where the configuration is signed."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included; ``None`` is open."""

    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        """True if ``day`` lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def within(self, other: Period) -> Period:
        """The days that both have; one that ends before it begins where there are none."""
        starts, ends = [day for day in (self.start, other.start) if day], [day for day in (self.end, other.end) if day]
        return Period(max(starts, default=None), min(ends, default=None))


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
class FormerCode:
    """A code the organization, or a part of it, bore until a day, that one included; ``basis`` is the paper that ended it."""

    code: str
    until: date | None
    basis: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A clause the office does not apply, with its reason."""

    standard: str
    clause: str
    reason: str
    line: int


@dataclass(frozen=True)
class Config:
    """What ``qms.yaml`` says; every part has a value, so that a broken file can still be checked.

    ``format`` is the version of the criteria, at most :data:`FORMAT`; from ``stricter_from`` on those of the second count.
    ``configuration`` is :data:`SIGNED` where a change of these files is signed. ``periods`` are those under the keys of :data:`PERIODS`.
    ``parent`` is the body above the organization, ``place`` where its letters are dated, ``heading`` what it says of their head.
    ``witnesses`` are the names and keys of those outside who sign notes.
    ``portal`` is the address on the web of the portal for everybody, ``staff_portal`` that of the portal of the staff.
    ``profile`` is the kind of office whose words and types it has, such as ``company``; where none is named, it has those of all.
    """

    name: str = ""
    code: str = ""
    former: tuple[FormerCode, ...] = ()
    parent: str = ""
    place: str = ""
    heading: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    standards: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    roles: tuple[Role, ...] = ()
    approval: tuple[MatrixEntry, ...] = ()
    review_every: Mapping[str, Duration] = field(default_factory=dict)
    acknowledge_within: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    section_names: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    not_applicable: tuple[NotApplicable, ...] = ()
    ignore: tuple[Ignore, ...] = ()
    commit: str = "manual"
    sign: str = "manual"
    drafts: str = "allowed"
    settings: Mapping[str, int] = field(default_factory=dict)
    repeat_window: Duration | None = None
    retention_from: str = ""
    periods: Mapping[str, Mapping[str, Duration]] = field(default_factory=dict)
    timetable: Timetable = field(default_factory=Timetable)
    format: int = 1
    stricter_from: date | None = None
    configuration: str = ""
    witnesses: tuple[tuple[str, PublicKey], ...] = ()
    dates: str = ""
    profile: str = ""
    portal: str = ""
    staff_portal: str = ""

    @property
    def writing(self) -> Writing:
        """How days and numbers are typed here, where they are asked for."""
        return writing_of(self.dates, self.language)

    @cached_property
    def zone(self) -> tzinfo:
        """The office's time zone; UTC where its name is unknown."""
        return zone(self.time_zone) or timezone(timedelta(0))

    def bears(self, code: str, day: date) -> bool:
        """True if ``code`` is that of the organization, or was on ``day``."""
        return code == self.code or any(each.code == code and each.until is not None and day <= each.until for each in self.former)

    def matrix(self, type_name: str, day: date) -> MatrixEntry | None:
        """The approval asked for a type on ``day``: its own latest entry, else the default."""
        return self._matrix.entry(type_name, day) or self._matrix.entry(DEFAULT, day)

    def level_asked(self, type_name: str, of_document: bool, day: date) -> str | None:
        """The least level asked of a sign-off on ``day``; a type of record has one only in an entry of its own."""
        found = self.matrix(type_name, day)
        return found.level if found and (of_document or found.type == type_name) else None

    def levels_asked(self, type_name: str, of_document: bool, first: date, last: date) -> set[str]:
        """The levels asked of a sign-off on any day from ``first`` to ``last``."""
        begin = self._beginnings
        days = (first, *begin[bisect_right(begin, first) : bisect_right(begin, last)])
        found = (self.level_asked(type_name, of_document, day) for day in days)
        return {each for each in found if each is not None}

    def review_period(self, type_name: str) -> Duration | None:
        """How often a document of the type is reviewed, if at all."""
        return self.review_every.get(type_name) or self.review_every.get(DEFAULT)

    def unit(self, name: str) -> Unit | None:
        """The unit with this id."""
        return self._units.get(name)

    def role(self, name: str) -> Role | None:
        """The role with this id."""
        return self._roles.get(name)

    def is_strict_on(self, day: date) -> bool:
        """True from the first day on which the criteria of the second format count for the office."""
        return self.format >= FORMAT and self.stricter_from is not None and day >= self.stricter_from

    def set_aside(self, rule: str, path: str, day: date) -> Ignore | None:
        """The first entry under ``ignore`` that sets a rule aside in a file on ``day``."""
        return self._ignoring.of(rule, path, day)

    @cached_property
    def _beginnings(self) -> tuple[date, ...]:
        """The days on which an entry of the matrix begins."""
        return tuple(sorted({entry.start for entry in self.approval}))

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
