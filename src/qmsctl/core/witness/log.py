"""``witness/log``: a line for every file below ``signoffs/``, in the order of first sight, as ``sha256sum -c`` reads it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from qmsctl.core.library import Library
from qmsctl.core.source import EntryKind
from qmsctl.core.text.text_file import digest, lf
from qmsctl.core.tree import is_passed_over
from qmsctl.regex import regex
from qmsctl.value import dataclass

FOLDER = "witness/"
PATH = f"{FOLDER}log"
SIGNOFFS = "signoffs/"
_LINE = regex(rb"([0-9a-f]{64})  (signoffs/[^\x00-\x1f\x7f]+)")


class Entry(NamedTuple):
    """A file that was seen: its number in the log from 1, the digest of its LF bytes, and where it lay."""

    number: int
    sha256: str
    path: str


@dataclass(frozen=True)
class Log:
    """A log as it stands: its lines, and the bytes after the last end of a line, of which there should be none."""

    lines: tuple[bytes, ...] = ()
    rest: bytes = b""

    @cached_property
    def entries(self) -> tuple[Entry | None, ...]:
        """What each line says; ``None`` for one that is no line of a log."""
        return tuple(_entry(number, line) for number, line in enumerate(self.lines, 1))

    @cached_property
    def by_path(self) -> dict[str, Entry]:
        """The first sight of each file."""
        return {each.path: each for each in reversed(self.entries) if each is not None}

    def begins_with(self, other: Log) -> bool:
        """True if nothing of ``other`` was changed or taken out since."""
        return not other.rest and self.lines[: len(other.lines)] == other.lines


def read_log(data: bytes) -> Log:
    """The log in ``data``. Never fails."""
    *lines, rest = lf(data).split(b"\n")
    return Log(tuple(lines), rest)


def log_of(library: Library) -> Log:
    """The log of a library; an empty one where there is none."""
    return read_log(library.outside.read(PATH)) if library.files.get(PATH) is EntryKind.FILE else Log()


def unseen(library: Library, log: Log) -> Iterator[str]:
    """The lines of the files that the log has not seen yet, in order."""
    for path in sorted(library.files):
        if is_logged(path, library) and path not in log.by_path:
            yield f"{sha256_of(path, library)}  {path}"


def is_logged(path: str, library: Library) -> bool:
    """True for a file whose first sight the log keeps."""
    return path.startswith(SIGNOFFS) and library.files[path] is EntryKind.FILE and not is_passed_over(path)


def sha256_of(path: str, library: Library) -> str | None:
    """The digest of the LF bytes of a file below ``signoffs/``; ``None`` where there is none, or nobody can read it."""
    if library.files.get(path) is not EntryKind.FILE:
        return None
    known = library.parsed[path].sha256 if path in library.parsed else ""
    return known or (digest(library.outside.read(path)) if path.endswith(".sig") else library.outside.sha256(path))


def _entry(number: int, line: bytes) -> Entry | None:
    found = _LINE.fullmatch(line)
    try:
        return Entry(number, found[1].decode(), found[2].decode()) if found else None
    except UnicodeDecodeError:
        return None
