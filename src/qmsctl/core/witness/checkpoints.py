"""The notes of an office, ``witness/<day>-<n>.note``, and whether its log still bears them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.source import EntryKind
from qmsctl.core.text.values import read_date
from qmsctl.core.witness.log import FOLDER, Log, log_of
from qmsctl.core.witness.merkle import roots
from qmsctl.core.witness.note import Note, NoteRefused, read_note
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.value import dataclass

_NAME = regex(r"witness/(\d{4}-\d{2}-\d{2})-([1-9][0-9]{0,5})\.note", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A note of the office; ``day`` and ``number`` are those of its name, which is the office's own word."""

    path: str
    day: date
    number: int
    note: Note

    @property
    def place(self) -> tuple[int, date, int]:
        """Where it stands among the others: a log only grows."""
        return self.note.size, self.day, self.number


def latest_checkpoint(library: Library) -> Checkpoint | None:
    """The checkpoint over the longest log, and of several the last; ``None`` where there is none that can be read."""
    return max(checkpoints(library), key=lambda each: each.place, default=None)


def checkpoints(library: Library) -> tuple[Checkpoint, ...]:
    """All that can be read, in the order in which the log grew."""
    found = (checkpoint_at(path, library) for path in note_paths(library))
    return tuple(sorted((each for each in found if isinstance(each, Checkpoint)), key=lambda each: each.place))


def note_paths(library: Library) -> Iterator[str]:
    """Every file in the folder of the witness that is called a note."""
    return (path for path, kind in library.files.items() if kind is EntryKind.FILE and path.startswith(FOLDER) and path.endswith(".note"))


def checkpoint_at(path: str, library: Library) -> Checkpoint | Message:
    """The checkpoint in a file, or why there is none in it."""
    name = _NAME.fullmatch(path)
    day = read_date(name[1]) if name else None
    if name is None or day is None:
        return _("the name of a note is its day and a number, such as {example}", example="2026-11-30-1.note")
    try:
        return Checkpoint(path, day, int(name[2]), read_note(library.outside.read(path)))
    except NoteRefused as error:
        return error.message


def contradicted(library: Library, found: Sequence[Checkpoint]) -> Iterator[tuple[Checkpoint, Message]]:
    """The checkpoints that the log does not bear out, each with the reason."""
    log = log_of(library) if found else Log()
    at = roots(log.lines, {each.note.size for each in found})
    for each in found:
        why = contradiction(each.note, log, at.get(each.note.size))
        if why is not None:
            yield each, why


def contradiction(note: Note, log: Log, root: bytes | None) -> Message | None:
    """Why ``log``, whose root over as many lines as the note says is ``root``, is not the log of ``note``."""
    if root is None:
        return _("the note is over {size} line(s), and the log has {count}", size=note.size, count=len(log.lines))
    if root != note.root:
        return _("the first {size} line(s) of the log are not those of the note: their root is {root}", size=note.size, root=root.hex())
    return None
