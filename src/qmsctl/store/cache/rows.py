"""The rows of an office, kept in its cache: only what may read otherwise now is derived again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import repeat
from zlib import compress, decompress, error

from qmsctl.core.contents import is_any_ahead
from qmsctl.core.library import Library
from qmsctl.core.listing import Row, rows, rows_anew, rows_there, with_destroyed
from qmsctl.store.cache.column import coded, decoded
from qmsctl.store.cache.key import key_of
from qmsctl.store.place import Place
from qmsctl.store.sources import WorkTree

_KIND = "row"
_LEVEL = 1
"""Of compression: it is read each time."""
_FEW = 50
"""So many ids are derived again each time before all is written anew."""


def rows_again(place: Place, library: Library) -> Iterator[Row]:
    """As :func:`~qmsctl.core.listing.rows`; what was derived of the work tree before is made use of, and kept for the next time."""
    holding = place.cache.holding if place.cache else None
    key = key_of(holding, library, place.source.facts, controlled=True) if holding and isinstance(place.source, WorkTree) else None
    if holding is None or key is None:
        return rows(library)
    known = holding.derived(_KIND, key)
    before = _read(known.told, library) if known else None
    found = rows_there(library) if known is None or before is None else rows_anew(library, before, known.names)
    if (known is None or before is None or len(known.names) > _FEW) and not is_any_ahead(library.signoff_items, library.now, library.clock):
        holding.derive(_KIND, key, _written(library, found))
    return with_destroyed(library, found)


def _written(library: Library, found: list[Row]) -> bytes:
    columns = [coded(each) for each in zip(*(row[:-1] for row in found), strict=True)]
    return compress(json.dumps([library.clock.timestamp(), columns], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), _LEVEL)


def _read(stored: bytes, library: Library) -> list[Row] | None:
    """``None`` for what is damaged, or of a clock that was ahead."""
    with suppress(error, ValueError, TypeError, LookupError, RecursionError):
        at, columns = json.loads(decompress(stored).decode("utf-8", "surrogatepass"))
        return list(map(Row, *map(decoded, columns), repeat(library))) if at <= library.clock.timestamp() else None
    return None
