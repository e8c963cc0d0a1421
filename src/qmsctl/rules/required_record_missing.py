"""The system lacks a record that the standard asks for.

## Why
Each edition names records that show the system is run: management review, audits, competence, evaluation of
suppliers, evidence that the result met the requirements (ISO 9001:2008, 5.6.1, 6.2.2, 7.1, 7.4.1, 8.2.2, 8.2.4;
ISO 9001:2015, 7.2, 8.4.1, 8.6, 9.1.1, 9.2.2, 9.3.3). Asked for is a record of the last twelve months, once the office
has worked that long by its system. It shows that something was done: an audit that was performed, a review that was
held, an evaluation of a supplier in those months, and of audits the programme, too. What is only planned shows
nothing, and a line in the `records` block of a procedure says where records would be kept, not that there is one; it
is enough where no type of record is made for a clause (ISO 9001:2008, 7.2.2). A record that belongs to an event is
asked for when the event happened: a major nonconformity that is being dealt with needs an action; by ISO 9001:2008,
8.5.3, a risk of a medium or high level that is to be avoided, reduced or shared, or an objective whose values got
worse twice in a row, needs a preventive one.

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
Do what the record is about, and record it: `qmsctl new management-review --title "…"`. Is it there on paper or in
another program? Enter what it is about, and attach it. `qmsctl coverage` shows every clause with what answers it.
"""

from collections.abc import Iterator

from qmsctl.core.coverage.requirement import RequiredRecord, decided_by, required_records
from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.begin import begin
from qmsctl.core.office.config import Period
from qmsctl.core.office.duration import year_until
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import Mend, advice
from qmsctl.message import Label, Message, _

SEVERITY = Severity.WARNING
CALENDAR = True
OFFICE = True
DRAFTS = False
CLAUSES = {
    "iso9001-2008": ("4.2.1", "5.6.1", "6.2.2", "7.1", "7.2.2", "7.4.1", "8.2.2", "8.2.4", "8.5.2"),
    "iso9001-2015": ("7.2", "7.5.1", "8.4.1", "8.6", "9.1.1", "9.2.2", "9.3.3", "10.2.2"),
}


def takes(library: Library, name: str) -> object:
    """What is asked for because of it, and what it answers."""
    return decided_by(name, _last_year(library), library)


def check(library: Library) -> Iterator[Problem]:
    """Every record that a chosen edition asks for, over the last twelve months."""
    if not library.standards:
        return
    period = _last_year(library)
    line = library.key_line("standards")
    for found in required_records(library, period, library.standards, most=1):
        if found.missing:
            first = next(iter(found.events), None)
            path, at = (first.path, first.line("status")) if first else (CONFIG_PATH, line)
            since = Stricter(period.start) if found.stricter else None
            yield Problem(path, at, _said(found, period, library), _mend(found, library), stricter=since)


def _last_year(library: Library) -> Period:
    return Period(year_until(library.today), library.today)


def _said(found: RequiredRecord, period: Period, library: Library) -> Message:
    if found.items:
        return _(
            "{standard}, {clause}, asks for: {name}; what is missing since {start}: {types}",
            standard=found.standard.title, clause=found.required.clause, name=found.required.name, start=period.start,
            types=tuple(_label(name, library) for part in found.lacking for name in part[:1]),
        )
    if found.events:
        return _(
            "{id} asks for: {name} ({standard}, {clause}); there is no such record since {start}",
            id=found.events[0].id, name=found.required.name, standard=found.standard.title,
            clause=found.required.clause, start=period.start,
        )
    return _(
        "{standard}, {clause}, asks for: {name}; there is no such record since {start}",
        standard=found.standard.title, clause=found.required.clause, name=found.required.name, start=period.start,
    )


def _label(name: str, library: Library) -> Label | str:
    kind = library.types.get(name)
    return kind.label if kind else name


def _mend(found: RequiredRecord, library: Library) -> Mend:
    known = next((kind for part in found.lacking for name in part if (kind := library.types.get(name)) and kind.kind == "record"), None)
    if known is None:
        return advice(_("name it, with clauses: [{clause}], in the records block of the document that governs it", clause=found.required.clause))
    where = next(answer.where for part in found.required.needed for answer in part if answer.type == known.name)
    paper = advice(_("enter what it is about, and attach it")).in_order_to(_("if it is kept elsewhere"))
    return begin(known, {key: values[0] for key, values in where.items()}, library).or_else(paper)
