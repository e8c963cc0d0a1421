"""A note: the three lines of a checkpoint of C2SP tlog-checkpoint, whose log it is, how long it was, and its root."""

from __future__ import annotations

from base64 import b64decode, b64encode

from qmsctl.core.text.text_file import lf
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.value import dataclass

_LARGEST = 4096
_NOTE = regex(rb"([^\x00-\x20\x7f]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n")
_GROUPS = 16


class NoteRefused(Exception):
    """The bytes are no note."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says: the ``origin`` names the log, ``root`` is over its first ``size`` lines."""

    origin: str
    size: int
    root: bytes

    def encode(self) -> bytes:
        """The bytes of the note."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n".encode()

    @property
    def groups(self) -> tuple[str, ...]:
        """The root for people to compare: hexadecimal, sixteen groups of four."""
        text = self.root.hex()
        width = len(text) // _GROUPS
        return tuple(text[start : start + width] for start in range(0, len(text), width))


def read_note(data: bytes) -> Note:
    """The note in ``data``; line ends of Windows are taken as they are meant. Raises :class:`NoteRefused`."""
    found = _NOTE.fullmatch(lf(data)) if len(data) <= _LARGEST else None
    if found is None:
        raise NoteRefused(_("it is no note: three lines are expected, whose log it is, how many lines it had, and the root in base64"))
    try:
        origin = found[1].decode()
    except UnicodeDecodeError:
        raise NoteRefused(_("it is no note: its first line is not UTF-8")) from None
    root = b64decode(found[3])
    if b64encode(root) != found[3]:
        raise NoteRefused(_("it is no note: its third line is not base64 as it is written"))
    return Note(origin, int(found[2]), root)
