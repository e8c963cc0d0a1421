"""What an outsider needs to verify sign-offs with ``sha256sum`` and ``ssh-keygen`` alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from qmsctl.core.keys.ssh_signature import NAMESPACE
from qmsctl.core.library import Library
from qmsctl.core.office.people import Key, Person
from qmsctl.core.proof.attestation import attestation, signature_path
from qmsctl.core.proof.named_digest import fits
from qmsctl.core.proof.trusted_roots import ROOTS
from qmsctl.core.source import EntryKind
from qmsctl.core.witness.attested import BASIS, STAMP, letter_file
from qmsctl.core.witness.checkpoints import checkpoints, note_paths
from qmsctl.core.witness.cosignature import ENDING
from qmsctl.core.witness.log import FOLDER
from qmsctl.message import Label
from qmsctl.reports.parts.verification import Verification, VerifiedSignOff
from qmsctl.value import dataclass

_MOMENT = "%Y%m%d%H%M%SZ"
_BINARY = (".tsr", ".tsq", ".pem")


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
class KitNote:
    """A note in the kit, its root in hexadecimal; ``witness`` is who signed it, as ssh-keygen is told, where somebody outside did."""

    path: str
    size: int
    root: str
    witness: str | None
    stamped: bool
    letter: bool


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
    notes: tuple[KitNote, ...] = ()
    witnesses: tuple[KitPerson, ...] = ()

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
    beside, witnesses = tuple(_beside(library)), library.config.witnesses if any(note_paths(library)) else ()
    people = [library.people.get(name) for name in dict.fromkeys(person for each in signoffs for person in each.signoff.by)]
    known = [person for person in people if person is not None]
    return Kit(
        office=library.config.name,
        namespace=NAMESPACE,
        dossiers=dossiers,
        texts=tuple(sorted({*there, *_files(dossiers), *lines, *(path for path in beside if not path.endswith(_BINARY))})),
        papers=tuple(sorted({*present, *(path for path, _sha256 in files), *(path for path in beside if path.endswith(_BINARY)), *_letters(library)} - lines)),
        named=tuple(sorted({*there.items(), *present.items(), *files})),
        signers=(*_allowed(known, library.config.zone), *(f'{_witness(number)} namespaces="{NAMESPACE}" {key.text}' for number, (_name, key) in enumerate(witnesses, 1))),
        people=tuple(
            KitPerson(person.id, person.name, tuple(key.public.fingerprint for key in person.keys if key.public))
            for person in known
        ),
        notes=tuple(_notes(library)),
        witnesses=tuple(KitPerson(_witness(number), name, (key.fingerprint,)) for number, (name, key) in enumerate(witnesses, 1)),
    )


def _beside(library: Library) -> Iterator[str]:
    """The log, the notes and what lies beside them; with stamps the certificates that the office trusts."""
    yield from (path for path, kind in library.files.items() if kind is EntryKind.FILE and path.startswith(FOLDER))
    if any(path.startswith(FOLDER) and path.endswith(STAMP) for path in library.files):
        yield from (path for path in library.files if path.startswith(ROOTS) and path.endswith(".pem"))


def _letters(library: Library) -> Iterator[str]:
    """The scans of the letters that are as they were registered."""
    found = (letter_file(each, library) for each in checkpoints(library))
    yield from (path for path in found if path is not None)


def _notes(library: Library) -> Iterator[KitNote]:
    keys = {key: number for number, (_name, key) in enumerate(library.config.witnesses, 1)}
    for each in checkpoints(library):
        said = library.outside.signature(f"{each.path}{ENDING}") if f"{each.path}{ENDING}" in library.files else None
        number = keys.get(said.key) if said is not None and said.key is not None else None
        files = library.files
        yield KitNote(each.path, each.note.size, each.note.root.hex(), _witness(number) if number else None, f"{each.path}{STAMP}" in files, f"{each.path}{BASIS}" in files)


def _witness(number: int) -> str:
    return f"witness-{number}"


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
