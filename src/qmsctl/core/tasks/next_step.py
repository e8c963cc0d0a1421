"""The command that does what has to be done next; what somebody still has to say is a hole in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from qmsctl.core.duties.obligations import Obligation
from qmsctl.core.gates import Context, missing
from qmsctl.core.library import Library
from qmsctl.core.mends.advancing import advance_command, open_parts, value_of
from qmsctl.core.mends.audit_opening import opening_of
from qmsctl.core.mends.begin import begin
from qmsctl.core.mends.row_command import one_more
from qmsctl.core.model import Item
from qmsctl.core.records.elapsing import applies, is_asked
from qmsctl.core.records.objective import is_measured, next_period
from qmsctl.core.sections.section_text import settable
from qmsctl.core.sections.sections import sections_above
from qmsctl.core.types.record_type import Gate, State
from qmsctl.mend import HOLE, Assignment, Command, Hole, Mend, Value, advice, command, either
from qmsctl.mend_steps import Step
from qmsctl.message import _
from qmsctl.value import replace


def next_state(record: Item, library: Library) -> State | None:
    """The state a record goes to next: of several the first whose gates are open, else the first.

    A step back to a state that the record has been through is somebody's decision, and never what comes next; a way that
    asks for nothing, such as a refusal, is not taken because another asks for something.
    """
    states = record.type.states
    current = states.get(record.status or "")
    ways = [states[name] for name in current.to if not states[name].given_up] if current else []
    behind = {state.id for state in record.type.chain(current.id)} if current else set()
    ways = [way for number, way in enumerate(ways) if number == 0 or way.id not in behind]
    if len(ways) < 2:
        return ways[0] if ways else None
    context = Context(library, library.today)
    return next((way for number, way in enumerate(ways) if (number == 0 or way.gates) and not any(lack for gate in way.gates if is_asked(gate, library) for lack in missing(gate, record, context))), ways[0])


def going_on(record: Item, library: Library) -> Mend | None:
    """What comes next: the next state, and before it what is lacking besides, for that state or one behind it.

    A record that rests where it is does not go on by itself: of it only what is lacking is told.
    """
    target = next_state(record, library)
    if target is None:
        return None
    if record.type.states[record.status or ""].rests:
        return next((each for each in _lacking_besides(record, target, library) if not _is_of(each.steps[0], record)), None)
    return with_lacking(record, target, library)


def with_lacking(record: Item, target: State, library: Library, *, alone: bool = False) -> Mend:
    """The step to a state, and before it a command for each gate that is closed besides: of the first of them each way.

    Where another record has to go on first, that with what it lacks itself, unless what this one lacks is asked for ``alone``.
    """
    step = advance_command(record, target, library)
    others: list[Mend] = []
    for found in _lacking_besides(record, target, library):
        lack = found if alone else either([_of_another(way, record, library) for way in found.ways]) or found
        if lack.otherwise is None and (at_once := _at_once(lack, step)):
            step = at_once
        else:
            others.append(lack)
    if not others:
        return step
    ways = [replace(way, steps=()) if _at_once(way, step) else way for way in others[0].ways]
    ends = [_at_once(way, step) or step for way in others[0].ways]
    between = [each for lack in others[1:] for each in next(iter(lack.ways)).steps]
    return either([replace(way, steps=(*way.steps, *between, *end.steps)) for way, end in zip(ways, ends, strict=True)]) or step


def _of_another(way: Mend, record: Item, library: Library) -> Mend:
    """The way on which another record goes on, with what that lacks; any other as it is."""
    step = way.steps[0]
    if not isinstance(step, Command) or step.verb != "advance" or len(step.operands) != 2 or len(way.steps) != 1:
        return way
    subject, state = map(str, step.operands)
    other = library.by_id.get(subject)
    target = other.type.states.get(state) if other and other is not record else None
    return next(iter(with_lacking(other, target, library, alone=True).ways)) if other and target else way


def _lacking_besides(record: Item, target: State, library: Library) -> Iterator[Mend]:
    """The commands that open gates which no field of the target opens; and what fills one that only a gate behind it asks for, such as the actions of a plan."""
    context = Context(library, library.today)
    parts = {each.name for each in open_parts(record, target, library)}
    behind = [gate for state in record.type.ahead(target.id) for gate in state.gates if gate.operator == "any" and _is_about(gate, record, target)]
    told, made = set[Step](), set[str]()
    for gate in (*target.gates, *behind):
        block = gate.arguments.get("block") if isinstance(gate.arguments, dict) else None
        lacks = missing(gate, record, context) if is_asked(gate, library) and gate.operator not in ("present", "elapsed") and block not in made else ()
        mends = ((lack.mend, lack.mend.steps[0]) for lack in lacks if lack.mend)
        open_ = [(mend, step) for mend, step in mends if isinstance(step, Command) and not (_is_of(step, record) and {each.name for each in step.sets} <= parts)]
        for mend, step in open_ if gate.operator in ("rows", "filled") else open_[:1]:
            if step not in told:
                told.add(step)
                made |= {block} if block and "command" in gate.arguments else set()
                yield mend


def _is_of(step: Step, record: Item) -> bool:
    """True for a command that says more of the record, or moves it."""
    return isinstance(step, Command) and step.verb in ("set", "advance") and step.operands[:1] == (record.id,)


def _is_about(gate: Gate, record: Item, target: State) -> bool:
    """True where one of several fields is asked for that belong to the target."""
    fields = (record.type.fields[name] for way in gate.arguments if way.operator == "present" for name in way.arguments)
    return any(field.state == target.id for field in fields)


def _at_once(way: Mend, step: Mend) -> Mend | None:
    """The step that does both, where fields of its record are all that the way to what is lacking gives; ``None`` where it cannot."""
    first, last = way.steps[0], step.steps[0]
    if len(way.steps) > 1 or not isinstance(first, Command) or not isinstance(last, Command) or any(each.more for each in first.sets):
        return None
    if first.operands == last.operands:
        return step
    known = {each.name for each in last.sets}
    further = (each for each in first.sets if each.name not in known)
    return replace(step, steps=(replace(last, sets=(*last.sets, *further)),)) if first.verb == "set" and first.operands == last.operands[:1] else None


def begun(record: Item, library: Library) -> Mend:
    """What comes next for a new file: its texts, by a command where there is one, then its next state."""
    texts = dict.fromkeys(section.id for _line, section in sections_above(record, record.hints) if section and section.required)
    target = next_state(record, library)
    step = with_lacking(record, target, library) if target else None
    if not all(settable(record.type, name) for name in texts):
        return advice(_("fill it in with your editor")).then(command("check"))
    if step is None or not texts:
        return step or advice(_("fill it in with your editor")).then(command("check"))
    told = giving_command(record, [Assignment(name, HOLE) for name in texts])
    return either([told.then(_without(way, texts)) for way in step.ways]) or told


def _without(way: Mend, texts: Collection[str]) -> Mend:
    """The same where these sections have been written."""
    return replace(way, steps=tuple(replace(step, sets=tuple(each for each in step.sets if each.name not in texts)) if isinstance(step, Command) else step for step in way.steps))


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
    return with_lacking(record, target, library) if target else command("show", record.id)


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
    return opening_of(found.record, block, found.row or 1, name) or command("set", found.record.id, sets=[Assignment(f"{block}.{found.row}.{name}", value_of(column, found.record, library, block))])


def _given_again(found: Obligation, library: Library) -> Mend:
    """The fields of ``set`` and a row of the block ``row``: the new day is as far ahead as the record says."""
    record, due = found.record, found.due
    sets = [Assignment(name, value_of(record.type.fields[name], record, library)) for name in due.sets]
    sets += [_one_more_row(record, due.row, (), library)] if due.row else []
    return command("set", record.id, sets=sets)


def _one_more_row(record: Item, block: str, columns: Sequence[str], library: Library) -> Assignment:
    """``block+={column: value, …}`` with what the block requires and the ``columns``, the next day among them."""
    found = record.type.blocks[block]
    wanted = {*columns, *_asked_by_gates(record, block)}
    return one_more(block, {name: value_of(column, record, library, block) for name, column in found.keys.items() if column.required or name in wanted})


def _asked_by_gates(record: Item, block: str) -> tuple[str, ...]:
    """The columns that the first gate on the rows of the block asks for, in the state the record is in."""
    gates = (gate for state in record.type.chain(record.status or "") for gate in state.gates if applies(gate, record))
    found = (gate.arguments for gate in gates if gate.operator == "rows" and gate.arguments["block"] == block)
    return next((each["columns"] for each in found if "columns" in each), ())


def _measured(record: Item) -> Mend:
    """The next value of an objective."""
    period = next_period(record)
    return command("measure", record.id, period.text if period else Hole("period"), Hole("value"))
