"""An auditor belongs to the unit that is audited; a reason is given, and the report should say so too.

## Why
Audits have to be impartial (ISO 9001:2008, 8.2.2; ISO 9001:2015, 9.2.2 c). A small office cannot always send
somebody from elsewhere: with a reason in `own_unit_reason` a colleague may audit the unit, though never the own
work. Whoever reads the results has to know it, so it stays visible until the audit is closed. Without a reason
the gate of the audit keeps it from being announced. Who belongs where is looked up in `people.yaml` as it is, and in
a change that brings or alters the audit as it was before, too.

## Bad
```md records/audits/DG-2026-01.md
---
id: DG-2026-01
type: audit
title: Đánh giá Bộ phận Hộ tịch
status: planned
kind: internal
date: 2026-06-20
units: [ho-tich]
lead: minh
own_unit_reason: Chỉ có một đánh giá viên đã qua đào tạo
---
```

## Good
```md records/audits/DG-2026-01.md
---
id: DG-2026-01
type: audit
title: Đánh giá Bộ phận Hộ tịch
status: planned
kind: internal
date: 2026-06-20
units: [ho-tich]
lead: hung
---
```

## Mend
Where there is somebody else, name that person: `qmsctl set DG-2026-01 lead=hung`, and take the reason out: `qmsctl set
DG-2026-01 own_unit_reason=`. Else leave it: it is a warning, and the report of the audit shows the reason.
"""

from collections.abc import Iterator
from functools import partial

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.core.proof.by_base import by_both
from qmsctl.core.records.finding import AUDIT
from qmsctl.message import _

SEVERITY = Severity.WARNING
CLAUSES = {"iso9001-2008": ("8.2.2",), "iso9001-2015": ("9.2.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every audit that is not over and gives a reason for auditors of the unit itself."""
    for audit in library.by_type.get(AUDIT, ()):
        if audit.has("own_unit_reason") and not library.is_closed(audit):
            yield from by_both(audit, library, partial(_problems, audit))


def _problems(audit: Item, library: Library) -> Iterator[Problem]:
    for field in ("lead", "auditors"):
        for name in audit.texts(field):
            entry = library.by_id.get(name)
            person = library.people.get((entry.text("person") if entry else None) or name)
            audited = [each for each in person.units_on(library.today) if each in audit.texts("units")] if person else []
            unit = library.config.unit(audited[0]) if audited else None
            if person and unit:
                message = _("{name} audits the own unit, “{unit}”; the reason given: {reason}",
                            name=person.name, unit=unit.name, reason=audit.text("own_unit_reason"))
                yield Problem(audit.path, audit.line(field), message, mend_field(library, audit, field))
