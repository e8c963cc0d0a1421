"""What is to be done about records: what falls due, and what waits to go on."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.duties.obligations import Obligation, obligations
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.record_days import signed_on
from qmsctl.core.signoffs.state_roles import state_roles
from qmsctl.core.tasks.next_step import advance_command, lacking, next_state, next_step
from qmsctl.core.tasks.task import DUE, SIGN, WAITS, Task
from qmsctl.core.tasks.who import Who
from qmsctl.core.types.record_type import State
from qmsctl.message import Message, _


def record_tasks(library: Library, who: Who) -> Iterator[Task]:
    """Everything with a day, then every open record that has none and does not rest."""
    dated: set[str] = set()
    for found in obligations(library):
        if found.due.latest_of is None and found.due.setting is None:
            dated.add(found.record.id)
        yield _due(found, library, who)
    for record in library.records:
        state = record.type.states.get(record.status or "")
        if state is not None and not state.final and not state.rests and record.id not in dated:
            target = next_state(record, library)
            if target is not None:
                yield _waiting(record, target, library, who)


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
        line=found.line,
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


def _waiting(record: Item, target: State, library: Library, who: Who) -> Task:
    """A record that has to be taken to its next state, or only to be signed into it."""
    owner, unit = record.text("owner") or "", record.text("unit")
    owners: tuple[str, ...] = (owner,) if owner else ()
    people = who.people(owner, unit)
    roles = state_roles(record.type, target, library.today, library.config)
    signing = bool(roles) and not any(lacking(record, target, library))
    if signing and not _may_sign(people, roles, library):
        owners, people = who.first_holders(roles, who.unit(unit, people))
    return Task(
        kind=SIGN if signing else WAITS,
        id=record.id,
        type=record.type,
        title=record.title,
        what=_what(target, signing=signing),
        path=record.path,
        line=record.line("status"),
        due=None,
        since=signed_on(record, library),
        owners=owners,
        people=people,
        unit=who.unit(unit, people),
        next=advance_command(record, target, library),
        key=target.id,
    )


def _what(target: State, *, signing: bool) -> Message:
    if signing:
        return _("signature for “{state}”", state=target.label)
    return _("next state “{state}”", state=target.label)


def _may_sign(people: tuple[str, ...], roles: tuple[str, ...], library: Library) -> bool:
    found = (library.people.get(each) for each in people)
    return any(person.held(role, library.today) for person in found if person for role in roles)
