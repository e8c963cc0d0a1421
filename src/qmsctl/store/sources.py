"""The files of a QMS, from the work tree or from any commit, as the same :class:`Source`."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from qmsctl.core.reading import CONFIG_PATH as CONFIG
from qmsctl.core.source import Entry, EntryKind
from qmsctl.core.text.characters import path_on_disk
from qmsctl.core.text.lfs_pointer import LARGEST, pointed
from qmsctl.core.tree import DEEPEST, SKIPPED, TEMPORARY, is_passed_over, is_seen, is_tool_state, unread_folder
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice, git
from qmsctl.message import _
from qmsctl.store import files
from qmsctl.store.git import Git
from qmsctl.store.objects import TreeEntry
from qmsctl.store.turn import TICKET

OWN_STATE = frozenset({".gitignore", "lock", "journal", "journal.new"})
"""What qmsctl itself puts into its state folder, beside the tickets of those who wait."""
_CHUNK = 1 << 20
_LARGEST_INTEGER = (1 << 63) - 1
_READ_IN_ORDER = (".md", ".yaml", ".sig")
_FIRST_BATCH, _LARGEST_BATCH, _BATCH_BYTES = 8, 512, 8 << 20


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


class _Looked(NamedTuple):
    """What a file that is not read says of itself."""

    sha256: str
    pointer: str | None


def _looked(data: bytes) -> _Looked:
    return _Looked(hashlib.sha256(data).hexdigest(), pointed(data) if len(data) <= LARGEST else None)


class CommitTree:
    """The files below a folder of a commit, straight from git's objects."""

    def __init__(self, git: Git, commit: str, prefix: str = "") -> None:
        self.git = git
        self.commit = commit
        self.prefix = prefix
        listed = [entry for entry in self._listed() if is_seen(entry.path)]
        nested = frozenset(e.path[: -len(CONFIG) - 1] for e in listed if e.path.endswith(f"/{CONFIG}"))
        unread = {entry.path: unread_folder(entry.path, nested) for entry in listed}
        self._entries = {entry.path: entry for entry in sorted(listed) if unread[entry.path] is None}
        self._unread = sorted({folder for folder in unread.values() if folder is not None})
        self._order = tuple(self._entries)
        self._place = {path: number for number, path in enumerate(self._order)}
        self._held: dict[str, bytes] = {}
        self._batch = _FIRST_BATCH
        self._after = 0
        self._seen: dict[str, _Looked] = {}

    def _listed(self) -> Iterable[TreeEntry]:
        return self.git.tree(self.commit, self.prefix)

    def entries(self) -> Iterable[Entry]:
        """Every path, sorted; a folder that is not read is one ``UNREAD`` entry."""
        found = [Entry(e.path, e.kind, e.size) for e in self._entries.values()]
        found += [Entry(folder, EntryKind.UNREAD, 0) for folder in self._unread]
        return sorted(found, key=lambda entry: entry.path)

    def oid(self, path: str) -> str:
        """The id of the blob of a file."""
        return self._file(path).oid

    def read(self, path: str) -> bytes:
        """The bytes of a file; the ones after it are fetched along, and some megabytes kept: for a reader in order, and one who comes back."""
        if path not in self._held:
            first = self._file(path)
            files.check_size(first.size, path)
            wanted = self._next(first)
            kept = self._held if sum(map(len, self._held.values())) <= _BATCH_BYTES else {}
            self._held = kept | self._fetched(wanted)
        return self._held[path]

    def _fetched(self, wanted: list[TreeEntry]) -> dict[str, bytes]:
        """The bytes of each by its path; of the first alone where another one is damaged, which is no fault of this one."""
        try:
            contents = self.git.blobs([entry.oid for entry in wanted])
            return dict(zip((entry.path for entry in wanted), contents, strict=True))
        except RepositoryError:
            if len(wanted) == 1:
                raise
            return self._fetched(wanted[:1])

    def sha256(self, path: str) -> str:
        """The digest of a file of any size; others beside it are looked at along."""
        found = self._file(path)
        if found.size > _BATCH_BYTES:
            return self.git.blob_sha256(found.oid)
        return self._looked(found).sha256

    def pointer(self, path: str) -> str | None:
        """The digest of the content that a git-lfs pointer stands for, if the file is one."""
        found = self._file(path)
        return self._looked(found).pointer if found.size <= LARGEST else None

    def _looked(self, first: TreeEntry) -> _Looked:
        if first.path not in self._seen:
            self._seen |= {path: _looked(data) for path, data in self._fetched(self._beside(first)).items()}
        return self._seen[first.path]

    def _beside(self, first: TreeEntry) -> list[TreeEntry]:
        """What to look at together: ever more of what is not read in order, for whoever asks for one mostly asks for all."""
        following = (self._entries[self._order[place]] for place in range(self._place[first.path] + 1, len(self._order)))
        others = (each for each in following if each.kind is EntryKind.FILE and not each.path.endswith(_READ_IN_ORDER) and each.path not in self._seen)
        wanted, total = [first], first.size
        for entry in islice(others, len(self._seen) * 4):
            total += entry.size
            wanted += [entry] if total <= _BATCH_BYTES else []
        return wanted

    def _file(self, path: str) -> TreeEntry:
        entry = self._entries.get(path)
        if entry is None or entry.kind is not EntryKind.FILE:
            raise RepositoryError(
                _("Commit {commit} holds no file {path}.", commit=self.commit, path=path),
                git("ls-tree", "-r", self.commit).in_order_to(_("See what it holds")),
            )
        return entry

    def _next(self, first: TreeEntry) -> list[TreeEntry]:
        """What to fetch together: ever more while the reader goes through in order."""
        place = self._place[first.path]
        in_order = self._after <= place <= self._after + self._batch
        self._batch = min(self._batch * 4, _LARGEST_BATCH) if in_order else _FIRST_BATCH
        self._after = place + self._batch
        following = (self._entries[path] for path in self._order[place + 1 : self._after])
        wanted, total = [first], first.size
        for entry in following:
            if entry.kind is EntryKind.FILE and entry.path.endswith(_READ_IN_ORDER) and entry.size <= files.largest(entry.path):
                total += entry.size
                wanted += [entry] if total <= _BATCH_BYTES else []
        return wanted
