"""What an audit programme planned against what was asked, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qmsctl.core.coverage.planned_asked import places_of, planned_rows
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import texts
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.state import State, record_state
from qmsctl.value import dataclass

OPERATOR = "asked"


@dataclass(frozen=True, slots=True)
class Held:
    """An audit, and its state."""

    id: str
    state: State


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A row of a programme: the unit, the month, the audits it names and those that went there, and of what is planned what is still to be asked."""

    programme: str
    number: int
    unit: str
    month: str
    named: tuple[str, ...]
    audits: tuple[Held, ...]
    planned: tuple[str, ...]
    left_out: tuple[str, ...]


def planned_in(programme: Item, library: Library) -> tuple[PlannedLine, ...]:
    """Every row of a programme; none where its type does not say how it is compared with checklists."""
    arguments = _arguments(programme)
    return tuple(_lines(programme, arguments, library)) if arguments else ()


def planned_for(audit: Item, library: Library) -> tuple[PlannedLine, ...]:
    """The rows, of any programme, that are for an audit: that name it or, naming none, are of its units."""
    found = (line for programme in library.records if _arguments(programme) for line in planned_in(programme, library))
    return tuple(line for line in found if (audit.id in line.named if line.named else any(held.id == audit.id for held in line.audits)))


def _arguments(programme: Item) -> Any:
    gates = (gate for state in programme.type.states.values() for gate in state.gates)
    return next((gate.arguments for gate in gates if gate.operator == OPERATOR), None)


def _lines(programme: Item, arguments: Any, library: Library) -> Iterator[PlannedLine]:
    for row in planned_rows(programme, places_of(arguments), arguments["in"], library):
        yield PlannedLine(
            programme=programme.id,
            number=row.number,
            unit=naming.unit(library, row.unit),
            month=row.row.text("month") or "",
            named=tuple(texts(row.row.entries.get(arguments["by"]))),
            audits=tuple(Held(name, record_state(library.by_id[name], library)) for name in row.audits),
            planned=row.planned,
            left_out=row.left_out,
        )
