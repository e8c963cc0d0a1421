"""A field of a record was changed after it had been signed.

## Why
When a unit head confirms a nonconformity, he confirms what is written there at that moment: when it was
found, how severe it is, which requirement was not met. The fields of the signed state and of those
before it stand from then on (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2); fields of later states are
still free. A task goes on to somebody else when its owner has left the office; who found it, chaired it or
decided stays written as it was, for that does not change when somebody leaves. Nor does setting the status back
by hand undo a signature.

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
from datetime import date

from qmsctl.core.comparison.differences import changed_fields, same, shortened, written
from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import StateSignOff, fields_up_to, last_closing, signed_states
from qmsctl.core.proof.named_digest import FILES
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.strictness import is_dated
from qmsctl.core.types.record_type import RecordType
from qmsctl.mend import Mend, advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}

TASK = "owner"
"""The field that says whose task a record is: the one signed field that may go on to another person."""


def check(library: Library) -> Iterator[Problem]:
    """Every record with signed states behind it, against the copies that were signed."""
    for record in library.records:
        if record.id in library.dossiers:
            yield from _record(record, library)


def _record(record: Item, library: Library) -> Iterator[Problem]:
    kind, status = record.type, record.status or ""
    chain = {state.id for state in kind.chain(status)}
    signed_ones = signed_states(record, library)
    closing = last_closing(signed_ones)
    if closing and not closing.reopened:
        return  # every byte is frozen, which is another rule's business
    latest = {each.state.id: each for each in signed_ones if not each.state.final}
    reported: set[str] = set()
    for signed in sorted(latest.values(), key=lambda each: each.signoff.at, reverse=True):
        name = signed.state.id
        if name not in chain:
            if _leads_to(kind, name, status):
                continue
            yield _moved_back(record, signed, library)
        for field in changed_fields(record, signed.copy, fields_up_to(kind, name) - reported):
            if not _handed_on(field, record, signed.copy, library) and not _longer(field, signed.copy, record):
                reported.add(field)
                yield _changed(record, field, signed, library)


def _leads_to(kind: RecordType, start: str, end: str) -> bool:
    """True if a record may come from one state to the other; an unknown state is another rule's business."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        state = waiting.pop()
        if state not in seen:
            seen.add(state)
            waiting += kind.states[state].to
    return end in seen or end not in kind.states


def _handed_on(name: str, record: Item, before: Item, library: Library) -> bool:
    """True for a task that goes on to somebody who is still here after its owner has left."""
    left = _left(name, before, library)
    holder = library.people.get(record.text(name) or "") if name == TASK else None
    return left is not None and holder is not None and (holder.period.end is None or holder.period.end > left)


def _left(name: str, before: Item, library: Library) -> date | None:
    """The day on which the person in a field left, if that is over."""
    person = library.people.get(before.text(name) or "") if before.type.fields[name].kind == "person" else None
    end = person.period.end if person else None
    return end if end is not None and end < library.today else None


def _longer(name: str, before: Item, now: Item) -> bool:
    """True for the files that the text shows, where those that were signed are all there still: later states show more."""
    if name != FILES:
        return False
    kept = {(row.text("path"), row.text("sha256")) for row in now.rows(name)}
    return {(row.text("path"), row.text("sha256")) for row in before.rows(name)} <= kept


def _moved_back(record: Item, signed: StateSignOff, library: Library) -> Problem:
    return Problem(
        record.path,
        record.line("status"),
        _(
            "{person} signed “{state}” on {day}; from there no way leads back to “{now}”",
            person=library.people.name(signed.signoff.person),
            state=signed.state.label,
            day=day_of(signed.signoff, library.config),
            now=record.type.states[record.status or ""].label,
        ),
        advice(_("put the status back to {state}", state=signed.state.id), undoes=True),
    )


def _changed(record: Item, name: str, signed: StateSignOff, library: Library) -> Problem:
    before = shortened(signed.copy.node(name))
    day = day_of(signed.signoff, library.config)
    later = _left(name, signed.copy, library) is not None
    told = later and not is_dated(library, day) and _was_so(record, name, library)
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
            day=day,
        ),
        _mend(record, name, signed),
        severity=Severity.NOTE if told else None,
        stricter=Stricter(day) if later else None,
    )


def _was_so(record: Item, name: str, library: Library) -> bool:
    """True if the change that is judged found the value in the file already."""
    earlier = library.earlier(record.id)
    return bool(earlier) and any(same(each.node(name), record.node(name)) for each in earlier)


def _mend(record: Item, name: str, signed: StateSignOff) -> Mend:
    """How the value that was signed comes back; a field that only rows move is not set any more."""
    node = signed.copy.node(name)
    whole = written(node)
    if record.type.fields[name].moved_by is not None or whole != shortened(node):
        back = advice(_("put back the value of “{field}” from {copy}", field=name, copy=signed.dossier.copy_path), undoes=True)
    else:
        back = give(record, name, "" if whole == "—" else whole)
    return back.or_else(advice(_("leave “{field}” as it was signed; say what is new in another field or in the text", field=name)))
