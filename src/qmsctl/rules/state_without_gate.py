"""A record is in a state whose conditions it does not meet.

## Why
Each state of a record says what must be true to be in it: a cause before a plan, done actions before the
check of their effect, a signature of the one who may close (ISO 9001:2008, 8.5.2; ISO 9001:2015, 10.2).
A record that was simply written “closed” proves nothing. What a closed record needed is judged as of the
day it was closed; the signatures are looked at always. A change that brings or alters the record has to meet them by
`people.yaml` and `qms.yaml` as they stood before it, too: otherwise the unit of an auditor could be rewritten in the
very change that closes the audit of that unit. Where a gate asks for two persons and only one works here on that day, that
is said as a warning (from format 2 on).

## Bad
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: verified-effective
raised: 2026-02-03
owner: minh
due: 2026-03-31
done: 2026-03-30
result: Đã có quyết định phân công
---
```

## Good
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: verified-effective
raised: 2026-02-03
owner: minh
due: 2026-03-31
done: 2026-03-30
result: Đã có quyết định phân công
verified: 2026-05-04
verified_by: lan
---
```
```dossier CA-2026-001
verify lan qmr 2026-05-04T08:00:00+07:00
```

## Mend
Fill in what the message names, `qmsctl set CA-2026-001 verified_by=lan`. For a missing signature set the
status back by hand to the state before, and go forward with `qmsctl advance CA-2026-001
verified-effective`: it asks for the signature and makes the copy that is signed.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.gates import Context, Lack, missing
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_fields, mend_text
from qmsctl.core.model import Item
from qmsctl.core.proof.by_base import by_both
from qmsctl.core.proof.closing import StateSignOff, last_closing, signed_states
from qmsctl.core.proof.holders import role_titles
from qmsctl.core.records.dated import written_on
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.signoffs.state_roles import state_roles
from qmsctl.core.types.record_type import State
from qmsctl.mend import Command, Mend, advice, command
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
OFFICE = True
SEES = Sight.LINKED
CLAUSES = {
    "iso9001-2008": ("4.2.4", "8.3", "8.5.2", "8.5.3"),
    "iso9001-2015": ("7.5.3.2", "8.7", "10.2"),
}


def check(library: Library) -> Iterator[Problem]:
    """Every record: the signatures of its states, and their gates as of the day it was closed."""
    for record in library.records:
        chain = record.type.chain(record.status or "")
        if not any(state.gates or state.signoff for state in chain):
            continue
        signed = signed_states(record, library) if record.id in library.dossiers else ()
        closing = last_closing(signed)
        standing = {each.state.id: each for each in signed if not each.reopened}
        for state in chain:
            if state.signoff and not _is_signed(state, standing, closing) and not _is_wrongly_signed(record, state, library):
                yield _unsigned(record, state, library)
        day = _gate_day(chain[-1], standing, library)
        yield from by_both(record, library, partial(_closed_gates, record, chain, day, standing))


def _is_signed(state: State, standing: Mapping[str, StateSignOff], closing: StateSignOff | None) -> bool:
    """A later closing voids an earlier one; that its bytes are still the same is another rule's business."""
    if state.final:
        return closing is not None and closing.reopened is None
    return state.id in standing


def _is_wrongly_signed(record: Item, state: State, library: Library) -> bool:
    """True if a new sign-off of it is in a role that does not count: then that is what is wrong."""
    if state.signoff is None:
        return False
    kind, config = record.type, library.config
    dossiers = (each for each in library.dossiers.get(record.id, ()) if each.copy and each.copy.sha256 == record.sha256)
    signed = (s for each in dossiers if each.state == state.id for s in each.of(state.signoff.meaning) if library.is_new(s.path))
    asked = ((each.role, state_roles(kind, state, day_of(each, config), config)) for each in signed)
    return any(roles and role not in roles for role, roles in asked)


def _gate_day(state: State, standing: Mapping[str, StateSignOff], library: Library) -> date:
    closing = standing.get(state.id) if state.final else None
    return day_of(closing.signoff, library.config) if closing else library.today


def _signing_day(state: State, last: State, standing: Mapping[str, StateSignOff], library: Library) -> date | None:
    """The day on which the record was signed into ``state``, or else into the ``last`` one, if it was."""
    signed = standing.get(last.id) if last.final else None
    found = standing.get(state.id) or signed
    return day_of(found.signoff, library.config) if found else None


def _closed_gates(record: Item, chain: tuple[State, ...], day: date, standing: Mapping[str, StateSignOff], library: Library) -> Iterator[Problem]:
    said: set[str] = set()
    context = Context(library, day)
    for state in chain:
        for gate in state.gates:
            for lack in missing(gate, record, context):
                if str(lack.message) not in said:
                    said.add(str(lack.message))
                    since = Stricter(_signing_day(state, chain[-1], standing, library) or written_on(record, library))
                    yield _lacking(record, chain[-1], lack, context, since)


def _lacking(record: Item, state: State, lack: Lack, context: Context, stricter: Stricter) -> Problem:
    library, day = context.library, context.day
    if lack.separates and library.config.is_strict_on(day) and (only := library.people.only_one(day)):
        alone = _("one person: {name} alone works here, and {missing}", name=only.name, missing=lack.message)
        return Problem(record.path, record.line("status"), alone, _mend(record, lack, library), Severity.WARNING)
    if any(each.status != record.status for each in library.earlier(record.id)):
        message = _("for “{state}”: {missing}", state=state.label, missing=lack.message)
    else:
        message = _("the record is “{state}”, but {missing}", state=state.label, missing=lack.message)
    return Problem(record.path, record.line("status"), message, _mend(record, lack, library), lack.severity, stricter if lack.later else None)


def _mend(record: Item, lack: Lack, library: Library) -> Mend:
    """How the gate is opened: fields of the record itself are given as its state allows."""
    step = lack.mend.steps[0] if lack.mend else None
    if lack.mend is None or (isinstance(step, Command) and step.verb == "set" and step.operands == (record.id,) and library.is_closed(record)):
        return mend_fields(library, record, *step.sets) if isinstance(step, Command) else mend_text(library, record)
    return lack.mend


def _unsigned(record: Item, state: State, library: Library) -> Problem:
    message = _(
        "the state “{state}” was not signed; one of these roles signs it: {roles}",
        state=state.label, roles=role_titles(_roles(record, state, library), library) or _("any role"),
    )
    return Problem(record.path, record.line("status"), message, _signed(record, state, library))


def _roles(record: Item, state: State, library: Library) -> tuple[str, ...]:
    return state_roles(record.type, state, library.today, library.config)


def _signed(record: Item, state: State, library: Library) -> Mend:
    """How the signature comes about, and who may give it."""
    roles = _roles(record, state, library)
    holders = dict.fromkeys((person.id, person.name) for role in roles for person in library.people.holders(role, library.today))
    before = state.follows or record.type.first_state or "?"
    back = advice(_("set the status back to {before}", before=before), undoes=True)
    return back.then(command("advance", record.id, state.id)).done_by(holders)
