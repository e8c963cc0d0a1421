"""Classes of values, made in half the time that :mod:`dataclasses` takes: only ``__init__`` is compiled for each.

To make its classes was a quarter of what a short command did. To a type checker ``dataclass`` is the one it knows, and
it is there that a ``frozen`` value is kept from change: when the program runs nobody pays for that.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, **wanted: bool) -> Any:
        """As :func:`dataclasses.dataclass`; what compares, hashes and shows is shared by all classes."""
        return _made(cls, **wanted) if cls else lambda each: _made(each, **wanted)


__all__ = ["dataclass"]


def _made(cls: type, *, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False) -> type:
    own = frozenset(vars(cls))
    made: type = dataclasses.dataclass(cls, repr=False, eq=order, order=order, slots=slots)
    methods: dict[str, Any] = {"__repr__": _shown}
    if eq:
        same, hashed = _comparing([each.name for each in dataclasses.fields(made) if each.compare])
        methods |= {"__eq__": same, "__hash__": hashed if frozen else None}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _comparing(names: list[str]) -> tuple[Callable[[Any, Any], bool], Callable[[Any], int]]:
    """Equality and hash by the values of these attributes."""
    values: Callable[[Any], Any] = attrgetter(*names) if names else type

    def same(one: Any, other: Any) -> bool:
        return bool(values(one) == values(other)) if one.__class__ is other.__class__ else NotImplemented

    def hashed(one: Any) -> int:
        return hash(values(one))

    return same, hashed


def _shown(one: Any) -> str:
    told = (f"{each.name}={getattr(one, each.name)!r}" for each in dataclasses.fields(one) if each.repr)
    return f"{type(one).__qualname__}({', '.join(told)})"
