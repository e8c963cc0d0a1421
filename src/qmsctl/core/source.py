"""Where the files of a QMS come from: the work tree or any commit, interchangeably."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from typing import Protocol


class EntryKind(Enum):
    """What a path in the tree is."""

    FILE = "file"
    SYMLINK = "symbolic link"
    SUBMODULE = "submodule"
    SPECIAL = "special file"
    UNREAD = "folder that is not read"


class Source(Protocol):
    """The files of one QMS at one moment."""

    def entries(self) -> Mapping[str, EntryKind]:
        """What every path below the QMS folder is, sorted; stops at a nested ``qms.yaml``."""

    def larger(self, size: int) -> Collection[str]:
        """The paths of those files among the entries that have more bytes."""

    def read(self, path: str) -> bytes:
        """The bytes of a file, as they stand. Raises ``RepositoryError`` if it cannot be read."""

    def sha256(self, path: str) -> str:
        """The digest of a file's bytes as they stand. Raises like ``read``."""

    def pointer(self, path: str) -> str | None:
        """The digest that the file names as a pointer of git-lfs, if it is one. Raises like ``read``."""


def folders_of(paths: Iterable[str]) -> frozenset[str]:
    """Every folder above one of ``paths``."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(found)
