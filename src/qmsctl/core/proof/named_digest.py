"""What a text says of a file: its path and its digest; and whether the file is as it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from qmsctl.core.dossier import ATTACHMENTS
from qmsctl.core.library import Library
from qmsctl.core.source import EntryKind
from qmsctl.core.text.nodes import Mapping, Node, Scalar
from qmsctl.core.text.text_file import lf
from qmsctl.core.text.values import path_problem
from qmsctl.errors import RepositoryError
from qmsctl.message import Message, _

FILES = "files"
"""The field in which a text names what it shows and links to."""

_PATHS = ("path", "file")


class NamedDigest(NamedTuple):
    """A file and the SHA-256 written beside it, which stands on ``line``."""

    path: str
    sha256: str
    line: int


def named_digests(node: Node) -> Iterator[NamedDigest]:
    """Every mapping in ``node`` that names a file inside the QMS and its digest."""
    if isinstance(node, Scalar):
        return
    if isinstance(node, Mapping):
        path = next((text for key in _PATHS if (text := node.text(key))), None)
        digest = node.text("sha256")
        if path and digest and path_problem(path) is None:
            yield NamedDigest(path, digest, node.key_lines["sha256"])
    for part in node.entries.values() if isinstance(node, Mapping) else node.items:
        yield from named_digests(part)


def digest_now(path: str, library: Library) -> str | None:
    """The digest of the file at ``path`` that a text would name, or ``None`` where no file lies there.

    Git may give the lines of a text outside ``attachments/`` other ends on another system: its LF bytes count.
    """
    if library.files.get(path) is not EntryKind.FILE:
        return None
    found = library.outside.sha256(path)
    if path.startswith(ATTACHMENTS) or found is None or library.outside.pointer(path):
        return found
    try:
        data = library.outside.read(path)
    except RepositoryError:
        return found
    return found if b"\0" in data else hashlib.sha256(lf(data)).hexdigest()


def fits(path: str, sha256: str, library: Library) -> bool:
    """True if the file at ``path`` is there with these bytes, or has moved with its text to another folder."""
    return place_now(path, sha256, library) is not None


def place_now(path: str, sha256: str, library: Library) -> str | None:
    """Where the file that a text names lies, with the bytes it names.

    Folders of documents and records may be rearranged, and pictures and forms go along; evidence stays in its place.
    """
    if path in library.files or path.startswith(ATTACHMENTS):
        return path if _has(path, sha256, library) else None
    alike = library.by_file_name.get(path.rpartition("/")[2], ())
    return next((each for each in alike if not each.startswith(ATTACHMENTS) and _has(each, sha256, library)), None)


def not_here(path: str) -> Message:
    """What is said where the content of a file is wanted, and there is only the pointer of git-lfs."""
    return _("{path} is only a pointer of git-lfs here; its content is not", path=path)


def _has(path: str, sha256: str, library: Library) -> bool:
    if library.files.get(path) is not EntryKind.FILE:
        return False
    return library.outside.sha256(path) == sha256 or digest_now(path, library) == sha256


_BLANKS = b"\xef\xbb\xbf\0 \t\r\n\v\f"
_BLANK = frozenset(
    hashlib.sha256(b"".join(each)).hexdigest() for most in range(4) for each in product((b"\n", b"\r", b" ", b"\t", b"\0", b"\xef\xbb\xbf"), repeat=most)
)


def is_blank(path: str, sha256: str, library: Library) -> bool:
    """True if the file that a text names has nothing in it; of one that is not new only a few bytes are told from their digest."""
    if sha256 in _BLANK:
        return True
    if not path.startswith(ATTACHMENTS) or library.files.get(path) is not EntryKind.FILE or not library.is_new(path):
        return False
    return not library.outside.read(path).strip(_BLANKS)
