"""The cache of one QMS: which files need not be read or parsed again, and what is kept of those that were."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qmsctl.core.reading import FileRead
from qmsctl.errors import RepositoryError
from qmsctl.store.cache.kept import Kept
from qmsctl.store.cache.program import maker
from qmsctl.store.cache.shelf import UNSEEN, Facts, Held, Row, put, taken
from qmsctl.store.user_state import is_own, made_user_cache

_SWITCH = "QMSCTL_CACHE"
_CI = "CI"
_ENDING = ".sqlite"
_UNUSED = 90 * 24 * 3600
_GRANULE = 2_000_000_000
"""Nanoseconds within which a file may be written twice and bear the same moment, on the coarsest file system."""

@dataclass(frozen=True, slots=True)
class Cache:
    """Where a QMS has its entries; ``file`` may be missing, damaged, or of another program."""

    file: Path

    def held(self, own_types: Mapping[str, str], began: int) -> Holding:
        """What is kept, read at once. No file of the QMS was looked at before the moment ``began``, in nanoseconds."""
        made_by = maker(own_types)
        return Holding(self.file, made_by, taken(self.file, made_by), began)


def cache_of(root: Path, git_dir: Path | None) -> Cache | None:
    """The cache of the QMS at ``root``; none where it is switched off, in CI, and where the user has no folder for it."""
    if os.environ.get(_CI) or os.environ.get(_SWITCH, "").casefold() == "off":
        return None
    try:
        folder = made_user_cache()
        file = folder / f"{_name(root, git_dir)}{_ENDING}"
        found = file.lstat() if os.path.lexists(file) else None
    except (RepositoryError, OSError):
        return None
    if found is None:
        _sweep(folder)
    usable = found is None or (file.is_file() and not file.is_symlink() and found.st_nlink == 1 and is_own(found))
    return Cache(file) if usable and os.access(folder, os.W_OK) else None


def _name(root: Path, git_dir: Path | None) -> str:
    """One for each folder on each disk: another repository in the same place has another."""
    home = (git_dir or root).stat()
    told = (os.path.realpath(root), os.path.realpath(git_dir) if git_dir else "", home.st_dev, home.st_ino)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _sweep(folder: Path) -> None:
    """Take out what no command has written to for a season: the repository may be gone."""
    for each in folder.glob(f"*{_ENDING}"):
        if each.lstat().st_mtime < time.time() - _UNUSED:
            each.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Holding:
    """What is kept of a QMS, for a command that began to look at ``began``."""

    file: Path
    made_by: str
    held: Held
    began: int

    def unchanged(self, facts: Mapping[str, Facts], paths: Iterable[str]) -> dict[str, FileRead]:
        """The files that are, by all that the system tells, as they were when they were read."""
        rows = self.held.rows
        return {path: row.kept for path in paths if (row := rows.get(path)) is not None and row.facts == facts.get(path)}

    def same(self, path: str, raw: bytes) -> FileRead | None:
        """What was read at ``path``, if its bytes had the same SHA-256."""
        row = self.held.rows.get(path)
        return row.kept if row is not None and row.raw == raw else None

    def renew(self, facts: Mapping[str, Facts], unchanged: Iterable[str], read: Iterable[tuple[FileRead, bytes]]) -> None:
        """Keep what was ``read``, each with the SHA-256 of its bytes, and of what was kept only that and the ``unchanged``."""
        rows = self.held.rows
        found = {each.path: self._row(each, raw, facts) for each, raw in read}
        new = [row for path, row in found.items() if row is not None and not row.is_as(rows.get(path))]
        stay = {*unchanged, *(path for path, row in found.items() if row is not None)}.difference(row.kept.path for row in new)
        gone = [row.number for path, row in rows.items() if path not in stay]
        if new or gone:
            put(self.file, self.made_by, self.held, gone, new)

    def _row(self, read: FileRead, raw: bytes, facts: Mapping[str, Facts]) -> Row | None:
        """``None`` for what cannot be kept. What was written just now may be written again at the same moment, and is not told by it."""
        if not isinstance(read, Kept):
            return None
        seen = facts.get(read.path, UNSEEN)
        return Row(seen if max(seen[1:3]) + _GRANULE < self.began else UNSEEN, raw, read)

