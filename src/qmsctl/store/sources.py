"""The files of a QMS from the work tree, as a :class:`Source`; :mod:`.commit_tree` has those of a commit."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from time import time_ns

from qmsctl.core.reading import CONFIG_PATH as CONFIG
from qmsctl.core.source import EntryKind
from qmsctl.core.text.characters import path_on_disk
from qmsctl.core.text.lfs_pointer import LARGEST, pointed
from qmsctl.core.tree import DEEPEST, SKIPPED, TEMPORARY, TICKET, is_passed_over, is_seen, is_tool_state
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store.git.objects import TreeEntry
from qmsctl.store.machine import files

OWN_STATE = frozenset({".gitignore", "lock", "journal", "journal.new"})
"""What qmsctl itself puts into its state folder, beside the tickets of those who wait."""
_MARKS = frozenset({".git", CONFIG})
_NOWHERE: frozenset[str] = frozenset()
_CHUNK = 1 << 20
_FEW = 4
"""So many files are asked for by their paths sooner than their folder is opened."""
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
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
        self.began = 0
        """When the last walk began, in nanoseconds."""
        self._ahead: Mapping[str, EntryKind] | None = None

    def entries(self) -> Mapping[str, EntryKind]:
        """What every path is, sorted; a repository inside is one ``SUBMODULE`` entry."""
        found, self._ahead = self._ahead, None
        if found is None:
            self.began, self.facts = time_ns(), {}
            walked = self._walk("")
            found = {path: walked[path] for path in sorted(walked)}
        return found

    def ahead(self) -> Mapping[str, EntryKind]:
        """The same; whoever asks for entries next gets these."""
        self._ahead = self.entries()
        return self._ahead

    def larger(self, size: int) -> Collection[str]:
        """The paths of the files that have more bytes."""
        return [path for path, facts in self.facts.items() if facts[0] > size]

    def anew(self) -> WorkTree:
        """The same files, of which nothing is remembered."""
        return WorkTree(self.root, self._tracked)

    @cached_property
    def _handed_on(self) -> Mapping[str, TreeEntry]:
        """What git tracks, by path."""
        return {each.path: each for each in self._tracked()} if self._tracked else {}

    def _strange(self, folder: str) -> Iterator[tuple[str, EntryKind]]:
        """What does not belong in the state folder ``folder``."""
        if self._tracked is not None:
            for path, each in self._handed_on.items():
                if path_on_disk(path).startswith(f"{path_on_disk(folder)}/"):
                    yield path, each.kind
            return
        for path, kind in self._walk(folder).items():
            name = path.removeprefix(f"{folder}/")
            if kind is not EntryKind.FILE or not (name in OWN_STATE or (TICKET.fullmatch(name) and not self.facts[path][0])):
                yield path, kind

    def _walk(self, top: str) -> dict[str, EntryKind]:
        """What lies in a folder and below it, in no order."""
        found: dict[str, EntryKind] = {}
        ahead, facts, stat_of, FILE = [top], self.facts, os.stat, EntryKind.FILE  # noqa: N806 — looked up once: it is asked of every file
        while ahead:
            folder = ahead.pop()
            kind, items = (None, self._listed(folder)) if folder == top else self._entered(folder)
            if kind is not None:
                found[folder] = kind
                continue
            self._folders.add(folder)
            before = f"{folder}/" if folder else ""
            passed_over = _NOWHERE if folder else SKIPPED
            inside = self._handle(folder) if len(items) > _FEW else None
            try:
                for item in items:
                    name = item.name
                    path = before + name
                    if item.is_file(follow_symlinks=False) and name not in passed_over and not name.endswith(TEMPORARY):
                        looked = item.stat(follow_symlinks=False) if inside is None else stat_of(name, dir_fd=inside, follow_symlinks=False)
                        facts[path] = looked.st_size, looked.st_mtime_ns, looked.st_ctime_ns, looked.st_ino & _LARGEST_INTEGER
                        found[path] = FILE
                    elif name != ".git":
                        found.update(self._other(item, path, ahead))
            finally:
                if inside is not None:
                    os.close(inside)
        return found

    def _other(self, item: os.DirEntry[str], path: str, ahead: list[str]) -> Iterator[tuple[str, EntryKind]]:
        """What is no plain file; a folder that is to be walked over is put ``ahead``."""
        if is_passed_over(path) and not (path.endswith(TEMPORARY) and item.is_dir(follow_symlinks=False)):
            yield from ((p, e.kind) for p, e in self._handed_on.items() if f"{p}/".startswith(f"{path}/") and is_seen(p))
        elif item.name in SKIPPED and item.is_dir(follow_symlinks=False):
            yield path, EntryKind.UNREAD
        elif item.is_symlink() or _is_junction(item):
            yield path, EntryKind.SYMLINK
        elif not item.is_dir():
            yield path, EntryKind.SPECIAL
        elif is_tool_state(path) and not os.path.lexists(f"{self._base}/{path}/.git"):
            self._folders.add(path)
            yield from self._strange(path)
        else:
            ahead.append(path)

    def _entered(self, folder: str) -> tuple[EntryKind | None, list[os.DirEntry[str]]]:
        """What a folder is that somebody else sees to, or ``None`` and what lies in it."""
        try:
            items = self._listed(folder)
        except RepositoryError:
            if (kind := self._unwalked(folder)) is None:
                raise
            return kind, []
        marked = folder.count("/") > DEEPEST or not _MARKS.isdisjoint([item.name.casefold() for item in items])
        return self._unwalked(folder) if marked else None, items

    def _unwalked(self, folder: str) -> EntryKind | None:
        if os.path.lexists(f"{self._base}/{folder}/.git"):
            return EntryKind.SUBMODULE
        is_office = os.path.lexists(f"{self._base}/{folder}/{CONFIG}") or folder.count("/") > DEEPEST
        return EntryKind.UNREAD if is_office else None

    def _listed(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(f"{self._base}/{folder}") as items:
                return list(items)
        except OSError as error:
            raise files.unreadable(folder or ".", error) from error

    def _handle(self, folder: str) -> int | None:
        """A folder that stays open, so that it is not looked up for each name in it; ``None`` where the system has no such thing."""
        if os.stat not in os.supports_dir_fd:
            return None
        try:
            return os.open(f"{self._base}/{folder}", _FOLDER)
        except OSError as error:
            raise files.unreadable(folder or ".", error) from error

    def read(self, path: str) -> bytes:
        """The bytes of a file that is not too large, see :func:`qmsctl.store.machine.files.largest`."""
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
