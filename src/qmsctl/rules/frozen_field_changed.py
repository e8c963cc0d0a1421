"""A field of a record was changed after it had been signed.

## Why
When a unit head confirms a nonconformity, he confirms what is written there at that moment: when it was
found, how severe it is, which requirement was not met. The fields of the signed state and of those
before it stand from then on (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2); fields of later states are
still free. Only a person who has left the office may be replaced by another.

## Bad
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: confirmed
raised: 2026-02-03
severity: major
owner: minh
---
```
```dossier NC-2026-001
confirm lan unit-head 2026-02-04T08:00:00+07:00
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: confirmed
raised: 2026-02-03
severity: minor
owner: minh
---
```

## Good
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: confirmed
raised: 2026-02-03
severity: major
owner: minh
---
```
```dossier NC-2026-001
confirm lan unit-head 2026-02-04T08:00:00+07:00
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: contained
raised: 2026-02-03
severity: major
owner: minh
correction: Gửi thư xin lỗi ba công dân
---
```

## Mend
Put the value back with `qmsctl set`, as the message shows it. If what was signed was wrong, write the
truth into a field of a later state or into the text; or cancel the record with a reason and open a new
one.
"""

from collections.abc import Iterator

from qmsctl.core.approval import day_of
from qmsctl.core.closing import StateSignOff, signed_states
from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.differences import changed_fields, shortened, written
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.record_type import RecordType
from qmsctl.message import _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every record with signed states behind it, against the copies that were signed."""
    for record in library.records:
        if record.id in library.dossiers:
            yield from _record(record, library)


def _record(record: Item, library: Library) -> Iterator[Problem]:
    chain = {state.id for state in record.type.chain(record.status or "")}
    binding = {
        each.state.id: each
        for each in signed_states(record, library)
        if each.state.id in chain and not each.state.final and not each.reopened
    }
    reported: set[str] = set()
    for signed in sorted(binding.values(), key=lambda each: each.signoff.at, reverse=True):
        frozen = _fields_up_to(record.type, signed.state.id) - reported
        for name in changed_fields(record, signed.copy, frozen):
            if not _handed_on(name, signed.copy, library):
                reported.add(name)
                yield _changed(record, name, signed, library)


def _fields_up_to(kind: RecordType, state: str) -> set[str]:
    states = {each.id for each in kind.chain(state)}
    return {name for name in kind.fields if kind.state_of(name) in states}


def _handed_on(name: str, before: Item, library: Library) -> bool:
    """True for a person who has left: the task goes to somebody else."""
    if before.type.fields[name].kind != "person":
        return False
    person = library.people.get(before.text(name) or "")
    return person is not None and person.period.end is not None and person.period.end < library.today


def _changed(record: Item, name: str, signed: StateSignOff, library: Library) -> Problem:
    before = shortened(signed.copy.node(name))
    whole = written(signed.copy.node(name))
    hint = (
        _("qmsctl set {id} {field}=“{before}”", id=record.id, field=name, before="" if whole == "—" else whole)
        if whole == before
        else _("put back the value of “{field}” from {copy}", field=name, copy=signed.dossier.copy_path)
    )
    return Problem(
        record.path,
        record.line(name),
        _(
            "“{label}” ({field}) is {now}; it was {before} when {person} signed “{state}” on {day}, and is frozen since",
            label=record.type.fields[name].label,
            field=name,
            now=shortened(record.node(name)),
            before=before,
            person=library.people.name(signed.signoff.person),
            state=signed.state.label,
            day=day_of(signed.signoff, library.config),
        ),
        hint,
    )
