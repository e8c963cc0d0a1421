"""The files of a QMS from any commit, as a :class:`Source`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property, partial
from itertools import islice
from typing import NamedTuple

from qmsctl.core.reading import CONFIG_PATH as CONFIG
from qmsctl.core.source import EntryKind
from qmsctl.core.text.lfs_pointer import LARGEST, pointed
from qmsctl.core.tree import is_seen, unread_folder
from qmsctl.errors import RepositoryError
from qmsctl.mend import git
from qmsctl.message import _
from qmsctl.store.git.objects import TreeEntry
from qmsctl.store.git.repository import Git
from qmsctl.store.machine import files

_READ_IN_ORDER = (".md", ".yaml", ".sig")
_FIRST_BATCH, _LARGEST_BATCH, _BATCH_BYTES = 8, 512, 8 << 20


class _Looked(NamedTuple):
    """What a file that is not read says of itself."""

    sha256: str
    pointer: str | None


def _looked(data: bytes) -> _Looked:
    return _Looked(hashlib.sha256(data).hexdigest(), pointed(data) if len(data) <= LARGEST else None)


class CommitTree:
    """The files below a folder of a commit, straight from git's objects, or those of them that are ``listed``; git is asked when somebody asks for one."""

    def __init__(self, git: Git, commit: str, prefix: str = "", listed: Callable[[], Iterable[TreeEntry]] | None = None) -> None:
        self.git = git
        self.commit = commit
        self.prefix = prefix
        self._listed = listed or partial(git.tree, commit, prefix)
        self._unread: list[str] = []
        self._held: dict[str, bytes] = {}
        self._batch = _FIRST_BATCH
        self._after = 0
        self._seen: dict[str, _Looked] = {}

    @cached_property
    def _entries(self) -> Mapping[str, TreeEntry]:
        listed = [entry for entry in self._listed() if is_seen(entry.path)]
        nested = frozenset(e.path[: -len(CONFIG) - 1] for e in listed if e.path.endswith(f"/{CONFIG}"))
        unread = {entry.path: unread_folder(entry.path, nested) for entry in listed}
        self._unread = sorted({folder for folder in unread.values() if folder is not None})
        return {entry.path: entry for entry in sorted(listed) if unread[entry.path] is None}

    @cached_property
    def _order(self) -> tuple[str, ...]:
        return tuple(self._entries)

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return {path: number for number, path in enumerate(self._order)}

    def entries(self) -> Mapping[str, EntryKind]:
        """What every path is, sorted; a folder that is not read is one ``UNREAD`` entry."""
        found = {path: each.kind for path, each in self._entries.items()} | dict.fromkeys(self._unread, EntryKind.UNREAD)
        return {path: found[path] for path in sorted(found)}

    def larger(self, size: int) -> Collection[str]:
        """The paths of the files that have more bytes."""
        return [path for path, each in self._entries.items() if each.size > size]

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
