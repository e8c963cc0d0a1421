"""The cases of a register cannot be read, or contradict each other, the calendar or the procedure.

## Why
The register shows that services were delivered as planned, in time, and released by somebody who may
(ISO 9001:2008, 7.5.1, 7.5.3, 8.2.4; ISO 9001:2015, 8.5.1, 8.5.2, 8.6). A case handed over before it was received, or
finished while the clock stood still, makes every figure of the month doubtful. Only ids and times are kept, so
that the register holds no personal data.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
time_limit: 1d
---

## 5. Nội dung

~~~steps
- {no: B1, task: Tiếp nhận, responsible: mot-cua, time: 1h, outputs: [Giấy hẹn]}
- {no: B2, task: Ký trích lục, responsible: director, deputy: deputy-director, time: 4h, outputs: [Trích lục], release: true}
~~~
```
```md records/case-registers/SHS-2026-001.md
---
id: SHS-2026-001
type: case-register
title: Cấp bản sao trích lục hộ tịch, 03/2026
status: open
owner: hoa
procedure: QT-07
month: 2026-03
data: {path: attachments/cases/QT-07/2026-03.csv, sha256: 4444444444444444444444444444444444444444444444444444444444444444}
---
```
```text attachments/cases/QT-07/2026-03.csv
case,received,due,B1,B2,stops,supplements,finished,released_by
H29-260302-0001,2026-03-02 08:10,2026-03-03 08:10,2026-03-02 08:05,2026-03-02 15:00,,0,2026-03-02 15:30,minh
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
time_limit: 1d
---

## 5. Nội dung

~~~steps
- {no: B1, task: Tiếp nhận, responsible: mot-cua, time: 1h, outputs: [Giấy hẹn]}
- {no: B2, task: Ký trích lục, responsible: director, deputy: deputy-director, time: 4h, outputs: [Trích lục], release: true}
~~~
```
```md records/case-registers/SHS-2026-001.md
---
id: SHS-2026-001
type: case-register
title: Cấp bản sao trích lục hộ tịch, 03/2026
status: open
owner: hoa
procedure: QT-07
month: 2026-03
data: {path: attachments/cases/QT-07/2026-03.csv, sha256: 4444444444444444444444444444444444444444444444444444444444444444}
---
```
```text attachments/cases/QT-07/2026-03.csv
case,received,due,B1,B2,stops,supplements,finished,released_by
H29-260302-0001,2026-03-02 08:10,2026-03-03 08:10,2026-03-02 08:40,2026-03-02 15:00,,0,2026-03-02 15:30,binh
```

## Mend
Correct the list where it is kept and take it in again: `qmsctl cases import QT-07 2026-03 FILE.csv`. A case that
somebody released who may not is a nonconformity: `qmsctl nc log`. A register is closed when all of its cases are
finished.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

from qmsctl.core.cases.case import Case
from qmsctl.core.cases.contradictions import Judge
from qmsctl.core.cases.register import Month, data_path, ids_in, month_of, registers, table_of
from qmsctl.core.cases.table import Fault
from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.core.office.period_words import period_words
from qmsctl.core.text.characters import fold
from qmsctl.mend import HOLE, Hole, Mend, advice, command
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("7.5.1", "7.5.3", "8.2.4"), "iso9001-2015": ("8.5.1", "8.5.2", "8.6")}

_MOST = 20
_NAMED = 5


def check(library: Library) -> Iterator[Problem]:
    """Every register that is not frozen."""
    first: dict[tuple[str, str], Item] = {}
    seen: dict[tuple[str, str], Item] = {}
    frozen: dict[tuple[str, str], Item] | None = None
    for register in registers(library):
        procedure, month = register.text("procedure") or "", register.text("month") or ""
        other = first.setdefault((procedure, month), register)
        if library.is_exempt(register):
            continue
        found = month_of(register)
        if found is None:
            message = _("got “{text}”; expected a month such as 2026-10", text=month)
            yield Problem(register.path, register.line("month"), message, mend_field(library, register, "month"))
        elif other is not register:
            message = _("{other} is the register of {procedure} for {month} already", other=other.id, procedure=procedure, month=period_words(month))
            yield Problem(register.path, register.line("month"), message, advice(_("keep one of the two; both name their cases in “data”")))
        else:
            frozen = _of_frozen(library) if frozen is None else frozen
            yield from _cases(register, found, library, seen, frozen)


def _of_frozen(library: Library) -> dict[tuple[str, str], Item]:
    """Where each case of the frozen registers stands: those of procedures alone that have one that is judged."""
    judged = {each.text("procedure") for each in registers(library) if not library.is_exempt(each)}
    kept = (each for each in registers(library) if library.is_exempt(each) and each.text("procedure") in judged)
    return {(each.text("procedure") or "", fold(case)): each for each in kept for case in ids_in(each, library)}


def _cases(register: Item, month: Month, library: Library, seen: dict[tuple[str, str], Item], frozen: Mapping[tuple[str, str], Item]) -> Iterator[Problem]:
    """What is wrong with the data file; the first faults stand for all."""
    path, table, procedure = data_path(register), table_of(register, library), register.text("procedure") or ""
    if path is None or table is None:
        return
    mend = command("cases import", procedure, str(month), Hole("file")).in_order_to(_("correct the list and take it in again"))
    faults = [*table.faults, *Judge(library, procedure, month).contradictions(table.cases)]
    faults += _elsewhere(table.cases, procedure, register, seen)
    twice = ((case, frozen[at]) for case in table.cases if (at := (procedure, case.key)) in frozen)
    for case, other in islice(twice, _MOST):
        yield Problem(path, case.line, _also_in(case, other), mend, stricter=Stricter(month.last))
    for fault in faults[:_MOST]:
        yield Problem(path, fault.line, fault.message, mend)
    if len(faults) > _MOST:
        yield Problem(path, 0, _("and {count} more faults in this file", count=len(faults) - _MOST), mend)
    left = [case.id for case in table.cases if case.finished is None]
    if library.is_closed(register) and left:
        yield Problem(register.path, register.line("status"), _still_open(left), _not_yet(register))


def _elsewhere(cases: tuple[Case, ...], procedure: str, register: Item, seen: dict[tuple[str, str], Item]) -> Iterator[Fault]:
    """Cases that an earlier register of the procedure has."""
    for case in cases:
        other = seen.setdefault((procedure, case.key), register)
        if other is not register:
            yield Fault(case.line, _also_in(case, other))


def _also_in(case: Case, other: Item) -> Message:
    return _("case {case} is in {other} as well", case=case.id, other=other.id)


def _still_open(left: list[str]) -> Message:
    named = (*islice(left, _NAMED), *(["…"] if len(left) > _NAMED else []))
    return _("it is closed, and {count} of its cases are not finished: {cases}", count=len(left), cases=named)


def _not_yet(register: Item) -> Mend:
    return command("reopen", register.id, reason=HOLE).then(advice(_("close it when all are finished")))
