"""The system lacks a record that the standard asks for.

## Why
Each edition names records that show the system is run: management review, audits, competence, evaluation of
suppliers, evidence that the result met the requirements (ISO 9001:2008, 5.6.1, 6.2.2, 7.1, 7.4.1, 8.2.2, 8.2.4;
ISO 9001:2015, 7.2, 8.4.1, 8.6, 9.1.1, 9.2.2, 9.3.3). Asked for is a record of the last twelve months, once the office
has worked that long by its system; or a line in the `records` block of a document in force that names the clause, for
what is kept on paper or in another program. A record that belongs to an event is asked for when the event happened: a
major nonconformity that is being dealt with needs an action.

## Bad
```yaml qms.yaml
organization: {name: Công ty Sao Mai}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: in-progress
raised: 2026-03-02
severity: major
owner: minh
---
```

## Good
```yaml qms.yaml
organization: {name: Công ty Sao Mai}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: in-progress
raised: 2026-03-02
severity: major
owner: minh
---
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: in-progress
raised: 2026-03-03
owner: minh
due: 2026-06-30
---
```

## Mend
Do what the record is about, and record it: `qmsctl new management-review --title "…"`. Is it kept elsewhere? Add a
row with `clauses: [5.6.1]` to the `records` block of the procedure that governs it. `qmsctl coverage` shows every
clause with what answers it.
"""

from collections.abc import Iterator

from qmsctl.core.coverage.requirement import RequiredRecord, required_records
from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.begin import begin
from qmsctl.core.office.config import Period
from qmsctl.core.office.duration import year_before
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import Mend, advice
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
CALENDAR = True
OFFICE = True
CLAUSES = {
    "iso9001-2008": ("4.2.1", "5.6.1", "6.2.2", "7.1", "7.2.2", "7.4.1", "8.2.2", "8.2.4", "8.5.2"),
    "iso9001-2015": ("7.2", "7.5.1", "8.4.1", "8.6", "9.1.1", "9.2.2", "9.3.3", "10.2.2"),
}


def check(library: Library) -> Iterator[Problem]:
    """Every record that a chosen edition asks for, over the last twelve months."""
    if not library.standards:
        return
    period = Period(year_before(library.today), library.today)
    top = library.parsed_configuration(CONFIG_PATH)
    line = top.key_lines.get("standards", 1) if top else 0
    for found in required_records(library, period, library.standards, most=1):
        if found.missing:
            first = next(iter(found.events), None)
            path, at = (first.path, first.line("status")) if first else (CONFIG_PATH, line)
            yield Problem(path, at, _said(found, period), _mend(found, library))


def _said(found: RequiredRecord, period: Period) -> Message:
    if found.events:
        return _(
            "{id} asks for: {name} ({standard}, {clause}); there is no such record since {start}",
            id=found.events[0].id, name=found.required.name, standard=found.standard.title,
            clause=found.required.clause, start=period.start,
        )
    return _(
        "{standard}, {clause}, asks for: {name}; there is no such record since {start}, and no document says where one is kept",
        standard=found.standard.title, clause=found.required.clause, name=found.required.name, start=period.start,
    )


def _mend(found: RequiredRecord, library: Library) -> Mend:
    kinds = (library.types.get(name) for name in found.required.served_by)
    known = next((kind for kind in kinds if kind and kind.kind == "record"), None)
    named = advice(_("name it, with clauses: [{clause}], in the records block of the document that governs it", clause=found.required.clause))
    return begin(known, {}, library).or_else(named.in_order_to(_("if it is kept elsewhere"))) if known else named
