"""The trees of a commit along some paths, and what becomes of them when files are put in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from qmsctl.store.git.object_bytes import FOLDER, Entry, Made, entries_of, tree_of
from qmsctl.value import dataclass, field

_Names = Mapping[bytes, Entry]


def folders_along(paths: Iterable[str]) -> list[str]:
    """Every folder on the way to ``paths``, from the top, which is empty, downwards."""
    found = {path[:end] for path in paths for end, letter in enumerate(path) if letter == "/"}
    return ["", *sorted(found)]


@dataclass(frozen=True, slots=True)
class Trees:
    """What a commit holds in some folders, by their path; a folder that it does not have is not among them.

    ``size`` is the number of digits of an object's name.
    """

    size: int
    held: Mapping[str, _Names] = field(default_factory=dict)

    @classmethod
    def read(cls, size: int, found: Mapping[str, bytes | None]) -> Trees:
        """From the bytes of each folder of :func:`folders_along`, ``None`` for what is no folder of the commit.

        Raises ``LookupError`` with the path of a folder that the commit has and nobody found, and ``ValueError`` for a damaged one.
        """
        held: dict[str, _Names] = {}
        for path, data in sorted(found.items()):
            if data is not None:
                held[path] = entries_of(data, size)
            elif not path or _is_folder(held, path):
                raise LookupError(path)
        return cls(size, held)

    def at(self, path: str) -> Entry | None:
        """What the commit has at a path whose folder was read."""
        folder, name = _split(path)
        return self.held.get(folder, {}).get(name)

    def with_files(self, wanted: Mapping[str, Entry | None]) -> tuple[str, list[Made]]:
        """The name of the tree at the top with ``wanted`` put in, and every tree that is new, the top one last."""
        new: list[Made] = []
        top = self._built("", wanted, new) or _kept({}, new).name(self.size)
        return top, new

    def _built(self, folder: str, wanted: Mapping[str, Entry | None], new: list[Made]) -> str | None:
        """The name of the tree of a folder; none where nothing is left in it.

        What goes makes room before folders are looked into, and files come last: one may stand where the other was.
        """
        names = dict(self.held.get(folder, {}))
        here, inner = _parted(folder, wanted)
        for name in (name for name, entry in here.items() if entry is None):
            names.pop(name, None)
        for path, below in inner.items():
            tree = self._built(path, below, new)
            if tree:
                names[_split(path)[1]] = Entry(FOLDER, tree)
            else:
                names.pop(_split(path)[1], None)
        names |= {name: entry for name, entry in here.items() if entry is not None}
        return _kept(names, new).name(self.size) if names else None


def _parted(folder: str, wanted: Mapping[str, Entry | None]) -> tuple[dict[bytes, Entry | None], dict[str, dict[str, Entry | None]]]:
    """What is wanted in a folder itself, by name, and what further down, by the path of the next folder."""
    here, inner = dict[bytes, Entry | None](), dict[str, dict[str, Entry | None]]()
    for path, entry in wanted.items():
        first, slash, _rest = path[len(folder) + 1 if folder else 0 :].partition("/")
        if slash:
            inner.setdefault(f"{folder}/{first}" if folder else first, {})[path] = entry
        else:
            here[os.fsencode(first)] = entry
    return here, inner


def _kept(names: _Names, new: list[Made]) -> Made:
    new.append(tree_of(names))
    return new[-1]


def _split(path: str) -> tuple[str, bytes]:
    folder, _slash, name = path.rpartition("/")
    return folder, os.fsencode(name)


def _is_folder(held: Mapping[str, _Names], path: str) -> bool:
    folder, name = _split(path)
    entry = held.get(folder, {}).get(name)
    return entry is not None and entry.mode == FOLDER
