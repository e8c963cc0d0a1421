"""The rows of an office, kept in its cache: only what may read otherwise now is derived again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import repeat
from typing import Any, TypeVar
from zlib import compress, decompress, error

from qmsctl.core.contents import is_any_ahead
from qmsctl.core.library import Library
from qmsctl.core.listing import Row, rows_anew, rows_there, with_destroyed
from qmsctl.store.cache.column import coded, decoded
from qmsctl.store.cache.key import key_of
from qmsctl.store.place import Place
from qmsctl.store.sources import WorkTree

_LEVEL = 1
"""Of compression: it is read each time."""
_FEW = 50
"""So many ids are derived again each time before all is written anew."""

Line = TypeVar("Line", bound=tuple[Any, ...])
Anew = Callable[[Library, list[Line], frozenset[str]], list[Line]]


def rows_again(place: Place, library: Library) -> Iterator[Row]:
    """As :func:`~qmsctl.core.listing.rows`; what was derived of the work tree before is made use of, and kept for the next time."""
    return with_destroyed(library, again(place, library, Row, rows_there, rows_anew, (), library))


def again(place: Place, library: Library, kind: Callable[..., Line], whole: Callable[[Library], list[Line]], anew: Anew[Line], below: tuple[str, ...], *beside: object) -> list[Line]:
    """The rows of a ``kind`` of the ``whole``, of which those are derived ``anew`` whose controlled files are others now; all are where another file ``below`` some folders is. What stands last in each, ``beside``, is not kept."""
    holding = place.cache.holding if place.cache else None
    key = key_of(holding, library, place.source.facts, below) if holding and isinstance(place.source, WorkTree) else None
    if holding is None or key is None:
        return whole(library)
    name = kind.__name__
    known = holding.derived(name, key)
    before = _read(known.told, library, partial(map, kind), beside) if known else None
    found = whole(library) if known is None or before is None else anew(library, before, known.names)
    if found and (known is None or before is None or len(known.names) > _FEW) and not is_any_ahead(library.signoff_items, library.now, library.clock):
        holding.derive(name, key, _written(library, [row[: len(row) - len(beside)] for row in found]))
    return found


def _written(library: Library, found: list[tuple[Any, ...]]) -> bytes:
    columns = [coded(each) for each in zip(*found, strict=True)]
    return compress(json.dumps([library.clock.timestamp(), columns], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), _LEVEL)


def _read(stored: bytes, library: Library, made: Callable[..., Iterator[Line]], beside: tuple[object, ...]) -> list[Line] | None:
    """``None`` for what is damaged, or of a clock that was ahead."""
    with suppress(error, ValueError, TypeError, LookupError, RecursionError):
        at, columns = json.loads(decompress(stored).decode("utf-8", "surrogatepass"))
        return list(made(*map(decoded, columns), *map(repeat, beside))) if at <= library.clock.timestamp() else None
    return None
