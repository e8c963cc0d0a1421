"""Where all visits of one run are: the folder, the clock, and what was read last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from qmsctl.core.library import Library
from qmsctl.store.history.unsent import Unsent, unsent
from qmsctl.store.loading import load, locate
from qmsctl.store.place import Place
from qmsctl.store.stamp import Stamp, stamp
from qmsctl.value import dataclass, field


class Look(NamedTuple):
    """What was read, and what was ``seen`` of the files before."""

    seen: Stamp
    library: Library
    unsent: Unsent


@dataclass
class House:
    """The office that the page is of. Nothing of it is kept but the library that was read last, and that only as long as no file is another.

    ``language`` is the one that is spoken where a visitor has chosen none. Nothing is done where the page is ``read_only``.
    """

    start: Path
    clock: Callable[[], datetime]
    language: str = "en"
    day: date | None = None
    cached: bool = True
    read_only: bool = False
    _read: list[Look] = field(default_factory=list)

    def place(self) -> Place:
        """The files as they are now. Raises ``RepositoryError``."""
        return locate(self.start, cached=self.cached)

    def look(self, place: Place) -> Look:
        """All of the QMS, and what nobody else has yet; read again where a file, a branch or the day is another."""
        seen, now = stamp(place), self.clock()
        kept = self._read[0] if self._read else None
        if kept and kept.seen == seen and kept.library.today == (self.day or now.astimezone(kept.library.config.zone).date()):
            return kept
        near = kept.library if kept and seen.has_types_of(kept.seen) else None
        library = load(place, now, self.day, near)
        if place.cache is not None:
            place.cache.settle()
        self._read[:] = [Look(seen, library, unsent(place))]
        return self._read[0]
