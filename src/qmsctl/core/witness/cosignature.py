"""A cosignature: somebody outside says in a file of its own when a note was seen, as C2SP tlog-cosignature words it, and signs that."""

from __future__ import annotations

from datetime import UTC, datetime

from qmsctl.core.text.text_file import lf
from qmsctl.core.witness.note import Note, NoteRefused, read_note
from qmsctl.message import _
from qmsctl.regex import regex

ENDING = ".cosigned"
_HEAD = regex(rb"cosignature/v1\ntime ([1-9][0-9]{8,10})\n")


def cosignature(note: Note, at: datetime) -> bytes:
    """What is signed: that ``note`` was seen at that moment."""
    return f"cosignature/v1\ntime {int(at.timestamp())}\n".encode() + note.encode()


def read_cosignature(data: bytes) -> tuple[Note, datetime]:
    """The note that was seen, and when. Raises :class:`NoteRefused`."""
    found = _HEAD.match(lf(data)[:64])
    if found is None:
        raise NoteRefused(_("it is no cosignature: cosignature/v1, a line with the time, and the note are expected"))
    return read_note(lf(data)[found.end() :]), datetime.fromtimestamp(int(found[1]), UTC)
