"""The pictures of a text, as they were when it was signed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from qmsctl.core.dossier import Dossier
from qmsctl.core.library import Library
from qmsctl.core.link_target import read_target
from qmsctl.core.model import Item
from qmsctl.core.proof.named_digest import named_digests, not_here, place_now
from qmsctl.core.proof.picture_format import media_type, pixels
from qmsctl.core.source import EntryKind
from qmsctl.core.text.lfs_pointer import content_digest, pointed
from qmsctl.core.text.link_syntax import Link
from qmsctl.errors import RepositoryError
from qmsctl.message import Message, _

LARGEST = 4 * 1024 * 1024
"""Bytes of one picture that a page takes in."""

LARGEST_TOGETHER = 16 * 1024 * 1024
"""Bytes of all pictures of one text."""

MOST_PIXELS = 50_000_000
"""A picture of more is not drawn: a few bytes may ask for gigabytes."""

_BINDING = ("author", "review", "approve", "adopt", "close", "reopen")


class Picture(NamedTuple):
    """A picture at ``path``: its bytes and what they are, or why they cannot be shown."""

    path: str
    media: str = ""
    data: bytes = b""
    lack: Message | None = None


def folder_of(item: Item, library: Library) -> str:
    """The folder from which the links of a text lead: that of the working text, also for a frozen copy of it."""
    working = library.by_id.get(item.id)
    path = working.path if working else item.path
    return item.type.folder if path.startswith("signoffs/") else path.rpartition("/")[0]


def pictures(item: Item, links: Sequence[Link], library: Library, erased: Container[str] = ()) -> Iterator[Picture]:
    """The pictures that these links of ``item`` show, each once; what was ``erased`` is not brought back from history."""
    folder, together = folder_of(item, library), 0
    found = dict.fromkeys(read_target(folder, link.target).path for link in links if link.image)
    for path in found:
        if not path:
            continue
        picture = Picture(path, lack=_("the file was erased by decision")) if path in erased else _picture(item, path, library)
        together += len(picture.data)
        if together > LARGEST_TOGETHER:
            picture = Picture(picture.path, lack=_("the pictures of this text are larger than {limit} MB together", limit=LARGEST_TOGETHER >> 20))
        yield picture


def _picture(item: Item, path: str, library: Library) -> Picture:
    """The picture, if it can be shown."""
    signed = [each for each in library.dossiers.get(item.id, ()) if each.copy and each.copy.sha256 == item.sha256 and each.signoffs]
    data = _as_signed(item, path, signed, library) if signed else _now(path, library)
    if isinstance(data, Message):
        return Picture(path, lack=data)
    lack = _unfit(path, data)
    return Picture(path, lack=lack) if lack else Picture(path, media_type(data) or "", data)


def _unfit(path: str, data: bytes) -> Message | None:
    if pointed(data):
        return not_here(path)
    if len(data) > LARGEST:
        return _("the picture is larger than {limit} MB", limit=LARGEST >> 20)
    if media_type(data) is None:
        return _("only PNG, JPEG, GIF and WebP are shown; others may hold scripts")
    drawn = pixels(data)
    if drawn is None:
        return _("the picture is damaged")
    return _("the picture has more than {limit} million pixels", limit=MOST_PIXELS // 1_000_000) if drawn > MOST_PIXELS else None


def _now(path: str, library: Library) -> bytes | Message:
    """The bytes as they are."""
    if library.files.get(path) is not EntryKind.FILE:
        return _("there is no such file")
    try:
        return library.outside.read(path)
    except RepositoryError:
        return _("the file cannot be read")


def _as_signed(item: Item, path: str, signed: Sequence[Dossier], library: Library) -> bytes | Message:
    """The bytes that were there when the text was signed: those of the digest it names, else those of the commits of its sign-offs.

    Before anything of that is committed they are the ones that are there now.
    """
    named, now = _digest(item, path, library), _now(path, library)
    versions = [now if _stands_for(each, now) else each for each in _versions(path, signed, library)]
    if named is not None:
        known = [each for each in (now, *versions) if isinstance(each, bytes) and content_digest(each) == named]
        return next((each for each in known if not pointed(each)), known[0] if known else None) or _("this is not the picture that was signed")
    if not versions:
        return now
    found = {each for each in versions if each is not None}
    if len(found) == 1 and None not in versions:
        return found.pop()
    return _("the picture was changed while the text was being signed") if found else _("the picture was not there when the text was signed")


def _versions(path: str, signed: Sequence[Dossier], library: Library) -> Iterator[bytes | None]:
    """What stood at ``path`` in each commit that brought the copy or a sign-off on it."""
    commits = library.outside.first_commits()
    files = [file for each in signed for file in (each.copy_path, *(signoff.path for signoff in each.of(*_BINDING)))]
    for commit in dict.fromkeys(commits[file].id for file in files if file in commits):
        yield library.outside.read_past(f"{commit}:{path}")


def _stands_for(version: bytes | None, now: bytes | Message) -> bool:
    """True if a commit has only the pointer to what lies there now."""
    oid = pointed(version) if version is not None else None
    return oid is not None and isinstance(now, bytes) and content_digest(now) == oid


def _digest(item: Item, path: str, library: Library) -> str | None:
    """The digest that a text names for the file at ``path``, or for the one that has moved there with it."""
    named = [each for node in item.fields.entries.values() for each in named_digests(node)]
    own = next((each.sha256 for each in named if each.path == path), None)
    return own or next((each.sha256 for each in named if place_now(each.path, each.sha256, library) == path), None)
