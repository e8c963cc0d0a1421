"""A part of a library, for rules that see no further: they go through a part, and look up in the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from qmsctl.core.library import Library

T = TypeVar("T")


class Around(NamedTuple):
    """What a part holds: everything that bears one of these ids, and the files at these paths."""

    ids: frozenset[str]
    paths: frozenset[str]


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


def part(whole: Library, around: Around) -> Library:
    """``whole``, of which only what is ``around`` is gone through."""
    ids, paths = around
    items = tuple(item for item in whole.items if item.id in ids or item.path in paths)
    there = paths.union(item.path for item in items)
    files = tuple(path for path in whole.files if path in there or _subject(path) in ids)
    return replace(
        whole,
        whole=whole,
        items=items,
        signoff_items=tuple(item for item in whole.signoff_items if item.path in paths or _subject(item.path) in ids),
        dossiers=whole.dossiers.part(ids),
        files=_Chosen(whole.files, files),
        parsed=_Chosen(whole.parsed, tuple(path for path in files if path in whole.parsed)),
    )


def _subject(path: str) -> str | None:
    return path.split("/", 2)[1] if path.startswith("signoffs/") else None
