"""Under what it holds what was found out about a whole QMS: all that it came from but the files that are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from qmsctl.core.library import Library
from qmsctl.store.cache.kept import Kept

if TYPE_CHECKING:
    from qmsctl.store.cache.holding import Holding
    from qmsctl.store.cache.leaf import Facts


def key_of(holding: Holding, library: Library, facts: Mapping[str, Facts], below: tuple[str, ...], *, names: bool = False) -> str | None:
    """The digest of office, day, controlled files and all others ``below`` some folders, and of the ``names`` of the rest; ``None`` where one of them may be another before anybody can tell."""
    parsed = library.parsed
    others = [(path, kind.value, facts.get(path)) for path, kind in library.files.items() if type(parsed.get(path)) is not Kept and (path in parsed or path.startswith(below))]
    if not all(seen is None or holding.is_told_by(seen) for _path, _kind, seen in others):
        return None
    rest = [(path, kind.value) for path, kind in library.files.items() if path not in parsed] if names else ()
    told = (holding.verdicts.office, library.today, library.clock.astimezone(library.config.zone).date(), library.now < library.clock, others, rest)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()
