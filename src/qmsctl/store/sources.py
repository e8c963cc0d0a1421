"""The files of a QMS from the work tree, as a :class:`Source`; :mod:`.commit_tree` has those of a commit."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from qmsctl.core.reading import CONFIG_PATH as CONFIG
from qmsctl.core.source import Entry, EntryKind
from qmsctl.core.text.characters import path_on_disk
from qmsctl.core.text.lfs_pointer import LARGEST, pointed
from qmsctl.core.tree import DEEPEST, SKIPPED, TEMPORARY, is_passed_over, is_seen, is_tool_state
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store import files
from qmsctl.store.objects import TreeEntry
from qmsctl.store.turn import TICKET

OWN_STATE = frozenset({".gitignore", "lock", "journal", "journal.new"})
"""What qmsctl itself puts into its state folder, beside the tickets of those who wait."""
_CHUNK = 1 << 20
_LARGEST_INTEGER = (1 << 63) - 1


class WorkTree:
    """The files below a folder as they stand on the disk.

    Of the folder in which qmsctl keeps its lock and journal, those that do not belong there: what git tracks, which
    ``tracked`` lists with paths from the root; without git, what is not of qmsctl's making.
    """

    def __init__(self, root: Path, tracked: Callable[[], Iterable[TreeEntry]] | None = None) -> None:
        self.root = root
        self._base = os.path.realpath(root)
        self._folders = {""}
        self._tracked = tracked
        self.facts: dict[str, tuple[int, int, int, int]] = {}
        """Of every file that was walked over its size, the moments of the last change of bytes and of the file, and its inode."""

    def entries(self) -> Iterable[Entry]:
        """Every path, sorted; a repository inside is one ``SUBMODULE`` entry."""
        return sorted(self._walk(""), key=lambda entry: entry.path)

    @cached_property
    def _handed_on(self) -> Mapping[str, TreeEntry]:
        """What git tracks, by path."""
        return {each.path: each for each in self._tracked()} if self._tracked else {}

    def _strange(self, folder: str) -> Iterator[Entry]:
        """What does not belong in the state folder ``folder``."""
        if self._tracked is not None:
            for path, each in self._handed_on.items():
                if path_on_disk(path).startswith(f"{path_on_disk(folder)}/"):
                    yield Entry(path, each.kind, each.size)
            return
        for entry in self._walk(folder):
            name = entry.path.removeprefix(f"{folder}/")
            if entry.kind is not EntryKind.FILE or not (name in OWN_STATE or (TICKET.fullmatch(name) and not entry.size)):
                yield entry

    def _walk(self, folder: str) -> Iterator[Entry]:
        for item, path in self._listed(folder):
            if is_passed_over(path) and not (path.endswith(TEMPORARY) and item.is_dir(follow_symlinks=False)):
                yield from (Entry(p, e.kind, e.size) for p, e in self._handed_on.items() if f"{p}/".startswith(f"{path}/") and is_seen(p))
            elif item.name in SKIPPED and item.is_dir(follow_symlinks=False):
                yield Entry(path, EntryKind.UNREAD, 0)
            elif item.is_symlink() or _is_junction(item):
                yield Entry(path, EntryKind.SYMLINK, 0)
            elif item.is_dir():
                self._folders.add(path)
                yield from self._inner(path)
            else:
                found = item.stat(follow_symlinks=False)
                regular = stat.S_ISREG(found.st_mode)
                kind = EntryKind.FILE if regular else EntryKind.SPECIAL
                self.facts[path] = found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino & _LARGEST_INTEGER
                yield Entry(path, kind, found.st_size if regular else 0)

    def _inner(self, path: str) -> Iterator[Entry]:
        if os.path.lexists(f"{self._base}/{path}/.git"):
            yield Entry(path, EntryKind.SUBMODULE, 0)
        elif is_tool_state(path):
            yield from self._strange(path)
        elif os.path.lexists(f"{self._base}/{path}/{CONFIG}") or path.count("/") > DEEPEST:
            yield Entry(path, EntryKind.UNREAD, 0)
        else:
            yield from self._walk(path)

    def _listed(self, folder: str) -> list[tuple[os.DirEntry[str], str]]:
        before = f"{folder}/" if folder else ""
        try:
            with os.scandir(f"{self._base}/{folder}") as items:
                return [
                    (item, before + item.name)
                    for item in items
                    if item.name != ".git"
                ]
        except OSError as error:
            raise files.unreadable(folder or ".", error) from error

    def read(self, path: str) -> bytes:
        """The bytes of a file that is not too large, see :func:`qmsctl.store.files.largest`."""
        return files.read(self._located(path), path)

    def sha256(self, path: str) -> str:
        """The digest of a file of any size."""
        digest = hashlib.sha256()
        with os.fdopen(files.open_regular(self._located(path), path), "rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def pointer(self, path: str) -> str | None:
        """The digest of the content that a git-lfs pointer stands for, if the file is one."""
        with os.fdopen(files.open_regular(self._located(path), path), "rb") as file:
            return pointed(file.read(LARGEST + 1))

    def _located(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._enter(folder)
        return f"{self._base}/{path}"

    def _enter(self, folder: str) -> None:
        """Make sure that no part of a folder nobody walked yet leads out of the root."""
        path = ""
        for part in folder.split("/"):
            path = f"{path}/{part}" if path else part
            outside = part in {"", ".", ".."} or "\\" in part or ":" in part
            if outside or not _is_plain_folder(f"{self._base}/{path}"):
                raise RepositoryError(
                    _("{path} is not a folder of this system.", path=path),
                    advice(_("See what is there: {command}", command="ls -l")),
                )
            self._folders.add(path)


def _is_plain_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def _is_junction(item: os.DirEntry[str]) -> bool:
    """Whether a folder of Windows leads elsewhere without being a symbolic link."""
    tag = getattr(item.stat(follow_symlinks=False), "st_reparse_tag", 0) if os.name == "nt" else 0
    return tag != 0
