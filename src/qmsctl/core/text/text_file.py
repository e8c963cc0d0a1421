"""The bytes of a file to text, and the text to front matter and body, by lines."""

from __future__ import annotations

import hashlib

from qmsctl.core.text.characters import LONE_CARRIAGE_RETURN
from qmsctl.core.text.front_end import EndMissing, missing_end
from qmsctl.core.text.yaml_reader import MAX_BYTES
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.value import dataclass

MAX_BODY_BYTES = 1024 * 1024
MAX_FILE_BYTES = MAX_BODY_BYTES + MAX_BYTES
"""A text that is larger is not read at all."""

_BOM = b"\xef\xbb\xbf"
_OPENING = regex(r"---[ \t]*(?:\r?\n|\Z)")
_CLOSING = regex(r"\n---[ \t]*(?:\r?\n|\Z)")  # a literal at the front is ten times as fast as "^"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A decoded file, cut in three: fence, front matter, body. Offsets count characters.

    ``front_start``/``front_end`` span the YAML between the fences; ``body_start`` is the first
    character after the closing fence, on line ``body_line``.
    """

    text: str
    bom: bool
    front_start: int
    front_end: int
    body_start: int
    body_line: int

    @property
    def front(self) -> str:
        """The YAML between the fences."""
        return self.text[self.front_start : self.front_end]

    @property
    def body(self) -> str:
        """Everything after the closing fence."""
        return self.text[self.body_start :]

    def encode(self, text: str) -> bytes:
        """``text`` as bytes, with this file's byte order mark if it had one."""
        return (_BOM if self.bom else b"") + text.encode("utf-8")


class NoFrontMatter(Exception):
    """The file does not begin with a ``---`` line."""


def decode(data: bytes) -> tuple[str, bool]:
    """The text of ``data`` and whether a byte order mark stood before it.

    Raises :class:`YamlRefused` for anything but UTF-8 text of a sane size.
    """
    if len(data) > MAX_FILE_BYTES:
        raise YamlRefused(too_large(), 0)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise YamlRefused(_("the file is UTF-16; save it as UTF-8"), 1)
    bom = data.startswith(_BOM)
    try:
        text = data[3:].decode("utf-8") if bom else data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise YamlRefused(_("the file is not UTF-8 text; save it as UTF-8"), line) from None
    return text, bom


def too_large() -> Message:
    """What is said of a text of more than ``MAX_FILE_BYTES``."""
    return _("the file is larger than {limit} kB", limit=MAX_FILE_BYTES // 1024)


def cut(data: bytes) -> TextFile:
    """Split a file into front matter and body, in time linear in the size.

    Raises :class:`NoFrontMatter`, or :class:`YamlRefused` where the fence is never closed, a
    carriage return stands alone, or the front matter is too large.
    """
    text, bom = decode(data)
    opened = _OPENING.match(text)
    if opened is None:
        raise NoFrontMatter
    start = opened.end()
    if "\r" in text and (lone := LONE_CARRIAGE_RETURN.search(text)):
        raise YamlRefused(
            _("a lone carriage return stands here; save the file with LF line ends"),
            text.count("\n", 0, lone.start()) + 1,
        )
    limit = start + MAX_BYTES + 8
    closed = _CLOSING.search(text, start - 1, limit)
    if closed is None or closed.end() == limit < len(text):
        place = missing_end(text[start:limit], 2, None)
        if place is not None:
            raise EndMissing(place, 1)
        raise YamlRefused(_unclosed(limit < len(text)), 1)
    front_end = closed.start() + 1
    return TextFile(text, bom, start, front_end, closed.end(), text.count("\n", 0, front_end) + 2)


def _unclosed(too_large: bool) -> Message:
    if too_large:
        return _("the front matter is larger than {limit} kB", limit=MAX_BYTES // 1024)
    return _("the front matter is not closed by a line of ---")


def lf(data: bytes) -> bytes:
    """The bytes with LF line ends: what a dossier holds, and what a digest and a signature cover."""
    return data.replace(b"\r\n", b"\n") if b"\r" in data else data


def blob_of(data: bytes) -> str:
    """The name that git gives to these bytes where its names are of SHA-1."""
    return hashlib.sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()


def digest(data: bytes) -> str:
    """The SHA-256 of the LF form of ``data``, in lower-case hex: what sign-offs name."""
    return hashlib.sha256(lf(data)).hexdigest()
