"""The command that does what has to be done next; what somebody still has to say is a hole in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qmsctl.core.duties.obligations import Obligation
from qmsctl.core.gates import Context, missing
from qmsctl.core.library import Library
from qmsctl.core.mends.begin import begin
from qmsctl.core.mends.proposed_day import proposed_day
from qmsctl.core.mends.row_command import one_more
from qmsctl.core.model import Item
from qmsctl.core.records.elapsing import applies, first_day, is_asked
from qmsctl.core.records.objective import is_measured, next_period
from qmsctl.core.sections.section_text import settable
from qmsctl.core.sections.sections import sections_above
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import State
from qmsctl.mend import HOLE, Assignment, Hole, Mend, Value, advice, command
from qmsctl.message import _


def next_state(record: Item, library: Library) -> State | None:
    """The state a record goes to next: of several the first whose gates are open, else the first.

    A step back to a state that the record has been through is somebody's decision, and never what comes next.
    """
    states = record.type.states
    current = states.get(record.status or "")
    ways = [states[name] for name in current.to if not states[name].given_up] if current else []
    behind = {state.id for state in record.type.chain(current.id)} if current else set()
    ways = [way for number, way in enumerate(ways) if number == 0 or way.id not in behind]
    if len(ways) < 2:
        return ways[0] if ways else None
    context = Context(library, library.today)
    return next((way for way in ways if not any(lack for gate in way.gates if is_asked(gate, library) for lack in missing(gate, record, context))), ways[0])


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
    fields = (Assignment(field.name, _value(field, record, library)) for field in lacking(record, target, library))
    return (*fields, *(Assignment(name, HOLE) for name in _unwritten(record, target)))


def _unwritten(record: Item, target: State) -> Iterable[str]:
    """The sections with hints that may not be there once the state is signed."""
    if not record.hints or not (target.signoff or target.final):
        return ()
    above = (section for _line, section in sections_above(record, record.hints) if section and (section.required or target.final))
    return dict.fromkeys(section.id for section in above if settable(record.type, section.id))


def advance_command(record: Item, target: State, library: Library) -> Mend:
    """``qmsctl advance ID STATE``, with what is still to be filled in, and from which day on where that is still to come."""
    step = command("advance", record.id, target.id, sets=open_parts(record, target, library))
    first = max((day for each in lacking(record, target, library) if (day := first_day(record, each.name, library))), default=library.today)
    return step.in_order_to(_("on {day} or later", day=first)) if first > library.today else step


def going_on(record: Item, target: State, library: Library) -> Mend:
    """The same as what comes next: what a state behind the target will ask for is begun before."""
    step = advance_command(record, target, library)
    ahead = _asked_behind(record, target, library)
    return ahead.then(step) if ahead else step


def _asked_behind(record: Item, target: State, library: Library) -> Mend | None:
    """What fills a field of the target that only a gate behind it asks for, such as the actions of a plan."""
    context = Context(library, library.today)
    for gate in (gate for state in record.type.ahead(target.id) for gate in state.gates if gate.operator == "any" and is_asked(gate, library) and applies(gate, record)):
        named = {name for way in gate.arguments if way.operator == "present" for name in way.arguments}
        if any(record.type.fields[name].state == target.id for name in named):
            return next((lack.mend for lack in missing(gate, record, context)), None)
    return None


def begun(record: Item, library: Library) -> Mend:
    """What comes next for a new file: its texts, by a command where there is one, then its next state."""
    texts = dict.fromkeys(section.id for _line, section in sections_above(record, record.hints) if section and section.required)
    target = next_state(record, library)
    if target is None or not all(settable(record.type, name) for name in texts):
        return advice(_("fill it in with your editor")).then(command("check"))
    if not texts:
        return advance_command(record, target, library)
    told = giving_command(record, [Assignment(name, HOLE) for name in texts])
    return told.then(command("advance", record.id, target.id, sets=(each for each in open_parts(record, target, library) if each.name not in texts)))


def giving_command(record: Item, parts: Iterable[Assignment]) -> Mend:
    """``qmsctl set ID``, with what is still to be filled in."""
    return command("set", record.id, sets=parts)


def next_step(found: Obligation, library: Library) -> Mend:
    """The command that does an obligation."""
    due, record = found.due, found.record
    if due.latest_of is not None:
        return _another(found, library)
    if found.row is not None and due.block:
        return _done_in_row(found, due.block, library)
    if due.sets or due.row:
        return _given_again(found, library)
    if due.block and is_measured(record.type):
        return _measured(record)
    if due.block:
        return command("set", record.id, sets=[_one_more_row(record, due.block, due.columns, library)])
    target = record.type.states.get(due.to or "") or next_state(record, library)
    return advance_command(record, target, library) if target else command("show", record.id)


def _another(found: Obligation, library: Library) -> Mend:
    """The record that comes after this one, of the same kind."""
    record, due = found.record, found.due
    given: dict[str, Value] = {name: values[0] for name, values in due.when.items()}
    alike = (name for name in due.latest_of or () if name not in given and name != "title" and record.has(name))
    given |= {name: ",".join(record.texts(name)) for name in alike}
    return begin(record.type, given, library, record.title if "title" in (due.latest_of or ()) else None)


def _done_in_row(found: Obligation, block: str, library: Library) -> Mend:
    """The first column that says a row is done, filled in."""
    name = found.due.unless[0]
    column = found.record.type.blocks[block].keys[name]
    return command("set", found.record.id, sets=[Assignment(f"{block}.{found.row}.{name}", _value(column, found.record, library, block))])


def _given_again(found: Obligation, library: Library) -> Mend:
    """The fields of ``set`` and a row of the block ``row``: the new day is as far ahead as the record says."""
    record, due = found.record, found.due
    sets = [Assignment(name, _value(record.type.fields[name], record, library)) for name in due.sets]
    sets += [_one_more_row(record, due.row, (), library)] if due.row else []
    return command("set", record.id, sets=sets)


def _one_more_row(record: Item, block: str, columns: Sequence[str], library: Library) -> Assignment:
    """``block+={column: value, …}`` with what the block requires and the ``columns``, the next day among them."""
    found = record.type.blocks[block]
    wanted = {*columns, *_asked_by_gates(record, block)}
    return one_more(block, {name: _value(column, record, library, block) for name, column in found.keys.items() if column.required or name in wanted})


def _asked_by_gates(record: Item, block: str) -> tuple[str, ...]:
    """The columns that the first gate on the rows of the block asks for, in the state the record is in."""
    gates = (gate for state in record.type.chain(record.status or "") for gate in state.gates if applies(gate, record))
    found = (gate.arguments for gate in gates if gate.operator == "rows" and gate.arguments["block"] == block)
    return next((each["columns"] for each in found if "columns" in each), ())


def _measured(record: Item) -> Mend:
    """The next value of an objective."""
    period = next_period(record)
    return command("measure", record.id, period.text if period else Hole("period"), Hole("value"))


def _value(field: Field, record: Item, library: Library, block: str | None = None) -> str | Hole:
    """A day as it is proposed; what else is to be said is left open."""
    if field.kind == "date":
        return proposed_day(record, field.name, library, block).isoformat()
    return Hole(many=field.kind == "list") if block else HOLE
