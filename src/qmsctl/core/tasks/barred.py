"""Who may not sign a state of a record, whatever their role: its gates keep them apart from it."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.elapsing import applies, is_asked, reach
from qmsctl.core.types.record_type import State


def barred(record: Item, target: State, library: Library) -> frozenset[str]:
    """The persons whom the fields name that a ``signed`` gate of the state sets apart."""
    meaning = target.signoff.meaning if target.signoff else None
    gates = (gate for gate in target.gates if gate.operator == "signed" and gate.arguments["meaning"] == meaning and "of" not in gate.arguments and is_asked(gate, library) and applies(gate, record))
    names = {name for gate in gates for name in gate.arguments.get("apart", ())}
    return frozenset(person for name in names for holder in reach(record, name, library) for person in holder.texts(name.rpartition(".")[2]))
