"""What a field is: the description a type gives of one of its keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Node, Scalar, Sequence
from qmsctl.core.types.day_limits import DayLimits
from qmsctl.message import Label
from qmsctl.value import dataclass, field

KINDS = frozenset(
    ["text", "date", "datetime", "integer", "number", "duration", "time-limit", "period", "hours", "retention", "one-of", "list", "person", "role", "unit", "clause", "reference", "address", "path", "sha256", "bool", "table", "map", "any"]
)

ORDERS = ("earlier", "later", "above")
"""What is named came before this file, comes after it, or is what this file belongs to."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field, list item, table column or map key.

    ``state`` is the state it belongs to (``None``: the first); ``required`` counts from there.
    ``of`` holds the item of a list, the values of an open map, or the alternatives of ``any``;
    ``keys`` the columns of a table or the keys of a closed map; ``to`` the types a reference
    may name, where ``document`` and ``record`` stand for all of theirs. ``moved_by`` is the data
    block whose rows alone move the value once there is one. ``back`` is the field in which whatever is
    named here names this file in turn, if its type has such a field. ``order`` says how what is named stands to
    this file, one of ``ORDERS``; such references never lead back to where they began. ``day`` are the limits of a date. From the state
    ``grows`` on nothing that is named here is taken out, nor a row of a data block.
    """

    name: str
    kind: str
    label: Label
    required: bool = False
    state: str | None = None
    default: str | None = None
    unique: bool = False
    values: Mapping[str, Label] = field(default_factory=dict)
    of: tuple[Field, ...] = ()
    keys: Mapping[str, Field] = field(default_factory=dict)
    to: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    moved_by: str | None = None
    back: str | None = None
    order: str | None = None
    day: DayLimits | None = None
    grows: str | None = None

    def mentions(self, kind: str) -> bool:
        """True if a value of ``kind`` may stand in this field, at any depth."""
        return (
            self.kind == kind
            or any(part.mentions(kind) for part in self.of)
            or any(part.mentions(kind) for part in self.keys.values())
        )

    def scalars(self, node: Node) -> Iterator[tuple[Field, Scalar]]:
        """Every scalar of ``node`` with the field that describes it, in file order."""
        match self.kind, node:
            case "any", _:
                yield from self._alternative(node).scalars(node)
            case ("list", Sequence()):
                for item in node.items:
                    yield from self.of[0].scalars(item)
            case ("table", Sequence()):
                for item in node.items:
                    yield from self._entries(item)
            case ("map", MappingNode()):
                yield from self._entries(node)
            case (_, Scalar()) if self.kind not in ("list", "table", "map"):
                yield self, node
            case _:
                pass

    def _entries(self, node: Node) -> Iterator[tuple[Field, Scalar]]:
        if not isinstance(node, MappingNode):
            return
        for key, value in node.entries.items():
            described = self.keys.get(key) or (self.of[0] if self.of else None)
            if described:
                yield from described.scalars(value)

    def _alternative(self, node: Node) -> Field:
        """The alternative of ``any`` whose shape is that of ``node``; scalars get a choice."""
        shape = {Scalar: "scalar", Sequence: "list", MappingNode: "map"}[type(node)]
        fitting = tuple(part for part in self.of if _shape(part) == shape)
        if len(fitting) == 1:
            return fitting[0]
        return Field(self.name, "choice", self.label, of=fitting)


def _shape(described: Field) -> str:
    return {"list": "list", "table": "list", "map": "map"}.get(described.kind, "scalar")
