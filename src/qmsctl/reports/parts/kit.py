"""What an outsider needs to verify sign-offs with ``sha256sum`` and ``ssh-keygen`` alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from qmsctl.core.keys.ssh_signature import NAMESPACE
from qmsctl.core.library import Library
from qmsctl.core.office.people import Key, Person
from qmsctl.core.proof.attestation import attestation, signature_path
from qmsctl.core.proof.named_digest import fits
from qmsctl.core.source import EntryKind
from qmsctl.message import Label
from qmsctl.reports.parts.verification import Verification, VerifiedSignOff
from qmsctl.value import dataclass

_MOMENT = "%Y%m%d%H%M%SZ"


@dataclass(frozen=True, slots=True)
class KitSignOff:
    """A sign-off in the kit. ``signature`` is the path of its signature; ``at`` the moment as ssh-keygen takes it."""

    shown: VerifiedSignOff
    path: str
    signer: str
    signature: str | None
    at: str


@dataclass(frozen=True, slots=True)
class KitDossier:
    """A dossier in the kit; ``copy`` is the path of the text that was signed."""

    id: str
    title: str
    revision: int | None
    state: Label | str
    copy: str
    signoffs: tuple[KitSignOff, ...]


@dataclass(frozen=True, slots=True)
class KitPerson:
    """Somebody who signed: id, name and the fingerprints of all keys."""

    id: str
    name: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kit:
    """The files of the QMS that go into the kit, and what is written beside them.

    ``named`` are digests that sign-offs and texts give for files, be it several for one; all other files are listed with
    what they have. ``papers`` are these files and what sign-offs rest on. ``texts`` are the files whose LF bytes count.
    """

    office: str
    namespace: str
    dossiers: tuple[KitDossier, ...]
    texts: tuple[str, ...]
    papers: tuple[str, ...]
    named: tuple[tuple[str, str], ...]
    signers: tuple[str, ...]
    people: tuple[KitPerson, ...]

    @property
    def signed(self) -> tuple[KitSignOff, ...]:
        """The sign-offs that bear a signature."""
        return tuple(each for dossier in self.dossiers for each in dossier.signoffs if each.signature)


def kit(found: Verification, library: Library) -> Kit:
    """The kit for what was verified."""
    dossiers = tuple(_dossiers(found, library))
    signoffs = [each.shown for dossier in dossiers for each in dossier.signoffs]
    papers = {each.evidence.basis.file: each.evidence.basis.sha256 for each in signoffs if each.evidence}
    present = {path: sha256 for path, sha256 in papers.items() if path and sha256 and path in library.files}
    copies = {dossier.copy: dossier.signoffs[0].shown.proof.digest for dossier in dossiers if dossier.signoffs}
    there = {path: sha256 for path, sha256 in copies.items() if path in library.files}
    shown = {(each.place or each.path, each.sha256) for each in found.files}
    files = {(path, sha256) for path, sha256 in shown if library.files.get(path) is EntryKind.FILE}
    lines = {path for path, sha256 in files if library.outside.sha256(path) != sha256 and fits(path, sha256, library)}
    people = [library.people.get(name) for name in dict.fromkeys(person for each in signoffs for person in each.signoff.by)]
    known = [person for person in people if person is not None]
    return Kit(
        office=library.config.name,
        namespace=NAMESPACE,
        dossiers=dossiers,
        texts=tuple(sorted({*there, *_files(dossiers), *lines})),
        papers=tuple(sorted({*present, *(path for path, _sha256 in files)} - lines)),
        named=tuple(sorted({*there.items(), *present.items(), *files})),
        signers=tuple(_allowed(known, library.config.zone)),
        people=tuple(
            KitPerson(person.id, person.name, tuple(key.public.fingerprint for key in person.keys if key.public))
            for person in known
        ),
    )


def _dossiers(found: Verification, library: Library) -> Iterator[KitDossier]:
    for subject in found.subjects:
        for dossier in subject.dossiers:
            yield KitDossier(
                id=subject.id,
                title=subject.title,
                revision=dossier.proof.revision,
                state=dossier.state if dossier.proof.revision is None else "",
                copy=f"{dossier.proof.folder}/{subject.id}.md",
                signoffs=tuple(_signoff(each, library) for each in dossier.signoffs),
            )


def _signoff(shown: VerifiedSignOff, library: Library) -> KitSignOff:
    signoff = shown.signoff
    signature = signature_path(signoff)
    made_by = attestation(signoff, library)
    return KitSignOff(
        shown=shown,
        path=signoff.path,
        signer=made_by.person.id if made_by and made_by.person else signoff.person,
        signature=signature if signature in library.files else None,
        at=_moment(signoff.at),
    )


def _files(dossiers: Iterable[KitDossier]) -> Iterator[str]:
    for dossier in dossiers:
        for each in dossier.signoffs:
            yield from filter(None, (each.path, each.signature))


def _allowed(people: Iterable[Person], zone: tzinfo) -> Iterator[str]:
    """Lines of an ``allowed_signers`` file (``ssh-keygen(1)``): a key a line, with its days."""
    for person in people:
        for key in person.keys:
            if key.public is not None:
                options = ",".join((f'namespaces="{NAMESPACE}"', *_days(key, zone)))
                yield f"{person.id} {options} {key.public.text}"


def _days(key: Key, zone: tzinfo) -> Iterator[str]:
    """From the first second of the first day to the last of the last; a revocation ends the day before it."""
    revoked = key.revoked - timedelta(days=1) if key.revoked else None
    last = min((day for day in (key.period.end, revoked) if day), default=None)
    if key.period.start:
        yield f'valid-after="{_moment(_at(key.period.start, time.min, zone))}"'
    if last:
        yield f'valid-before="{_moment(_at(last, time(23, 59, 59), zone))}"'


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime(_MOMENT)
