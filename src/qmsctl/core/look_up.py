"""What is looked up in a library, be it a part of one: there it is asked of the whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, TypeVar

T = TypeVar("T")


def look_up(find: Callable[[Any], T]) -> cached_property[T]:
    """As :class:`functools.cached_property`; a part has what its whole has."""

    @wraps(find)
    def found(library: Any) -> T:
        return find(library) if library.whole is None else getattr(library.whole, find.__name__)

    return cached_property(found)
