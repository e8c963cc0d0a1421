"""A part of a library, for rules that see no further: they go through a part, and look up in the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, count
from typing import NamedTuple, TypeVar

from qmsctl.core.contents import grouped
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.value import replace

T = TypeVar("T")


class Around(NamedTuple):
    """What a part holds: everything that bears one of these ids, and the files at these paths."""

    ids: frozenset[str]
    paths: frozenset[str]


def items_of(around: Around, library: Library) -> Iterator[Item]:
    """The items of a library that are ``around``; one twice that bears an id and lies at a path."""
    yield from chain.from_iterable(map(library.bearing, around.ids))
    yield from (library.by_path[path] for path in around.paths if path in library.by_path)


class _Chosen(Mapping[str, T]):
    """A mapping of which some ``keys`` are gone through, and all are found."""

    def __init__(self, whole: Mapping[str, T], chosen: tuple[str, ...]) -> None:
        self._whole, self._chosen = whole, chosen

    def __iter__(self) -> Iterator[str]:
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)

    def __getitem__(self, key: str) -> T:
        return self._whole[key]


class Parts:
    """The parts of a ``whole``, of which it is found out once where everything lies."""

    def __init__(self, whole: Library) -> None:
        self._whole = whole
        self._place = dict(zip(whole.files, count()))
        self._signed = grouped((path.split("/", 2)[1], path) for path in whole.files if path.startswith("signoffs/"))
        self._signoffs = {item.path: item for item in whole.signoff_items}

    def of(self, around: Around) -> Library:
        """The whole, of which only what is ``around`` is gone through."""
        whole, (ids, paths) = self._whole, around
        found = {item.path: item for item in items_of(around, whole)}
        there = {path for path in (*paths, *found) if path in self._place}.union(*(self._signed.get(name, ()) for name in ids))
        files = tuple(sorted(there, key=self._place.__getitem__))
        return replace(
            whole,
            whole=whole,
            items=tuple(found[path] for path in sorted(found)),
            signoff_items=tuple(self._signoffs[path] for path in sorted(there) if path in self._signoffs),
            dossiers=whole.dossiers.part(ids),
            files=_Chosen(whole.files, files),
            parsed=_Chosen(whole.parsed, tuple(path for path in files if path in whole.parsed)),
        )


def part(whole: Library, around: Around) -> Library:
    """``whole``, of which only what is ``around`` is gone through."""
    return Parts(whole).of(around)
