"""A cheap look at all the files of a QMS and at its history, by which a later look tells whether anything changed."""

from __future__ import annotations

import os
from typing import NamedTuple

from qmsctl.core.source import EntryKind
from qmsctl.store.git.heads import Heads
from qmsctl.store.place import Place
from qmsctl.store.shipped.definitions import USER_TYPES
from qmsctl.store.sources import WorkTree

_Facts = tuple[int, ...]


class Stamp(NamedTuple):
    """What was seen: of every path its kind, and of a file its size, times and place on the disk; and what git says of its refs."""

    files: tuple[tuple[str, EntryKind, _Facts], ...]
    heads: Heads | None

    def has_types_of(self, other: Stamp) -> bool:
        """True where the office's own types are as they were, so that what was parsed by them may be used again."""
        return self._own_types() == other._own_types()

    def _own_types(self) -> list[tuple[str, EntryKind, _Facts]]:
        return [each for each in self.files if each[0].startswith(USER_TYPES)]


def stamp(place: Place, heads: Heads | None = None, *, to_read: bool = False) -> Stamp:
    """The QMS at ``place`` as it is on the disk. Reads no file; two equal stamps mean that none was written between.

    ``heads`` is what git said before. Of a place that is ``to_read`` next the files are not looked for once more. Raises ``RepositoryError`` where it cannot say.
    """
    assert place.root is not None  # there is something to look at
    base = os.path.realpath(place.root)
    own = place.source if isinstance(place.source, WorkTree) else WorkTree(place.root)
    tree = own if to_read else own.anew()
    entries = tree.ahead() if to_read else tree.entries()
    files = tuple((path, kind, tree.facts.get(path) or _facts(f"{base}/{path}")) for path, kind in entries.items())
    return Stamp(files, heads or (place.git.heads() if place.git else None))


def _facts(path: str) -> _Facts:
    """Size, inode and the moments of the last change, in nanoseconds; nothing where it has gone."""
    try:
        found = os.lstat(path)
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
