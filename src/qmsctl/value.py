"""Classes of values, made in a fifth of the time of :mod:`dataclasses`: ``__init__`` alone is compiled.

To make its classes was a quarter of what a short command did, and to import :mod:`dataclasses`, which imports
:mod:`inspect`, a twentieth. To a type checker these are the ones it knows, and it is there that a ``frozen`` value is
kept from change: when the program runs nobody pays for that.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter, eq, ge, gt, le, lt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:

    def dataclass(cls: type | None = None, /, **wanted: bool) -> Any:
        """As :func:`dataclasses.dataclass`; what compares, hashes and shows is shared by all classes."""
        return _made(cls, **wanted) if cls else lambda each: _made(each, **wanted)

    def field(**wanted: Any) -> Any:
        """As :func:`dataclasses.field`, of a default, or what makes it, and what the field is good for."""
        return _Field(**wanted)

    def replace(one: Any, /, **others: Any) -> Any:
        """As :func:`dataclasses.replace`."""
        return type(one)(**{name: getattr(one, name) for name in _asked(one.__kept__)} | others)


__all__ = ["dataclass", "field", "replace"]

_MISSING: Any = object()
_FEW = 8
"""To begin so many values takes less than to compile what begins them."""


class _Field:
    __slots__ = ("compare", "default", "default_factory", "init", "kind", "repr")

    def __init__(self, default: Any = _MISSING, default_factory: Any = _MISSING, **other: bool) -> None:
        self.default, self.default_factory, self.kind = default, default_factory, None
        self.init, self.repr, self.compare = (other.get(word, True) for word in ("init", "repr", "compare"))


class _AsDataclass:
    """What :mod:`dataclasses` wants to know of a class, once it asks."""

    def __get__(self, _one: Any, cls: Any) -> Any:
        import dataclasses

        kinds = {name: each.kind for name, each in cls.__kept__.items()}
        twin: dict[str, Any] = {"__annotations__": kinds, "__doc__": ""}
        for name, each in cls.__kept__.items():
            asked = {word: getattr(each, word) for word in _Field.__slots__ if word != "kind"}
            twin[name] = dataclasses.field(**{word: found for word, found in asked.items() if found is not _MISSING})
        made: Any = dataclasses.dataclass(init=False)(type(cls.__name__, (), twin))
        cls.__dataclass_fields__ = made.__dataclass_fields__
        return made.__dataclass_fields__


def _made(cls: Any, *, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False) -> Any:
    own = dict(vars(cls))
    kinds = own.get("__annotations__", {}).items()
    mine = {name: _field(own.pop(name, _MISSING), kind) for name, kind in kinds if not str(kind).startswith("ClassVar")}
    inherited: dict[str, _Field] = {}
    for base in reversed(cls.__mro__[1:]):
        inherited |= vars(base).get("__kept__", {})
    kept = inherited | mine
    made: dict[str, Any] = {"__init__": _first(kept), "__repr__": _shown}
    if eq:
        same, hashed, than = _comparing([name for name, each in kept.items() if each.compare])
        made |= {"__eq__": same, "__hash__": hashed if frozen else None} | (than if order else {})
    made = {name: each for name, each in made.items() if name not in own}
    made |= {"__kept__": kept, "__dataclass_fields__": _AsDataclass(), "__match_args__": tuple(_asked(kept))}
    if slots:
        rest = {name: each for name, each in own.items() if name not in ("__dict__", "__weakref__")}
        alone = {"__slots__": tuple(name for name in mine if name not in inherited), "__qualname__": cls.__qualname__}
        return type(cls)(cls.__name__, cls.__bases__, rest | made | alone)
    for name, each in mine.items():
        if each.default is not _MISSING:
            made[name] = each.default
        elif name in vars(cls):
            delattr(cls, name)
    for name, each in made.items():
        setattr(cls, name, each)
    return cls


def _field(given: Any, kind: Any) -> _Field:
    found = given if type(given) is _Field else _Field(given)
    found.kind = kind
    return found


def _asked(kept: dict[str, _Field]) -> list[str]:
    return [name for name, each in kept.items() if each.init]


def _first(kept: dict[str, _Field]) -> Callable[..., None]:
    """What begins the first few values of a class, and has what begins all others compiled."""
    names, few = _asked(kept), [None] * _FEW
    needed = {name for name in names if kept[name].default is kept[name].default_factory}

    def begin(one: Any, *given: Any, **named: Any) -> None:
        told = dict(zip(names, given, strict=False)) | named
        if not few or len(told) < len(given) + len(named) or not needed <= told.keys() <= set(names):
            cls: Any = next(each for each in type(one).__mro__ if vars(each).get("__init__") is begin)
            cls.__init__ = _begins(cls)
            cls.__init__(one, *given, **named)
            return
        few.pop()
        for name, each in kept.items():
            if name in told:
                setattr(one, name, told[name])
            elif each.default_factory is not _MISSING:
                setattr(one, name, each.default_factory())
            elif each.default is not _MISSING:
                setattr(one, name, each.default)

    return begin


def _begins(cls: Any) -> Any:
    """The ``__init__`` of the fields of a class."""
    known: dict[str, Any] = {"MISSING": _MISSING}
    given, lines = ["self"], ["pass"]
    for name, each in cls.__kept__.items():
        default, maker = f"default_{name}", f"make_{name}"
        known |= {default: each.default, maker: each.default_factory}
        is_made, is_given = each.default_factory is not _MISSING, each.default is not _MISSING
        if each.init:
            given.append(f"{name}=MISSING" if is_made else f"{name}={default}" if is_given else name)
            found = f"{maker}() if {name} is MISSING else {name}" if is_made else name
            lines.append(f"self.{name} = {found}")
        elif is_made or is_given:
            lines.append(f"self.{name} = {maker}()" if is_made else f"self.{name} = {default}")
    exec(f"def __init__({', '.join(given)}):\n  " + "\n  ".join(lines), known)  # noqa: S102 — names of fields and nothing else
    known["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
    return known["__init__"]


def _comparing(names: list[str]) -> tuple[Any, Any, dict[str, Any]]:
    """Equality, hash and order by the values of these attributes."""
    values: Callable[[Any], Any] = attrgetter(*names) if names else lambda _one: ()

    def by(than: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
        return lambda one, two: than(values(one), values(two)) if one.__class__ is two.__class__ else NotImplemented

    return by(eq), lambda one: hash(values(one)), {f"__{each.__name__}__": by(each) for each in (lt, le, gt, ge)}


def _shown(one: Any) -> str:
    told = (f"{name}={getattr(one, name)!r}" for name, each in one.__kept__.items() if each.repr)
    return f"{type(one).__qualname__}({', '.join(told)})"
