"""A type as data: its fields, sections, data blocks, states and gates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from qmsctl.core.types.count import Count
from qmsctl.core.types.due import Due
from qmsctl.core.types.field import Field
from qmsctl.core.types.gate_shape import Shape
from qmsctl.core.types.openness import Openness
from qmsctl.core.types.section import Section
from qmsctl.message import Label
from qmsctl.value import dataclass, field, replace

MIDDLE = 50
"""The rank of a type that says none."""

NOT_READ = "none"
"""What a type says whose documents are looked up, not read: nobody has to sign for one unless the office names it."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition: the name of an operator in ``core/gates`` and its arguments, as data.

    ``takes`` is the shape of the arguments, ``None`` where nobody knows the operator. ``format`` is the version of the
    criteria that first asks for it.
    """

    operator: str
    arguments: Any
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    takes: Shape | None = None
    format: int = 1


@dataclass(frozen=True, slots=True)
class RequiredSignOff:
    """The sign-off a state asks for: a meaning, by a holder of one of ``roles``."""

    meaning: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A state of a record: where it may go next, and what must be true to be in it.

    ``follows`` is the state whose gates hold here too (``None`` for the first); in a ``final``
    state every byte of the record is frozen. A ``given_up`` record was not carried through: its text may
    stay as unfinished as it was. In a state that ``rests`` nothing waits to be done. A record in a ``void``
    one came to nothing, and shows nothing; whatever was given up did. Its sign-off ``freezes`` the sections of these ids.
    """

    id: str
    label: Label
    to: tuple[str, ...]
    follows: str | None
    final: bool = False
    given_up: bool = False
    void: bool = False
    rests: bool = False
    gates: tuple[Gate, ...] = ()
    signoff: RequiredSignOff | None = None
    freezes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reopening:
    """The state a reopened record goes back to, and the roles that may reopen it."""

    to: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What goes on for the records that were opened before the day ``start``, and on from when: a type may be loosened again and again.

    ``final`` and ``freezes`` are of the states that were other ones.
    """

    start: date
    retention: str | None
    reopening: Reopening | None
    final: Mapping[str, bool]
    freezes: Mapping[str, tuple[str, ...]]
    earlier: Earlier | None


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """How ``new --of`` fills a file from documents in force.

    ``field`` takes their ids, ``proof`` (if any) their revisions and digests; ``title`` is the title where none is
    given. Each row of their ``source_block`` makes one of ``block``: a column gets the first of its texts whose
    ``{places}`` the row fills.
    """

    field: str
    proof: str | None
    title: Label | None
    block: str
    source_block: str
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class RecordType:
    """The definition of a type; ``kind`` is ``document``, ``record`` or ``signoff``.

    ``acknowledge_within`` is how soon a revision is read where the office leaves that to the type. ``rank`` is its place among the documents in lists; ``lineage`` are the types it extends, the farthest first.
    ``openness`` is what of its documents is for the public. Of records with such values in ``unnamed`` fields nothing is shown but how many there are.
    """

    name: str
    kind: str
    label: Label
    id_pattern: str
    folder: str
    clauses: Mapping[str, tuple[str, ...]]
    retention: str | None
    fields: Mapping[str, Field]
    sections: tuple[Section, ...] = ()
    blocks: Mapping[str, Field] = field(default_factory=dict)
    states: Mapping[str, State] = field(default_factory=dict)
    reopening: Reopening | None = None
    made_from: MadeFrom | None = None
    dues: tuple[Due, ...] = ()
    counts: tuple[Count, ...] = ()
    acknowledge_within: str = ""
    rank: int = MIDDLE
    abstract: bool = False
    builtin: bool = True
    lineage: tuple[str, ...] = ()
    earlier: Earlier | None = None
    openness: Openness = Openness()
    unnamed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def is_a(self, name: str) -> bool:
        """True for the type of this name and those that extend it."""
        return name == self.name or name in self.lineage

    @cached_property
    def before(self) -> RecordType:
        """The type as it goes on for what was opened before its first day; itself where it has none."""
        was = self.earlier
        if was is None:
            return self
        states = {
            name: replace(state, final=was.final.get(name, state.final), freezes=was.freezes.get(name, state.freezes))
            for name, state in self.states.items()
        }
        return replace(self, retention=was.retention, reopening=was.reopening, states=states, earlier=was.earlier)

    def as_of(self, opened: date | None) -> RecordType:
        """The type by which a record is judged that was opened on this day; ``None`` is before all days."""
        if self.earlier is None or (opened is not None and opened >= self.earlier.start):
            return self
        return self.before.as_of(opened)

    def counted_as(self, consumer: str, figure: str) -> tuple[Count, ...]:
        """The entries by which records of the type count for a figure."""
        return tuple(each for each in self.counts if (each.consumer, each.figure) == (consumer, figure))

    @property
    def top_folder(self) -> str:
        """The first part of the folder: ``documents``, ``records`` or ``signoffs``."""
        return self.folder.partition("/")[0]

    @property
    def first_state(self) -> str | None:
        """The state a new record is in."""
        return next(iter(self.states), None)

    @property
    def field_order(self) -> tuple[str, ...]:
        """The keys of the front matter, in the order in which they are written."""
        return ("id", "type", "title", "status", *(name for name in self.fields if name != "title"))

    @cached_property
    def mutual_fields(self) -> tuple[Field, ...]:
        """The fields of which whatever they name has to name the file in turn."""
        return tuple(field for field in self.fields.values() if field.back)

    @cached_property
    def fields_with_files(self) -> tuple[str, ...]:
        """The names, sorted, of the fields that name files with their digest."""
        return tuple(sorted({field.name for field in self.fields_with("sha256") if field.kind != "sha256"}))

    @cached_property
    def blocks_with_files(self) -> frozenset[str]:
        """The names of the data blocks in which such a digest may stand."""
        return frozenset(name for name, block in self.blocks.items() if block.mentions("sha256"))

    def chain(self, state: str) -> tuple[State, ...]:
        """The states whose gates and required fields hold in ``state``, from the first on."""
        found: list[State] = []
        current: str | None = state
        while current is not None and current in self.states:
            found.append(self.states[current])
            current = self.states[current].follows
        return tuple(reversed(found))

    def ahead(self, state: str) -> tuple[State, ...]:
        """The states that lie before a record in ``state`` where each goes on as it usually does."""
        found: list[State] = []
        ways = self.states[state].to
        while ways and self.states[ways[0]] not in found:
            found.append(self.states[ways[0]])
            ways = found[-1].to
        return tuple(found)

    def state_of(self, name: str) -> str | None:
        """The state a field belongs to."""
        return self.fields[name].state or self.first_state if name in self.fields else None

    def fields_with(self, *kinds: str) -> tuple[Field, ...]:
        """The fields in which a value of one of ``kinds`` may stand."""
        return tuple(f for f in self.fields.values() if any(f.mentions(kind) for kind in kinds))
