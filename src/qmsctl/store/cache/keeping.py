"""Where what is kept of one QMS lies; what reads and writes it is imported where there is something."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qmsctl.errors import RepositoryError
from qmsctl.store.machine.user_state import is_usable, made_user_cache
from qmsctl.value import dataclass, field

if TYPE_CHECKING:
    from qmsctl.store.cache.holding import Holding

_SWITCH = "QMSCTL_CACHE"
_CI = "CI"
_ENDING = ".sqlite"
_OUTSIDE = ".stamps"
_WALKED = ".walked"
_UNUSED = 90 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Cache:
    """Where a QMS has its entries; ``file`` may be missing, damaged, or of another program."""

    file: Path
    _opened: list[Holding] = field(default_factory=list)

    def held(self, own_types: Mapping[str, str], began: int) -> Holding:
        """What is kept, read at once. No file of the QMS was looked at before the moment ``began``, in nanoseconds."""
        from qmsctl.store.cache.holding import Holding
        from qmsctl.store.cache.program import maker
        from qmsctl.store.cache.shelf import taken

        if not os.path.lexists(self.file):
            _sweep(self.file.parent)
        made_by = maker(own_types)
        self._opened[:] = [Holding(self.file, made_by, taken(self.file, made_by), began)]
        return self._opened[0]

    @property
    def holding(self) -> Holding | None:
        """What was held last, if anything was."""
        return self._opened[0] if self._opened else None

    def beside(self, folder: Path) -> Path:
        """Where it is kept what is known of a folder outside the QMS."""
        return self.file.with_name(f"{hashlib.sha256(os.fsencode(folder)).hexdigest()[:32]}{_OUTSIDE}")

    @property
    def walked(self) -> Path:
        """Where it is kept what was found on walks through its history."""
        return self.file.with_suffix(_WALKED)

    def settle(self) -> None:
        """Keep what rules have seen in single files since."""
        for each in self._opened:
            each.settle()


def cache_of(root: Path, git_dir: Path | None) -> Cache | None:
    """The cache of the QMS at ``root``; none where it is switched off, in CI, and where the user has no folder for it."""
    if os.environ.get(_CI) or os.environ.get(_SWITCH, "").casefold() == "off":
        return None
    try:
        folder = made_user_cache()
        file = folder / f"{_name(root, git_dir)}{_ENDING}"
        is_there = os.path.lexists(file)
    except (RepositoryError, OSError):
        return None
    return Cache(file) if (is_usable(file) if is_there else True) and os.access(folder, os.W_OK) else None


def _name(root: Path, git_dir: Path | None) -> str:
    """One for each folder on each disk: another repository in the same place has another."""
    home = (git_dir or root).stat()
    told = (os.path.realpath(root), os.path.realpath(git_dir) if git_dir else "", home.st_dev, home.st_ino)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _sweep(folder: Path) -> None:
    """Take out what no command has written to for a season: the repository may be gone."""
    for each in (found for ending in (_ENDING, _OUTSIDE, _WALKED) for found in folder.glob(f"*{ending}")):
        if each.lstat().st_mtime < time.time() - _UNUSED:
            each.unlink(missing_ok=True)
