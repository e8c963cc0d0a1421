"""A finding that is a nonconformity has not been logged as one, or as a lighter one than the auditor found.

## Why
An auditor writes down that a requirement is not met; the unit corrects it without undue delay and removes the
cause (ISO 9001:2008, 8.2.2; ISO 9001:2015, 9.2.2 e). That happens in the nonconformity: its cause, its actions
and their effect. A finding without one is forgotten after the closing meeting, and one that was graver than
its nonconformity escapes the corrective action a major nonconformity needs.

## Bad
```md records/findings/PH-2026-001.md
---
id: PH-2026-001
type: finding
title: Sổ theo dõi thiếu giờ trả kết quả
status: open
owner: minh
kind: minor
---
```

## Good
```md records/findings/PH-2026-001.md
---
id: PH-2026-001
type: finding
title: Sổ theo dõi thiếu giờ trả kết quả
status: open
owner: minh
kind: minor
---
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Sổ theo dõi thiếu giờ trả kết quả
status: reported
severity: minor
of: [PH-2026-001]
---
```

## Mend
`qmsctl nc log --from-finding PH-2026-001` logs it with all that the finding says. One that has been logged already is
named: `qmsctl set NC-2026-001 of+=PH-2026-001`. If the auditor takes the finding back, `qmsctl advance PH-2026-001
cancelled --set reason="…"`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.core.records.finding import SEVERITIES, logged_from
from qmsctl.mend import command
from qmsctl.message import _

SEVERITY = Severity.WARNING
CLAUSES = {"iso9001-2008": ("8.2.2", "8.5.2"), "iso9001-2015": ("9.2.2", "10.2.1")}


def check(library: Library) -> Iterator[Problem]:
    """Every finding that is a nonconformity and still open."""
    for finding in library.by_type.get("finding", ()):
        if finding.text("kind") in SEVERITIES and not library.is_closed(finding):
            yield from _problems(finding, library)


def _problems(finding: Item, library: Library) -> Iterator[Problem]:
    logged = tuple(logged_from(library, finding.id))
    kind = finding.text("kind")
    label = finding.value_label("kind")
    if not logged:
        message = _("{id} is a {kind}, and no nonconformity arises from it", id=finding.id, kind=label)
        yield Problem(finding.path, finding.line("kind"), message, command("nc log", from_finding=finding.id))
    for record in logged:
        severity = record.text("severity")
        if kind == SEVERITIES[-1] and severity in SEVERITIES[:-1] and not library.is_closed(record):
            yield Problem(
                record.path,
                record.line("severity"),
                _("{id} is “{severity}”, but the finding {finding} it arises from is a {kind}",
                  id=record.id, severity=record.value_label("severity"), finding=finding.id, kind=label),
                mend_field(library, record, "severity", kind),
            )
