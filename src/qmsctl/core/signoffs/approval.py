"""Whether a sign-off counts, and when a dossier has all the sign-offs its day asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from qmsctl.core.model import Dossier, SignOff
from qmsctl.core.office.config import Config, People
from qmsctl.core.office.matrix import ANY_ROLE, MatrixEntry

ATTACHMENTS = "attachments/"
"""Where evidence is kept; no other file can be passed off as the paper somebody signed."""


@dataclass(frozen=True, slots=True)
class MissingSignOff:
    """A place in the approval matrix that nobody has filled: a meaning and a choice of roles."""

    meaning: str
    roles: ANY_ROLE


def day_of(signoff: SignOff, config: Config) -> date:
    """The day of a sign-off in the office's time zone."""
    return signoff.at.astimezone(config.zone).date()


def binds(signoff: SignOff, dossier: Dossier) -> bool:
    """True if the sign-off is on the very bytes of the dossier it lies in."""
    copy = dossier.copy
    if copy is None or copy.sha256 != signoff.sha256 or signoff.subject != dossier.subject:
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


def authors(dossier: Dossier) -> frozenset[str]:
    """The persons who submitted this copy; whoever did so in another's name has to show a paper."""
    found = {person for signoff in dossier.of("author") for person in signoff.by}
    entered = {s.entered_by for s in dossier.of("author") if s.entered_by and not has_evidence(s)}
    return frozenset(found | entered)


def by_author(signoff: SignOff, dossier: Dossier) -> bool:
    """True if an author of the copy is among the signers."""
    return bool(authors(dossier) & set(signoff.by))


def has_evidence(signoff: SignOff) -> bool:
    """True if the sign-off rests on a file kept for that, below ``attachments/``, whose digest it names."""
    basis = signoff.basis
    return basis is not None and bool(basis.sha256) and (basis.file or "").startswith(ATTACHMENTS)


def entered_by_author(signoff: SignOff, dossier: Dossier) -> bool:
    """True if an author of the copy entered another person's sign-off with nothing to show."""
    return signoff.entered_by in authors(dossier) and not has_evidence(signoff)


def counts(signoff: SignOff, dossier: Dossier, config: Config, people: People) -> bool:
    """True if the sign-off may fill a place in the matrix."""
    if not binds(signoff, dossier) or not held_role(signoff, config, people):
        return False
    if by_author(signoff, dossier):
        proven = signoff.meaning == "adopt" and has_evidence(signoff)
        return proven or signoff.meaning not in ("approve", "adopt")
    return not entered_by_author(signoff, dossier)


def missing(entry: MatrixEntry, signoffs: Iterable[SignOff]) -> tuple[MissingSignOff, ...]:
    """The places of ``entry`` that these sign-offs leave open.

    Within a meaning a person fills one place at most, in whatever roles they signed.
    """
    given = tuple(signoffs)
    open_places: list[MissingSignOff] = []
    for meaning, slots in (("review", entry.review), ("approve", entry.approve)):
        signed: dict[str, set[str]] = defaultdict(set)
        for signoff in given:
            if signoff.meaning == meaning and signoff.role:
                signed[signoff.person].add(signoff.role)
        filled = _fill(slots, tuple(signed.values()))
        open_places += [MissingSignOff(meaning, slot) for i, slot in enumerate(slots) if i not in filled]
    return tuple(open_places)


def _fill(slots: Sequence[ANY_ROLE], people: Sequence[AbstractSet[str]]) -> frozenset[int]:
    """Slots that can be filled at once, one person each: a maximum bipartite matching.

    ``people`` are the roles in which each person has signed.
    """
    taken: dict[int, int] = {}

    def place(person: int, tried: set[int]) -> bool:
        for index, slot in enumerate(slots):
            if people[person].isdisjoint(slot) or index in tried:
                continue
            tried.add(index)
            if index not in taken or place(taken[index], tried):
                taken[index] = person
                return True
        return False

    for person in range(len(people)):
        place(person, set())
    return frozenset(taken)


def completed(
    type_name: str, signoffs: Sequence[SignOff], config: Config
) -> tuple[datetime | None, tuple[MissingSignOff, ...]]:
    """When the sign-offs first filled the matrix of that day, and what is open if they never did.

    ``signoffs`` count and are in the order of their moments. Nothing is approved that nobody submitted.
    """
    if not any(signoff.meaning == "author" for signoff in signoffs):
        return None, ()
    for position, signoff in enumerate(signoffs, 1):
        entry = config.matrix(type_name, day_of(signoff, config))
        if entry and signoff.meaning in ("review", "approve") and not missing(entry, signoffs[:position]):
            return signoff.at, ()
    return None, ()
