"""What a change began from: the system as it had been accepted before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from qmsctl.core.dossier import Dossier
from qmsctl.core.model import Item
from qmsctl.core.reading import CONFIG_PATH, PEOPLE_PATH
from qmsctl.value import dataclass

if TYPE_CHECKING:
    from qmsctl.core.library import Library


@dataclass(frozen=True)
class Base:
    """The libraries at the merge bases of a change; mostly one.

    Two branches that were merged into each other have several merge bases, and an answer of one is an answer of
    all. ``name`` is a commit of theirs. ``tip`` is the branch the change is to be merged into as it stands now,
    where it has gone on since: a merge base may be a commit in the middle of an earlier change, which nobody
    accepted for itself, so what is new, what is asked and what is granted is told by the tip as well.
    ``latest`` is the latest date that a commit of the change gives itself.
    """

    libraries: tuple[Library, ...]
    name: str = "origin/main"
    tip: Library | None = None
    latest: datetime | None = None

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all documents and records there."""
        return frozenset(name for library in self.libraries for name in library.by_id)

    def froze(self, item: Item) -> bool:
        """True if these very bytes were bound by a sign-off there."""
        return any(
            item.id in library.frozen and library.by_id[item.id].sha256 == item.sha256 for library in self.libraries
        ) and self._stands(item.id)

    def items(self, name: str) -> tuple[Item, ...]:
        """The document or record of this id, as each library has it."""
        return tuple(library.by_id[name] for library in self.libraries if name in library.by_id)

    def knows(self, item: Item) -> bool:
        """True if the document or record is none that the change brings."""
        return (item.id in self.ids and self._stands(item.id)) or self._is_at_tip(item)

    def is_moved(self, item: Item) -> bool:
        """True for an item that is new in the change, or other than it was."""
        earlier = self.items(item.id)
        return not self.knows(item) or (bool(earlier) and all(each.sha256 != item.sha256 for each in earlier))

    def _is_at_tip(self, item: Item) -> bool:
        return self.tip is not None and item.id in self.tip.by_id and self.tip.by_id[item.id].sha256 == item.sha256

    def _stands(self, name: str) -> bool:
        return self.tip is None or name in self.tip.by_id

    def holds(self, path: str, library: Library) -> bool:
        """True if a file of ``library``, the outcome, is none that the change brings."""
        there = any(path in each.files for each in self.libraries)
        if self.tip is None:
            return there
        return path in self.tip.files and (there or self.tip.outside.sha256(path) == library.outside.sha256(path))

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
        """True if a right held where the change began, and still does on the branch it is to be merged into."""
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

    @property
    def asking(self) -> tuple[Library, ...]:
        """The libraries by whose configuration the strictest counts: no change asks less of itself."""
        return self.offices if self.tip is None else (*self.offices, self.tip)
