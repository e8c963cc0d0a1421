"""A section of a record was changed after it had been signed.

## Why
Whoever confirms a nonconformity confirms what its description says; whoever rewrites it afterwards makes him sign
another matter (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). A state names under `freezes` the sections that its
sign-off binds: they stay as they are in the copy that was signed, and as they were before the change. All other
sections are free until the record is closed.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: unit-head, title: Trưởng đơn vị}, {id: clerk, title: Công chức}]
format: 2
stricter_from: 2026-01-01
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: confirmed
owner: minh
---

## Mô tả

Ba hồ sơ trả chậm hai ngày.
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
owner: minh
---

## Mô tả

Một hồ sơ trả chậm hai giờ.
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: unit-head, title: Trưởng đơn vị}, {id: clerk, title: Công chức}]
format: 2
stricter_from: 2026-01-01
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: confirmed
owner: minh
---

## Mô tả

Ba hồ sơ trả chậm hai ngày.
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
owner: minh
correction: Gửi thư xin lỗi ba công dân
---

## Mô tả

Ba hồ sơ trả chậm hai ngày.

## Bằng chứng

Phiếu hẹn của ba hồ sơ.
```

## Mend
Put the section back as it was signed. What has come to light since goes into another section, or into a field of a
later state.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_sections import FrozenSection, frozen_sections, was_so
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.strictness import is_dated
from qmsctl.mend import advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every record that is not closed, each section that a sign-off froze once."""
    for record in library.records:
        if record.id in library.dossiers:
            said: set[str] = set()
            for each in frozen_sections(record, library):
                if each.is_changed and each.section.id not in said:
                    said.add(each.section.id)
                    yield _problem(record, each, library)


def _problem(record: Item, found: FrozenSection, library: Library) -> Problem:
    day = day_of(found.signed.signoff, library.config)
    told = not is_dated(library, day) and was_so(record, found, library)
    return Problem(
        record.path,
        found.line,
        _(
            "the section “{section}” is not what {person} signed as “{state}” on {day}, and is frozen since",
            section=found.section.title,
            person=library.people.name(found.signed.signoff.person),
            state=found.signed.state.label,
            day=day,
        ),
        advice(_back(found), undoes=True)
        .or_else(advice(_("leave the section as it was signed; say what is new in another one"))),
        severity=Severity.NOTE if told else None,
        stricter=Stricter(day),
    )


def _back(found: FrozenSection) -> Message:
    return _("put the section back as it stands in {copy}", copy=found.copy) if found.copy else _("put the section back as it was before this change")
