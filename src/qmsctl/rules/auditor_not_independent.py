"""Somebody audits the own work: a procedure of a role that the person holds, a step the person does, or a finding to be answered.

## Why
Auditors do not audit their own work (ISO 9001:2008, 8.2.2; ISO 9001:2015, 9.2.2 c). The gates of an audit
look at the persons named as owners and at units; this rule looks behind the roles: who holds the role that owns the
document, who holds the roles that do its steps. Where holders of a role belong to the document's own unit, only
these are meant. Of the steps those count that the lines of a checklist ask about, in an audit those that the units
audited do. Whoever audits does not have to answer the findings either. Roles and units are those of `people.yaml` and
`qms.yaml` as they are, and in a change that brings or alters the audit as they were before, too.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: unit-head
unit: ho-tich
---

~~~steps
- {no: B1, task: Tiếp nhận, responsible: clerk, time: 1h, outputs: [Phiếu]}
~~~
```
```md records/audits/DG-2026-01.md
---
id: DG-2026-01
type: audit
title: Đánh giá nội bộ năm 2026
status: notified
owner: lan
kind: internal
processes: [QT-07]
lead: hung
auditors: [minh]
---
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: unit-head
unit: ho-tich
---

~~~steps
- {no: B1, task: Tiếp nhận, responsible: clerk, time: 1h, outputs: [Phiếu]}
~~~
```
```md records/audits/DG-2026-01.md
---
id: DG-2026-01
type: audit
title: Đánh giá nội bộ năm 2026
status: notified
owner: lan
kind: internal
processes: [QT-07]
lead: hung
auditors: [hoa]
---
```

## Mend
Let somebody else of the team audit that document, in a checklist or an audit of its own, or invite a guest, who gets an
entry in the register of auditors: `qmsctl set DG-2026-01 auditors=hoa`.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from qmsctl.core.auditing.scope import units_of_step
from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.core.procedures.steps import Step, steps_of
from qmsctl.core.proof.by_base import by_both
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.proof.holders import holders_near, role_title
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
OFFICE = True
CLAUSES = {"iso9001-2008": ("8.2.2",), "iso9001-2015": ("9.2.2",)}

_WHO_AND_WHAT = {"audit": (("lead", "auditors"), "processes"), "audit-checklist": (("owner",), "documents")}
"""The fields with those who audit, and the one with what they audit."""


def check(library: Library) -> Iterator[Problem]:
    """Every audit and checklist that is judged, and every finding that is open."""
    for name, (people, documents) in _WHO_AND_WHAT.items():
        for record in library.by_type.get(name, ()):
            if record.is_given_up or library.is_exempt(record):
                continue
            yield from by_both(record, library, partial(_audited, record, people, documents))
    for finding in library.by_type.get("finding", ()):
        if not library.is_closed(finding):
            yield from _answered(finding, library)


def _audited(record: Item, people: Sequence[str], documents: str, library: Library) -> Iterator[Problem]:
    texts = [text for each in record.texts(documents) if (text := _text(each, library))]
    for field in people:
        for person in _persons(record, field, library):
            yield from _own_work(record, field, person, texts, library)


def _text(subject: str, library: Library) -> Item | None:
    """What is in force of a document, else its working text."""
    return text_of(library.standing(subject).in_force, library) or library.by_id.get(subject)


def _persons(record: Item, field: str, library: Library) -> tuple[str, ...]:
    """The people named, by themselves or by their entry in the register of auditors."""
    entries = ((each, library.by_id.get(each)) for each in record.texts(field))
    return tuple(entry.text("person") or name if entry else name for name, entry in entries)


def _own_work(record: Item, field: str, person: str, texts: list[Item], library: Library) -> Iterator[Problem]:
    for text in texts:
        message = _reason(person, text, _asked(record, text, library), library)
        if message:
            yield Problem(record.path, record.line(field), message, mend_field(library, record, field))


def _asked(record: Item, text: Item, library: Library) -> Sequence[Step]:
    """The steps of a text that are looked at: those the lines ask about or the units audited do, else all."""
    steps = steps_of(text)
    named = {row.text("step") for row in record.block_rows("lines") if row.text("requirement") == text.id}
    if named:
        return [step for step in steps if step.no in named]
    units = set(record.texts("units"))
    return [step for step in steps if units_of_step(step, library) & units] or steps


def _answered(finding: Item, library: Library) -> Iterator[Problem]:
    """A finding that somebody answers who has raised it as an auditor."""
    audit = library.item(finding.text("audit"))
    owner = finding.text("owner") or ""
    if audit and owner in (*_persons(audit, "lead", library), *_persons(audit, "auditors", library)):
        message = _("{name} is an auditor of {audit} and would answer its finding {id}", name=library.people.name(owner), audit=audit.id, id=finding.id)
        yield Problem(finding.path, finding.line("owner"), message, mend_field(library, finding, "owner"))


def _reason(person: str, text: Item, steps: Sequence[Step], library: Library) -> Message | None:
    """Why the document is the person's own work."""
    name, owner = library.people.name(person), text.text("owner") or ""
    if library.config.role(owner) and _holds(person, owner, text, library):
        return _("{name} audits {id} and holds the role that is responsible for it: {role}", name=name, id=text.id, role=role_title(owner, library))
    own = [step for step in steps if not step.agency and _holds(person, step.responsible, text, library)]
    if own:
        roles = tuple(dict.fromkeys(role_title(step.responsible, library) for step in own))
        return _("{name} audits {id} and does its steps {steps} as {roles}", name=name, id=text.id, steps=tuple(step.no for step in own), roles=roles)
    return None


def _holds(person: str, role: str, text: Item, library: Library) -> bool:
    return any(each.id == person for each in holders_near(role, text.text("unit") or "", library))
