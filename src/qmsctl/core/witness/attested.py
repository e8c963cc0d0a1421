"""What somebody outside has attested of the notes: by a registered letter, by a signature, or by a time stamp.

Nothing else makes a sign-off *witnessed*. What the office itself has signed or committed attests nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from qmsctl.core.dossier import ATTACHMENTS, SignOff
from qmsctl.core.keys.ssh_signature import NAMESPACE
from qmsctl.core.library import Library
from qmsctl.core.proof.attestation import proves, signature_path
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.source import EntryKind
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.text_file import lf
from qmsctl.core.text.values import read_date
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.core.witness.checkpoints import Checkpoint, checkpoints, contradicted
from qmsctl.core.witness.cosignature import ENDING, read_cosignature
from qmsctl.core.witness.log import FOLDER, log_of, sha256_of
from qmsctl.core.witness.note import NoteRefused
from qmsctl.message import Message, _
from qmsctl.value import dataclass

BASIS, STAMP, SIGNATURE = ".basis", ".tsr", ".sig"
_STRENGTH = ("tsr", "cosigned", "basis")
"""What is said of several of one day: the one that anybody can verify alone comes first."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a time stamp says: when and by whom, or why it says nothing; ``unread`` where nobody could read it."""

    at: datetime | None = None
    by: str = ""
    problem: Message | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Attested:
    """A note that was seen outside on a day: ``path`` is the file that says so, ``how`` puts it in words."""

    path: str
    checkpoint: Checkpoint
    day: date
    how: Message


@dataclass(frozen=True, slots=True)
class NotAttested:
    """A file beside a note that attests nothing, and why; ``unread`` where it could not be looked at, ``unknown`` where it may be that of a witness whom the office has yet to name."""

    path: str
    why: Message
    unread: bool = False
    unknown: bool = False


def attestations(library: Library, stamps: Mapping[str, Stamped]) -> Iterator[Attested | NotAttested]:
    """What the files beside the notes attest; ``stamps`` is what was read of time stamps, by path."""
    notes, letters = {each.path: each for each in checkpoints(library)}, dict[str, Checkpoint]()
    for path in _beside(library):
        note, _dot, ending = path.rpartition(".")
        found = notes.get(note)
        if library.files[path] is not EntryKind.FILE:
            yield NotAttested(path, _("it is no plain file"))
        elif found is None:
            yield NotAttested(path, _("there is no note {note} that can be read", note=note))
        elif f".{ending}" == BASIS:
            yield _by_letter(path, found, letters, library)
        elif f".{ending}" == ENDING:
            yield _cosigned(path, found, library)
        elif path in stamps:
            yield _stamped(path, found, stamps[path], library)


def _beside(library: Library) -> tuple[str, ...]:
    """The files that may attest something, those of the same note together."""
    return tuple(sorted(path for path in library.files if path.startswith(FOLDER) and path.endswith((f".note{BASIS}", f".note{ENDING}", f".note{STAMP}"))))


def witnessed(library: Library, stamps: Mapping[str, Stamped]) -> Mapping[str, Attested]:
    """The earliest attestation of each file that is as the log saw it; of notes that the log does not bear out, none."""
    false = {each.path for each, _why in contradicted(library, checkpoints(library))}
    found = [each for each in attestations(library, stamps) if isinstance(each, Attested) and each.checkpoint.path not in false]
    first: dict[str, Attested] = {}
    entries = log_of(library).entries if found else ()
    for each in sorted(found, key=lambda one: (one.day, _STRENGTH.index(one.path.rpartition(".")[2]), one.path)):
        for entry in entries[: each.checkpoint.note.size]:
            if entry is not None and entry.path not in first and sha256_of(entry.path, library) == entry.sha256:
                first[entry.path] = each
    return first


def seen_by(signoff: SignOff, found: Mapping[str, Attested], library: Library) -> Attested | None:
    """By when all that a sign-off rests on had been ``found`` outside: the file, and the signature, where one proves who gave it."""
    paths = (signoff.path, signature_path(signoff)) if proves(signoff, library) else (signoff.path,)
    seen = [found[path] for path in paths if path in found]
    return max(seen, key=lambda each: each.day) if len(seen) == len(paths) else None


class Letter(NamedTuple):
    """What is registered of a letter."""

    number: str
    day: date
    file: str


def letter_file(found: Checkpoint, library: Library) -> str | None:
    """The scan of the letter that carried a note, where it is as it was registered."""
    path = f"{found.path}{BASIS}"
    said = _letter(path, library) if path in library.files else None
    return said.file if isinstance(said, Letter) else None


def _letter(path: str, library: Library) -> Letter | NotAttested:
    try:
        top = read_yaml(lf(library.outside.read(path)).decode("utf-8", "replace"))
    except YamlRefused as error:
        return NotAttested(path, error.message)
    fields = top if isinstance(top, MappingNode) else None
    number, day, file = (fields.text("number"), read_date(fields.text("date")), fields.text("file") or "") if fields else (None, None, "")
    if fields is None or not number or day is None or not file.startswith(ATTACHMENTS):
        return NotAttested(path, _("number, date, file and sha256 of the letter are expected"))
    if library.outside.sha256(file) != fields.text("sha256"):
        return NotAttested(path, _("{file} is not the letter that was registered: its digest differs, or it is missing", file=file))
    return Letter(number, day, file)


def _by_letter(path: str, found: Checkpoint, letters: dict[str, Checkpoint], library: Library) -> Attested | NotAttested:
    """What a letter attests; ``letters`` are the notes that others carried, by their scans."""
    said = _letter(path, library)
    if isinstance(said, NotAttested):
        return said
    first = letters.setdefault(library.outside.sha256(said.file) or "", found)
    if first.note != found.note:
        return NotAttested(path, _("{file} is the letter of {note}: a letter carries one root", file=said.file, note=first.path))
    return _seen(path, found, said.day, _("letter {number} of {day}, {file}", number=said.number, day=said.day, file=said.file), library)


def _cosigned(path: str, found: Checkpoint, library: Library) -> Attested | NotAttested:
    try:
        note, at = read_cosignature(library.outside.read(path))
    except NoteRefused as error:
        return NotAttested(path, error.message)
    if note != found.note:
        return NotAttested(path, _("it is over another note than {note}", note=found.path))
    said = library.outside.signature(path) if f"{path}{SIGNATURE}" in library.files else None
    if said is None:
        return NotAttested(path, _("its signature {name} is missing", name=f"{path}{SIGNATURE}"))
    if said.problem is not None or said.key is None or said.namespace != NAMESPACE:
        return NotAttested(path, said.problem or _("its signature was made for another purpose"))
    name = next((name for name, key in library.config.witnesses if key == said.key), None)
    if name is None:
        return NotAttested(path, _("the key {key} is that of none of the witnesses in qms.yaml", key=said.key.fingerprint), unknown=True)
    if library.people.by_key(said.key) is not None:
        return NotAttested(path, _("the key {key} is that of somebody in this office", key=said.key.fingerprint))
    day = at.astimezone(library.config.zone).date()
    return _seen(path, found, day, _("signed by {name} on {day}, key {key}", name=name, day=day, key=said.key.fingerprint), library)


def _stamped(path: str, found: Checkpoint, said: Stamped, library: Library) -> Attested | NotAttested:
    if said.at is None:
        return NotAttested(path, said.problem or _("it says no time"), said.unread)
    day = said.at.astimezone(library.config.zone).date()
    return _seen(path, found, day, _("time stamp of {name}, {at}", name=said.by, at=said.at.astimezone(library.config.zone)), library)


def _seen(path: str, found: Checkpoint, day: date, how: Message, library: Library) -> Attested | NotAttested:
    """The attestation, unless it is older than what it is to attest, or of a day to come."""
    if day < found.day:
        return NotAttested(path, _("it is of {day}, and the note was made on {made}", day=day, made=found.day))
    last = _last_day(found, library)
    if last is not None and day < last:
        return NotAttested(path, _("it is of {day}, and the note holds what was signed on {last}", day=day, last=last))
    if day > library.clock.astimezone(library.config.zone).date():
        return NotAttested(path, _("it is of {day}, which is still to come", day=day))
    return Attested(path, found, day, how)


def _last_day(found: Checkpoint, library: Library) -> date | None:
    """The latest day of a sign-off that the note holds."""
    held = {each.path for each in log_of(library).entries[: found.note.size] if each is not None}
    signoffs = (each for dossiers in library.dossiers.values() for dossier in dossiers for each in dossier.signoffs)
    return max((day_of(each, library.config) for each in signoffs if each.path in held), default=None)
