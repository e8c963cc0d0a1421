"""A type as data: its fields, sections, data blocks, states and gates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qmsctl.core.field import Field
from qmsctl.message import Label


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 2 that the body of this type has, in every language it may be in."""

    id: str
    title: Label
    required: bool


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition: the name of an operator in ``core/gates`` and its arguments, as data."""

    operator: str
    arguments: Any
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequiredSignOff:
    """The sign-off a state asks for: a meaning, by a holder of one of ``roles``."""

    meaning: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A state of a record: where it may go next, and what must be true to be in it.

    ``follows`` is the state whose gates hold here too (``None`` for the first); in a ``final``
    state every byte of the record is frozen.
    """

    id: str
    label: Label
    to: tuple[str, ...]
    follows: str | None
    final: bool = False
    gates: tuple[Gate, ...] = ()
    signoff: RequiredSignOff | None = None


@dataclass(frozen=True, slots=True)
class Reopening:
    """The state a reopened record goes back to, and the roles that may reopen it."""

    to: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class RecordType:
    """The definition of a type; ``kind`` is ``document``, ``record`` or ``signoff``."""

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
    abstract: bool = False
    builtin: bool = True

    @property
    def top_folder(self) -> str:
        """The first part of the folder: ``documents``, ``records`` or ``signoffs``."""
        return self.folder.partition("/")[0]

    @property
    def first_state(self) -> str | None:
        """The state a new record is in."""
        return next(iter(self.states), None)

    def chain(self, state: str) -> tuple[State, ...]:
        """The states whose gates and required fields hold in ``state``, from the first on."""
        found: list[State] = []
        current: str | None = state
        while current is not None and current in self.states:
            found.append(self.states[current])
            current = self.states[current].follows
        return tuple(reversed(found))

    def state_of(self, name: str) -> str | None:
        """The state a field belongs to."""
        return self.fields[name].state or self.first_state if name in self.fields else None

    def fields_with(self, *kinds: str) -> tuple[Field, ...]:
        """The fields in which a value of one of ``kinds`` may stand."""
        return tuple(f for f in self.fields.values() if any(f.mentions(kind) for kind in kinds))
