"""The command that takes a record to a state, with what is still to be said for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qmsctl.core.library import Library
from qmsctl.core.mends.proposed_day import proposed_day
from qmsctl.core.model import Item
from qmsctl.core.records.elapsing import applies, first_day, is_asked
from qmsctl.core.sections.section_text import settable
from qmsctl.core.sections.sections import sections_above
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import State
from qmsctl.mend import HOLE, Assignment, Hole, Mend, command
from qmsctl.message import _


def lacking(record: Item, target: State, library: Library) -> Iterator[Field]:
    """The fields that have to be filled in for a state and are not."""
    chain = record.type.chain(target.id)
    states = {state.id for state in chain}
    gates = (gate for state in chain for gate in state.gates if gate.operator == "present" and is_asked(gate, library) and applies(gate, record))
    asked = {name for gate in gates for name in gate.arguments}
    for field in record.type.fields.values():
        needed_here = field.required and (field.state is None or field.state in states)
        if (needed_here or field.name in asked) and not record.has(field.name):
            yield field


def open_parts(record: Item, target: State, library: Library) -> tuple[Assignment, ...]:
    """What has to be filled in for a state and is not: fields, and sections that still hold the hints of their template."""
    fields = (Assignment(field.name, value_of(field, record, library)) for field in lacking(record, target, library))
    return (*fields, *(Assignment(name, HOLE) for name in _unwritten(record, target)))


def _unwritten(record: Item, target: State) -> Iterable[str]:
    """The sections with hints that may not be there once the state is signed."""
    if not record.hints or not (target.signoff or target.final):
        return ()
    above = (section for _line, section in sections_above(record, record.hints) if section and (section.required or target.final))
    return dict.fromkeys(section.id for section in above if settable(record.type, section.id))


def advance_command(record: Item, target: State, library: Library, parts: tuple[Assignment, ...] | None = None) -> Mend:
    """``qmsctl advance ID STATE``, with what is still to be filled in, and from which day on where that is still to come."""
    open_ = open_parts(record, target, library) if parts is None else parts
    days = (first_day(record, each.name, library) for each in open_ if isinstance(each.value, str))
    first = max((day for day in days if day), default=library.today)
    step = command("advance", record.id, target.id, sets=open_)
    return step.in_order_to(_("on {day} or later", day=first)) if first > library.today else step


def value_of(field: Field, record: Item, library: Library, block: str | None = None) -> str | Hole:
    """A day as it is proposed; what else is to be said is left open."""
    if field.kind == "date":
        return proposed_day(record, field.name, library, block).isoformat()
    return Hole(many=field.kind == "list") if block else HOLE
