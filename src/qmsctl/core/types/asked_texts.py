"""Which texts a type asks for in a state: what is required there, and what its gates want filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qmsctl.core.types.gate_names import gates_in
from qmsctl.core.types.record_type import Gate, RecordType
from qmsctl.value import dataclass, field

_FILLING = ("columns", "any")
"""The arguments of a gate on a data block that name columns in which something has to stand."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Fields, cells of data blocks and sections that are asked for, of records with the values of ``when``."""

    fields: frozenset[str] = frozenset()
    cells: frozenset[tuple[str, str]] = frozenset()
    sections: frozenset[str] = frozenset()
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def asked_texts(found: RecordType, status: str | None) -> Iterator[Asked]:
    """What is asked for in ``status``; of a type without states, always."""
    known = status if status is not None and status in found.states else found.first_state
    chain = found.chain(known or "")
    reached = {state.id for state in chain}
    given_up = bool(chain) and chain[-1].given_up
    fields = (name for name, each in found.fields.items() if each.required and (not found.states or found.state_of(name) in reached))
    cells = ((name, column.name) for name, block in found.blocks.items() for column in block.keys.values() if column.required)
    sections = (each.id for each in found.sections if each.required and not given_up)
    yield Asked(frozenset(fields), frozenset(cells), frozenset(sections))
    yield from (_of_gate(each) for state in chain for gate in state.gates for each in gates_in(gate))


def _of_gate(gate: Gate) -> Asked:
    given = gate.arguments
    match gate.operator:
        case "present":
            return Asked(fields=frozenset(given), when=gate.when)
        case "filled":
            return Asked(sections=frozenset(given), when=gate.when)
        case _ if isinstance(given, dict) and "block" in given:
            named = (given[key] for key in _FILLING if key in given)
            columns = (column for each in named for column in ((each,) if isinstance(each, str) else each))
            return Asked(cells=frozenset((given["block"], column) for column in columns), when=gate.when)
        case _:
            return Asked()
