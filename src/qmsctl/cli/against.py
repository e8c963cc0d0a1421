"""What somebody outside has kept, a note or the root of a letter, compared with the log here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from qmsctl.cli.arguments import read_given
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import GREEN, RED, YELLOW
from qmsctl.core.library import Library
from qmsctl.core.witness.against import Compared, against_note, against_root, read_root
from qmsctl.core.witness.attested import Attested, NotAttested, Stamped, attestations
from qmsctl.core.witness.checkpoints import checkpoints, contradicted
from qmsctl.core.witness.note import NoteRefused, read_note
from qmsctl.errors import UsageError
from qmsctl.message import Message, _


def compared(session: Session, library: Library, given: Sequence[str]) -> bool:
    """Say of each note or root whether the log here is the one it is of; true if all are."""
    found = [(each, _compared(each, library)) for each in given]
    for name, each in found:
        session.print(session.colour(session.words(_verdict(name, each)), GREEN if each.agrees else RED))
        for path in each.changed:
            session.print(f"  {session.words(path)}")
    return all(each.agrees for _name, each in found)


def say_attested(session: Session, library: Library, stamps: Mapping[str, Stamped], told: Callable[[str], None]) -> bool:
    """Say what is attested from outside, and what is not; false where something speaks against a note, or beside it."""
    found, false = tuple(attestations(library, stamps)), tuple(contradicted(library, checkpoints(library)))
    for note, why in false:
        told(session.colour(session.words(_("{path}: {problem}", path=note.path, problem=why)), RED))
    for each in found:
        match each:
            case Attested() if each.checkpoint.path in {note.path for note, _why in false}:
                pass
            case Attested():
                told(session.words(_("{note}, {size} file(s): {how}", note=each.checkpoint.path, size=each.checkpoint.note.size, how=each.how)))
            case NotAttested():
                told(session.colour(session.words(_("{path}: {problem}", path=each.path, problem=each.why)), YELLOW if each.unread else RED))
    return not false and not any(isinstance(each, NotAttested) for each in found)


def _compared(given: str, library: Library) -> Compared:
    root = read_root(given)
    if root is not None:
        return against_root(root, library)
    try:
        return against_note(read_note(read_given(Path(given))), library)
    except NoteRefused as error:
        raise UsageError(_("{path}: {problem}", path=given, problem=error.message)) from None


def _verdict(name: str, found: Compared) -> Message:
    if found.why is not None:
        return _("{note} contradicts what is here: {why}", note=name, why=found.why)
    if found.changed:
        return _("{note} fits the log, and {count} of the {size} file(s) it holds are not as they were:", note=name, count=len(found.changed), size=found.size)
    return _("{note} agrees: the {size} file(s) it holds are as they were", note=name, size=found.size)
