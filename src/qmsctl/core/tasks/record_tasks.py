"""What is to be done about records: what falls due, and what waits to go on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from qmsctl.core.duties.obligations import Obligation, obligations
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.record_days import signed_on
from qmsctl.core.signoffs.state_roles import state_roles
from qmsctl.core.tasks.barred import barred
from qmsctl.core.tasks.next_step import giving_command, next_state, next_step, with_lacking
from qmsctl.core.tasks.task import DUE, SIGN, WAITS, Task
from qmsctl.core.tasks.who import Who
from qmsctl.core.types.due import Due
from qmsctl.core.types.record_type import State
from qmsctl.mend import Assignment, Command, Mend, command
from qmsctl.message import Message, _
from qmsctl.value import replace


def record_tasks(library: Library, who: Who, person: str | None = None) -> Iterator[Task]:
    """Everything with a day, then every open record that does not rest and goes on by none of these: of them only what may be for the ``person``, if one is given."""
    dated, beside = set[str](), set[str]()
    for found in obligations(library):
        if found.due.latest_of is None and found.due.setting is None:
            (beside if _is_beside(found.due) else dated).add(found.record.id)
        task = _due(found, library, who)
        goal = _goal(task, found.record)
        told = _for_whom(task, found.record, goal, library, who) if goal else (task,)
        yield from told if found.due.setting is None else (_until_the_end(task, found.record, goal, library),)
    for record in library.records:
        state = record.type.states.get(record.status or "")
        if state is not None and not state.final and not state.rests and record.id not in dated:
            target = next_state(record, library)
            if target is not None:
                yield from _waiting(record, target, library, who, person, only_whole=record.id in beside)


def _is_beside(due: Due) -> bool:
    """True for what is done without the record going on: one row of many, or what is done again and again. Once nothing is lacking for the next state, that waits as well."""
    return due.block is not None or bool(due.sets or due.row)


def _due(found: Obligation, library: Library, who: Who) -> Task:
    record, due = found.record, found.due
    owners, people = _owners(found, library, who)
    return Task(
        kind=DUE,
        id=record.id,
        type=record.type,
        title=found.title,
        what=due.label,
        path=record.path,
        find_line=lambda: found.line,
        due=found.day,
        since=None,
        owners=owners,
        people=people,
        unit=who.unit(record.text("unit"), people),
        next=next_step(found, library),
        key=f"{due.label}" if found.row is None else f"{due.label} {found.row}",
    )


def _owners(found: Obligation, library: Library, who: Who) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whoever is named; where the entry's own field is still empty, whoever signs the next state."""
    record, due = found.record, found.due
    if due.owner and found.row is None and not record.texts(due.owner):
        target = record.type.states.get(due.to or "") or next_state(record, library)
        roles = state_roles(record.type, target, library.today, library.config)
        if roles:
            return who.first_holders(roles, record.text("unit"))
    return (found.owner,) if found.owner else (), who.people(found.owner, record.text("unit"))


def _waiting(record: Item, target: State, library: Library, who: Who, person: str | None, *, only_whole: bool) -> Iterator[Task]:
    """A record that has to be taken to its next state, or only to be signed into it; ``only_whole`` where it waits once nothing is lacking.

    Where the owner may not sign, he gives what is missing, and whoever may has it on the list as well.
    """
    owner, unit = record.text("owner") or "", record.text("unit")
    owners: tuple[str, ...] = (owner,) if owner else ()
    people = who.people(owner, unit)
    its = who.unit(unit, people)
    roles = state_roles(record.type, target, library.today, library.config)
    if person is not None and person not in people and not (roles and person in who.first_holders(roles, its, barred(record, target, library))[1]):
        return
    step = with_lacking(record, target, library)
    whole = _is_whole(step)
    if only_whole and not whole:
        return
    kind, what = (SIGN, _signature(target)) if whole and roles else (WAITS, _("next state “{state}”", state=target.label))
    task = Task(
        kind=kind,
        id=record.id,
        type=record.type,
        title=record.title,
        what=what,
        path=record.path,
        find_line=partial(record.line, "status"),
        due=None,
        since=signed_on(record, library),
        owners=owners,
        people=people,
        unit=its,
        next=step,
        key=target.id,
    )
    yield from _for_whom(task, record, target, library, who) if roles and _goal(task, record) else (task,)


def _for_whom(task: Task, record: Item, target: State, library: Library, who: Who) -> Iterator[Task]:
    """The task as it is for those who may sign; else what is missing for those it is for, and signing for those who may."""
    roles = state_roles(record.type, target, library.today, library.config)
    apart = barred(record, target, library)
    if not roles or _may_sign(task.people, roles, library, apart):
        yield task
        return
    open_ = _open(task)
    if open_ and task.people:
        what = _("what is missing for “{state}”", state=target.label)
        yield replace(task, what=what if task.due is None else task.what, next=giving_command(record, open_))
    owners, people = who.first_holders(roles, task.unit, apart)
    unit = who.unit(record.text("unit"), people)
    yield replace(task, kind=SIGN, what=_signature(target), owners=owners, people=people, unit=unit, key=f"{task.key} {SIGN}" if open_ else task.key)


def _until_the_end(task: Task, record: Item, goal: State | None, library: Library) -> Task:
    """A day for the whole of a record is its owner's to the end; what only others may sign is on their list besides."""
    roles = state_roles(record.type, goal, library.today, library.config)
    if goal is None or not roles or _may_sign(task.people, roles, library, barred(record, goal, library)):
        return task
    open_ = _open(task)
    held = command("show", record.id).in_order_to(_("see what holds it up"))
    return replace(task, next=giving_command(record, open_) if open_ else held)


def _signature(target: State) -> Message:
    return _("signature for “{state}”", state=target.label)


def _is_whole(step: Mend) -> bool:
    """True for a command alone that lacks no word."""
    return len(step.steps) == 1 and isinstance(step.steps[0], Command) and not step.steps[0].sets


def _goal(task: Task, record: Item) -> State | None:
    """The state that the next step of a task leads to, if it leads to one."""
    step = task.next.steps[0]
    return record.type.states.get(str(step.operands[1])) if isinstance(step, Command) and step.verb == "advance" else None


def _open(task: Task) -> tuple[Assignment, ...]:
    """What the step of a task that leads to a state still asks for."""
    step = task.next.steps[0]
    return step.sets if isinstance(step, Command) else ()


def _may_sign(people: tuple[str, ...], roles: tuple[str, ...], library: Library, apart: frozenset[str]) -> bool:
    found = (library.people.get(each) for each in people if each not in apart)
    return any(person.held(role, library.today) for person in found if person for role in roles)
