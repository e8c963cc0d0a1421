"""Links that stand on both sides: what a file names in a field with ``back`` names it in turn."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Scalar
from qmsctl.core.types.field import Field
from qmsctl.core.types.gate_names import names_of
from qmsctl.core.types.record_type import RecordType
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class OneSided:
    """``holder`` names ``other`` in ``field``, and ``other`` has a field ``back`` that does not name ``holder``."""

    holder: Item
    field: Field
    named: Scalar
    other: Item
    back: Field


def one_sided(holder: Item, library: Library) -> Iterator[OneSided]:
    """The links of ``holder`` that only ``holder`` knows of."""
    for field in holder.type.mutual_fields:
        for named in holder.scalars(field.name):
            other = library.by_id.get(named.text)
            back = field_back(field, holder, other, library) if other else None
            if other and back and holder.id not in other.texts(back.name):
                yield OneSided(holder, field, named, other, back)


def field_back(field: Field, holder: Item, other: Item, library: Library) -> Field | None:
    """The field of ``other`` that names ``holder`` in turn, if its type has one that may."""
    found = other.type.fields.get(field.back or "")
    wanted = (each for part in (found, *(found.of if found else ())) if part for each in part.to)
    return found if library.types.matches(holder.type.name, wanted) else None


def rests_on(found: RecordType, field: Field) -> bool:
    """True if a gate of the type looks at what ``field`` names."""
    gates = (gate for state in found.states.values() for gate in state.gates)
    return any(("field", field.name) in names_of(gate) for gate in gates)
