"""Paper copies of a revision that is not in force any more are still out.

## Why
Nobody may go on working by an outdated copy (ISO 9001:2008, 4.2.3 g; ISO 9001:2015, 7.5.3.2 c). Numbered
copies are given out with a record of the type `distribution`; while it is in the state `issued` the copies
are with their holder. From the day a later revision takes effect, or the document is withdrawn, they are to
be taken back.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-06T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
withdraw binh director 2026-05-20T08:00:00+07:00
```
```md records/distributions/PP-2026-001.md
---
id: PP-2026-001
type: distribution
title: QT-07 cho Bộ phận Hộ tịch
status: issued
document: QT-07
revision: 1
unit: ho-tich
copies: [2, 3]
date: 2026-01-12
received_by: minh
owner: hoa
---
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-06T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
withdraw binh director 2026-05-20T08:00:00+07:00
```
```md records/distributions/PP-2026-001.md
---
id: PP-2026-001
type: distribution
title: QT-07 cho Bộ phận Hộ tịch
status: retrieved
document: QT-07
revision: 1
unit: ho-tich
copies: [2, 3]
date: 2026-01-12
received_by: minh
owner: hoa
retrieved: 2026-05-20
---
```

## Mend
Take the copies back, destroy them or stamp them as out of force, and write it down: `qmsctl advance
PP-2026-001 retrieved --set retrieved=2026-05-21`. A copy that cannot be found: `qmsctl advance PP-2026-001
lost --set reason="…"`. The copies of the new revision are another record: `qmsctl new distribution`.
"""

from collections.abc import Iterator

from qmsctl.core.comparison.chronicle import chapters
from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.distribution import OUT, TYPE, held_by
from qmsctl.mend import Assignment, Mend, advice, command
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
CALENDAR = True
OFFICE = True
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every record of copies that are out, against what became of their revision."""
    for record in library.by_type.get(TYPE, ()):
        document, revision = record.text("document"), record.revision
        if record.status != OUT or document is None or revision is None:
            continue
        found = [each for each in chapters(library, document) if each.round.revision == revision]
        status = next((each.status for each in found if each.status in ("superseded", "withdrawn")), None)
        if status:
            yield Problem(record.path, record.line("revision"), _message(library, record, status), _mend(library, record))


def _message(library: Library, record: Item, status: str) -> Message:
    given = {
        "copies": record.texts("copies"), "revision": record.revision, "document": record.text("document"),
        "holder": held_by(library, record),
    }
    if status == "withdrawn":
        return _("the copies {copies} of revision {revision} of {document} are still with {holder}, though it was withdrawn", **given)
    return _("the copies {copies} of revision {revision} of {document} are still with {holder}, though a later revision took its place", **given)


def _mend(library: Library, record: Item) -> Mend:
    sets = [Assignment("retrieved", library.today.isoformat())]
    return advice(_("take them back")).then(command("advance", record.id, "retrieved", sets=sets))
