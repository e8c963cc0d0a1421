"""What a change began from: the system as it had been accepted before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qmsctl.core.model import Dossier, Item
from qmsctl.core.reading import CONFIG_PATH, PEOPLE_PATH

if TYPE_CHECKING:
    from qmsctl.core.library import Library


@dataclass(frozen=True)
class Base:
    """The libraries at the merge bases of a change; mostly one.

    Two branches that were merged into each other have several merge bases. What any of them held had
    been accepted, so an answer of one is an answer of all. ``name`` is a commit of theirs. ``tip`` is the branch
    the change is to be merged into as it stands now, where it has gone on since.
    """

    libraries: tuple[Library, ...]
    name: str = "origin/main"
    tip: Library | None = None

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all documents and records there."""
        return frozenset(name for library in self.libraries for name in library.by_id)

    def froze(self, item: Item) -> bool:
        """True if these very bytes were bound by a sign-off there."""
        return any(
            item.id in library.frozen and library.by_id[item.id].sha256 == item.sha256 for library in self.libraries
        )

    def items(self, name: str) -> tuple[Item, ...]:
        """The document or record of this id, as each library has it."""
        return tuple(library.by_id[name] for library in self.libraries if name in library.by_id)

    def holds(self, path: str) -> bool:
        """True if the file was there."""
        return any(path in library.files for library in self.libraries)

    def dossiers(self) -> Iterator[tuple[Library, Dossier]]:
        """Every dossier, once, with the library it stood in."""
        seen: set[str] = set()
        for library in self.libraries:
            for dossiers in library.dossiers.values():
                for dossier in dossiers:
                    if dossier.folder not in seen:
                        seen.add(dossier.folder)
                        yield library, dossier

    def granted(self, holds: Callable[[Library], bool]) -> bool:
        """True if a right held where the change began, and still does on the branch it is to be merged into.

        A commit in the middle of an earlier change was never accepted for itself, though it may be a merge base.
        """
        accepted = not self.offices or any(map(holds, self.offices))
        return accepted and (self.tip is None or holds(self.tip))

    @cached_property
    def offices(self) -> tuple[Library, ...]:
        """The libraries whose configuration could be read: rights are judged by them."""
        return tuple(
            library
            for library in self.libraries
            if library.parsed_configuration(CONFIG_PATH) and library.parsed_configuration(PEOPLE_PATH)
        )
