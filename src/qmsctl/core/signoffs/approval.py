"""Whether a sign-off counts, and when a dossier has all the sign-offs its day asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, tzinfo
from functools import lru_cache
from itertools import groupby

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.office.config import Config
from qmsctl.core.office.matrix import ANY_ROLE, MatrixEntry
from qmsctl.core.office.people import People
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class MissingSignOff:
    """A place in the approval matrix that nobody has filled: a meaning and a choice of roles."""

    meaning: str
    roles: ANY_ROLE


def day_of(signoff: SignOff, config: Config) -> date:
    """The day of a sign-off in the office's time zone."""
    return _day(signoff.at, config.zone)


@lru_cache(maxsize=1 << 16)
def _day(at: datetime, zone: tzinfo) -> date:
    """Asked of every sign-off again and again."""
    return at.astimezone(zone).date()


def of_another_office(signoff: SignOff, config: Config) -> bool:
    """True if it names an organization that this one neither is nor, on its day, was."""
    return bool(signoff.office and config.code and not config.bears(signoff.office, day_of(signoff, config)))


def binds(signoff: SignOff, dossier: Dossier) -> bool:
    """True if the sign-off was given in this office, on the very bytes of the dossier it lies in."""
    copy = dossier.copy
    if signoff.is_foreign or copy is None or copy.sha256 != signoff.sha256 or signoff.subject != dossier.subject:
        return False
    if signoff.revision is not None:
        return signoff.revision == dossier.revision == copy.revision
    return signoff.state is not None and signoff.state == dossier.state == copy.status


def held_role(signoff: SignOff, config: Config, people: People) -> bool:
    """True if every signer held the role the sign-off names on its day; True where it names none."""
    if signoff.role is None:
        return True
    day = day_of(signoff, config)
    found = [people.get(person) for person in signoff.by]
    return all(person is not None and person.held(signoff.role, day) for person in found)


def given(meaning: str, roles: Sequence[str], dossier: Dossier, config: Config, people: People) -> Iterator[SignOff]:
    """The sign-offs of a meaning on the dossier's own bytes, by holders of one of ``roles`` (none named: of any)."""
    for signoff in dossier.of(meaning):
        if (not roles or signoff.role in roles) and binds(signoff, dossier) and held_role(signoff, config, people):
            yield signoff


def authors(dossier: Dossier, config: Config) -> frozenset[str]:
    """The persons who submitted the copy: by the second format also whoever did so in another's name, paper or not."""
    later = {s.entered_by for s in dossier.of("author") if s.entered_by and config.is_strict_on(day_of(s, config))}
    return dossier.authors | later


def by_author(signoff: SignOff, dossier: Dossier, config: Config) -> bool:
    """True if an author of the copy is among the signers."""
    return not authors(dossier, config).isdisjoint(signoff.by)


def entered_by_author(signoff: SignOff, dossier: Dossier, config: Config) -> bool:
    """True if an author of the copy entered another person's sign-off with nothing to show."""
    return not signoff.has_evidence and signoff.entered_by in authors(dossier, config)


def counts(signoff: SignOff, dossier: Dossier, config: Config, people: People) -> bool:
    """True if the sign-off may fill a place in the matrix."""
    if not binds(signoff, dossier) or not held_role(signoff, config, people):
        return False
    if by_author(signoff, dossier, config):
        proven = signoff.meaning == "adopt" and signoff.has_evidence
        return proven or signoff.meaning not in ("approve", "adopt")
    return not entered_by_author(signoff, dossier, config)


def missing(entry: MatrixEntry, signoffs: Iterable[SignOff]) -> tuple[MissingSignOff, ...]:
    """The places of ``entry`` that these sign-offs leave open.

    Within a meaning a person fills one place at most, in whatever roles they signed.
    """
    return _open_places(entry.review, entry.approve, tuple((signoff.meaning, signoff.person, signoff.role) for signoff in signoffs))


@lru_cache(maxsize=1 << 12)
def _open_places(review: Sequence[ANY_ROLE], approve: Sequence[ANY_ROLE], given: Sequence[tuple[str, str, str | None]]) -> tuple[MissingSignOff, ...]:
    """Most documents of a type are signed by the same persons."""
    open_places: list[MissingSignOff] = []
    for meaning, slots in (("review", review), ("approve", approve)):
        signed: dict[str, set[str]] = defaultdict(set)
        for said, person, role in given:
            if said == meaning and role:
                signed[person].add(role)
        filled = _fill(slots, tuple(frozenset(roles) for roles in signed.values()))
        open_places += [MissingSignOff(meaning, slot) for i, slot in enumerate(slots) if i not in filled]
    return tuple(open_places)


def _fill(slots: Sequence[ANY_ROLE], people: Sequence[AbstractSet[str]]) -> AbstractSet[int]:
    """Slots that can be filled at once, one person each: a maximum bipartite matching.

    ``people`` are the roles in which each person has signed. Whom no path helps now none will help later, nor anybody
    of the same roles.
    """
    wanting: dict[str, list[int]] = defaultdict(list)
    for index, slot in enumerate(slots):
        for role in dict.fromkeys(slot):
            wanting[role].append(index)
    taken: dict[int, int] = {}
    held: dict[int, int] = {}
    barren: set[AbstractSet[str]] = set()
    for person, roles in enumerate(people):
        if roles not in barren and not _place(person, people, wanting, taken, held):
            barren.add(roles)
    return taken.keys()


def _place(
    person: int, people: Sequence[AbstractSet[str]], wanting: Mapping[str, Sequence[int]], taken: dict[int, int], held: dict[int, int]
) -> bool:
    """Give a person a slot, if need be by moving others to further ones: the shortest such path.

    ``taken`` is who fills a slot, ``held`` the slot somebody fills.
    """
    came: dict[int, int] = {}
    spent: set[str] = set()
    waiting = deque([person])
    while waiting:
        who = waiting.popleft()
        roles = people[who] - spent
        spent |= roles
        for slot in sorted({slot for role in roles for slot in wanting.get(role, ())} - came.keys()):
            came[slot] = who
            if slot not in taken:
                _move(slot, person, came, taken, held)
                return True
            waiting.append(taken[slot])
    return False


def _move(slot: int, person: int, came: Mapping[int, int], taken: dict[int, int], held: dict[int, int]) -> None:
    """Let everybody on the path to a free slot go one further, ``person`` last."""
    left: int | None = slot
    while left is not None:
        who = taken[left] = came[left]
        held[who], left = left, None if who == person else held[who]


def completed(
    type_name: str, signoffs: Sequence[SignOff], config: Config
) -> tuple[datetime | None, tuple[MissingSignOff, ...]]:
    """When the sign-offs first filled the matrix of that day, and what is open if they never did.

    ``signoffs`` count and are in the order of their moments: one more closes no place. Nothing is approved that nobody submitted.
    """
    if not any(signoff.meaning == "author" for signoff in signoffs):
        return None, ()
    asked = ((config.matrix(type_name, day_of(signoff, config)), position) for position, signoff in enumerate(signoffs, 1))
    for entry, run in groupby(asked, key=lambda pair: pair[0]):
        ends = [position for _entry, position in run if signoffs[position - 1].meaning in ("review", "approve")]
        if entry and ends and not missing(entry, signoffs[: ends[-1]]):
            first = bisect_left(ends, True, key=lambda end: not missing(entry, signoffs[:end]))
            return signoffs[ends[first] - 1].at, ()
    return None, ()
