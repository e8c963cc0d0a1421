"""The types of an office: its own under ``.qms/types/``, then the built-in ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from qmsctl.core.text.nodes import Node
from qmsctl.core.types.gate_reader import ShapeOf
from qmsctl.core.types.record_type import MIDDLE, RecordType
from qmsctl.core.types.section_names import NO_NAMES, SectionNames, with_names
from qmsctl.core.types.type_nodes import TypeInvalid
from qmsctl.core.types.type_reader import counting_as, type_of, with_pattern
from qmsctl.core.types.variants import as_in
from qmsctl.message import Message, _
from qmsctl.value import dataclass, replace

_BASES = frozenset({"document", "record"})
"""Built-in definitions that others extend; no file is of them."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A ``type.yaml``; ``path`` is set for an office's own types, ``replaces`` is the one it stands in place of.

    What stands in them is read when it is asked for, which may raise :class:`TypeInvalid`.
    """

    read: Callable[[], Node | None]
    path: str | None = None
    replaces: Callable[[], Node | None] | None = None


@dataclass(frozen=True, slots=True)
class TypeProblem:
    """Why an office's own type cannot be used."""

    path: str
    line: int
    message: Message


class TypeSet:
    """Types by name, each read when it is first asked for.

    ``find`` gives a type's definition, or ``None``; ``names`` lists all there are; ``shape_of`` says
    what the operator of a gate takes; ``own`` are the names of the office's own types, those among them that take the
    place of built-in ones ``shadowing``.
    """

    def __init__(
        self,
        find: Callable[[str], Definition | None],
        names: Callable[[], Iterable[str]],
        shape_of: ShapeOf,
        own: frozenset[str] = frozenset(),
        shadowing: frozenset[str] = frozenset(),
    ) -> None:
        self._find = find
        self._names = names
        self._shape_of = shape_of
        self._own = own
        self.shadowing = shadowing
        self._patterns: Mapping[str, str] = {}
        self._standard = self._profile = ""
        self._names_given = NO_NAMES
        self._read: dict[str, RecordType | None] = {}
        self._worded: dict[tuple[str, str, str], RecordType | None] = {}
        self._given: dict[str, RecordType | None] = {}
        self.problems: list[TypeProblem] = []

    def with_patterns(self, patterns: Mapping[str, str], standard: str = "", profile: str = "", names: SectionNames = NO_NAMES) -> TypeSet:
        """The same types with the id patterns an office has chosen and its ``names`` for sections, as its standard and its profile have them."""
        if (patterns, standard, profile, names) == (self._patterns, self._standard, self._profile, self._names_given):
            return self
        result = TypeSet(self._find, self._names, self._shape_of, self._own, self.shadowing)
        result._patterns = patterns
        result._standard, result._profile, result._names_given = standard, profile, names
        result._read, result._worded = self._read, self._worded
        result.problems = self.problems
        return result

    def get(self, name: str) -> RecordType | None:
        """The type of this name that a file may have, or ``None``."""
        if name not in self._given:
            own = self._in_words(name)
            own = with_pattern(own, self._patterns.get(name)) if own else None
            self._given[name] = with_names(own, self._names_given[name]) if own and name in self._names_given else own
        return self._given[name]

    def _in_words(self, name: str) -> RecordType | None:
        """The type as the standard and the profile have it, found out once for all offices that have both."""
        key = (name, self._standard, self._profile)
        if key not in self._worded:
            found = self._load(name, ())
            self._worded[key] = as_in(found, self._standard, self._profile) if found and not found.abstract else None
        return self._worded[key]

    def defines(self, name: str) -> bool:
        """True if a definition of this name can be used, be it only one that others extend."""
        return self._load(name, ()) is not None

    def has(self, name: str) -> bool:
        """True if there is such a type; the definition of a built-in one is not read for that."""
        if name in self._own or name not in self._names():
            return self.get(name) is not None
        return name not in _BASES

    def all(self) -> tuple[RecordType, ...]:
        """Every type a file may have, by name."""
        found = (self.get(name) for name in sorted(self._names()))
        return tuple(each for each in found if each is not None)

    def own(self) -> tuple[RecordType, ...]:
        """The office's own types, by name; no other is read for that."""
        return tuple(each for each in map(self.get, sorted(self._own)) if each is not None)

    def matches(self, name: str, wanted: Iterable[str]) -> bool:
        """True if a type is one of ``wanted``, where a kind stands for all its types."""
        found = self.get(name)
        return found is not None and any(each in (found.name, found.kind) for each in wanted)

    def _load(self, name: str, within: tuple[str, ...]) -> RecordType | None:
        if name not in self._read:
            self._read[name] = self._read_one(name, within)
        return self._read[name]

    def _read_one(self, name: str, within: tuple[str, ...]) -> RecordType | None:
        source = self._find(name)
        if source is None:
            return None

        def base(wanted: str) -> RecordType:
            found = None if wanted in (name, *within) else self._load(wanted, (*within, name))
            if found is None:
                raise TypeInvalid(_("“extends” names the unknown type “{type}”", type=wanted), 1)
            return found

        try:
            found = _named(type_of(source.read(), base, builtin=source.path is None, shape_of=self._shape_of), name)
            return found if source.replaces is None else _in_place_of(source.replaces, found, base, self._shape_of)
        except TypeInvalid as error:
            if source.path is not None:
                self.problems.append(TypeProblem(source.path, error.line, error.message))
            elif not self.problems:  # else an office's own base has been reported already
                raise
            return None


def _in_place_of(replaced: Callable[[], Node | None], found: RecordType, base: Callable[[str], RecordType], shape_of: ShapeOf) -> RecordType:
    """An office's own type, counted and listed as the built-in one it replaces, as far as that can still be read."""
    try:
        other = type_of(replaced(), base, builtin=True, shape_of=shape_of)
    except TypeInvalid:
        return found
    return counting_as(other, replace(found, rank=other.rank if found.rank == MIDDLE else found.rank))


def _named(found: RecordType, folder: str) -> RecordType:
    if found.name != folder:
        raise TypeInvalid(
            _("the type is called “{type}”, but its folder “{folder}”", type=found.name, folder=folder), 1
        )
    return found
