"""What stands behind the configuration where an office has it signed: its files as a manifest, and the sign-offs on that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.office.config import DEFAULT, SIGNED, Config, Period
from qmsctl.core.office.people import Key, Person
from qmsctl.core.proof.attestation import attestation
from qmsctl.core.proof.grown import allowed_days
from qmsctl.core.reading import is_configuration
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.source import EntryKind
from qmsctl.core.text.nodes import texts
from qmsctl.core.text.text_file import digest
from qmsctl.message import Message, _

Manifest = Mapping[str, str]
"""The SHA-256 of the LF bytes of each file, by its path, in the order of the paths."""


def is_signed(library: Library) -> bool:
    """True where the office has chosen that its configuration is signed."""
    return library.config.configuration == SIGNED


def manifest(library: Library) -> Manifest:
    """The files of the configuration as they are."""
    paths = sorted(path for path, kind in library.files.items() if kind is EntryKind.FILE and is_configuration(path))
    return {path: _sha256(path, library) for path in paths}


def _sha256(path: str, library: Library) -> str:
    return library.parsed[path].sha256 if path in library.parsed else digest(library.outside.read(path))


def manifest_digest(files: Manifest) -> str:
    """What a sign-off binds: the SHA-256 of the lines that ``sha256sum`` prints of these files."""
    return digest("".join(f"{line}\n" for line in lines(files)).encode())


def lines(files: Manifest) -> tuple[str, ...]:
    """The manifest as ``sha256sum`` prints it."""
    return tuple(f"{sha256}  {path}" for path, sha256 in files.items())


def listed(signoff: SignOff, library: Library) -> Manifest:
    """The files as the sign-off lists them, to say which of them changed; nothing is proved by it."""
    fields = library.parsed[signoff.path].fields
    found = (line.partition("  ") for line in texts(fields.entries.get("files") if fields else None))
    return {path: sha256 for sha256, _gap, path in found}


def different(before: Manifest, after: Manifest) -> tuple[str, ...]:
    """The paths that two manifests do not have alike."""
    return tuple(path for path in sorted({*before, *after}) if before.get(path) != after.get(path))


def number(signoff: SignOff) -> int:
    """The number of a sign-off on the configuration."""
    return signoff.revision or 0


def last_number(signoffs: Iterable[SignOff]) -> int:
    """The highest number that was given; 0 where there is none."""
    return max(map(number, signoffs), default=0)


def newest(library: Library) -> tuple[SignOff, ...]:
    """The sign-offs of the highest number: several where several persons or branches gave it."""
    last = last_number(library.configuration_signoffs)
    return tuple(each for each in library.configuration_signoffs if number(each) == last)


def approving_roles(config: Config, day: date) -> frozenset[str]:
    """The roles that approve on a day, of whatever type."""
    entries = (config.matrix(name, day) for name in {DEFAULT, *(each.type for each in config.approval)})
    return frozenset(role for entry in entries if entry for slot in entry.approve for role in slot)


def why_not(signoff: SignOff, library: Library) -> Message | None:
    """Why a sign-off on the configuration does not count, whatever it is on; of a new one by the base as well."""
    if signoff.meaning != "approve" or len(signoff.by) != 1:
        return _("it is no approval by one person")
    found = attestation(signoff, library)
    if found is None:
        return _("it is not signed with a key")
    if found.fault is not None:
        return found.why
    if not _may_approve(signoff, library):
        return _("{name} held no role that approves on {day}", name=library.people.name(signoff.person), day=day_of(signoff, library.config))
    return _against_new(signoff, library) if is_brought(signoff, library) else None


def is_brought(signoff: SignOff, library: Library) -> bool:
    """True for a sign-off that the change which is judged brings, to an office that was there."""
    base = library.base
    return base is not None and bool(base.offices) and not base.holds(signoff.path, library)


def _against_new(signoff: SignOff, library: Library) -> Message | None:
    base = library.base
    assert base is not None
    if not base.granted(lambda office: _may_approve(signoff, office)):
        return _("{name} approves only by this very change", name=library.people.name(signoff.person))
    allowed = allowed_days(library)
    age = (library.today - day_of(signoff, library.config)).days
    return _("it is {age} days old, and {allowed} are allowed", age=age, allowed=allowed) if age > allowed else None


def _may_approve(signoff: SignOff, office: Library) -> bool:
    day, person = day_of(signoff, office.config), office.people.get(signoff.person)
    return person is not None and signoff.role in approving_roles(office.config, day) and person.held(signoff.role or "", day)


def signers(library: Library, day: date) -> Iterator[tuple[Person, Key]]:
    """Who can sign the configuration on ``day``: everybody with a role that approves, and a key that is valid then."""
    roles = approving_roles(library.config, day)
    for person in library.people.all:
        if person.keys and any(person.held(role, day) for role in roles):
            yield from ((person, key) for key in person.keys if is_valid(key, day))


def is_valid(key: Key, day: date) -> bool:
    """True for a key that counts on ``day``."""
    return key.public is not None and key.period.covers(day) and (key.revoked is None or day < key.revoked)


def turning_days(offices: Sequence[Library], today: date) -> tuple[date, ...]:
    """Today, and the later days on which it may change who can sign the configuration."""
    ends = (period.end for office in offices for period in _periods(office))
    after_ends = (end + timedelta(days=1) for end in ends if end and end < date.max)
    starts = (period.start for office in offices for period in _periods(office))
    entries = (entry.start for office in offices for entry in office.config.approval)
    revoked = (key.revoked for office in offices for person in office.people.all for key in person.keys)
    found = (*after_ends, *starts, *entries, *revoked)
    return tuple(sorted({today, *(day for day in found if day and day > today)}))


def _periods(office: Library) -> Iterator[Period]:
    for person in office.people.all:
        if person.keys:
            yield person.period
            yield from (held.period for held in person.roles)
            yield from (key.period for key in person.keys)
