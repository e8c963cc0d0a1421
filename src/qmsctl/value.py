"""Classes of values, made in a third of the time of :mod:`dataclasses`: ``__init__`` alone is compiled, once used.

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
    made: type = dataclasses.dataclass(cls, init=False, repr=False, eq=order, order=order, slots=slots)
    methods: dict[str, Any] = {"__init__": _first(made), "__repr__": _shown}
    if eq:
        same, hashed = _comparing([each.name for each in dataclasses.fields(made) if each.compare])
        methods |= {"__eq__": same, "__hash__": hashed if frozen else None}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _first(cls: Any) -> Callable[..., None]:
    """What begins the first value of a class, and has what begins all others compiled."""

    def begin(one: Any, *given: Any, **named: Any) -> None:
        cls.__init__ = _begins(cls)
        cls.__init__(one, *given, **named)

    return begin


def _begins(cls: Any) -> Any:
    """The ``__init__`` of the fields of a class."""
    known: dict[str, Any] = {"MISSING": dataclasses.MISSING}
    given, lines = ["self"], ["pass"]
    for each in dataclasses.fields(cls):
        name, default, maker = each.name, f"default_{each.name}", f"make_{each.name}"
        known |= {default: each.default, maker: each.default_factory}
        is_made, is_given = each.default_factory is not dataclasses.MISSING, each.default is not dataclasses.MISSING
        if each.init:
            given.append(f"{name}=MISSING" if is_made else f"{name}={default}" if is_given else name)
            found = f"{maker}() if {name} is MISSING else {name}" if is_made else name
            lines.append(f"self.{name} = {found}")
        elif is_made or is_given:
            lines.append(f"self.{name} = {maker}()" if is_made else f"self.{name} = {default}")
    exec(f"def __init__({', '.join(given)}):\n  " + "\n  ".join(lines), known)  # noqa: S102 — names of fields and nothing else
    known["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
    return known["__init__"]


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
