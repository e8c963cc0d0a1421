"""Somebody audits the own work: a procedure of a role that the person holds, or a step the person does.

## Why
Auditors do not audit their own work (ISO 9001:2008, 8.2.2; ISO 9001:2015, 9.2.2 c). The gates of an audit
look at the persons named as owners and at units; this rule looks behind the roles: who holds the role that owns the
document, who holds the roles that do its steps. Where holders of a role belong to the document's own unit, only
these are meant.

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
Let somebody else of the team audit that document, or ask another agency for an auditor: `qmsctl set
DG-2026-01 auditors=hoa`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.frozen_text import text_of
from qmsctl.core.holders import holders_near, role_title
from qmsctl.core.library import Library
from qmsctl.core.mend import mend_field
from qmsctl.core.model import Item
from qmsctl.core.steps import steps_of
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
OFFICE = True
CLAUSES = {"iso9001-2008": ("8.2.2",), "iso9001-2015": ("9.2.2",)}

_WHO_AND_WHAT = {"audit": (("lead", "auditors"), "processes"), "audit-checklist": (("owner",), "documents")}
"""The fields with those who audit, and the one with what they audit."""


def check(library: Library) -> Iterator[Problem]:
    """Every audit and checklist that is judged."""
    for name, (people, documents) in _WHO_AND_WHAT.items():
        for record in library.by_type.get(name, ()):
            if record.is_given_up or library.is_exempt(record):
                continue
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
        message = _reason(person, text, library)
        if message:
            yield Problem(record.path, record.line(field), message, mend_field(library, record, field))


def _reason(person: str, text: Item, library: Library) -> Message | None:
    """Why the document is the person's own work."""
    said = {"name": library.people.name(person), "id": text.id}
    owner = text.text("owner") or ""
    if library.config.role(owner) and _holds(person, owner, text, library):
        return _("{name} audits {id} and holds the role that is responsible for it: {role}", role=role_title(owner, library), **said)
    for step in steps_of(text):
        role = next((each for each in (step.responsible, step.deputy) if each and _holds(person, each, text, library)), None)
        if role:
            return _("{name} audits {id} and does its step {step} as {role}", step=step.no, role=role_title(role, library), **said)
    return None


def _holds(person: str, role: str, text: Item, library: Library) -> bool:
    return any(each.id == person for each in holders_near(role, text.text("unit") or "", library))
