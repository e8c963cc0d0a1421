"""A document has not been reviewed for too long.

## Why
Documents are reviewed from time to time, and updated where the work or the law has changed (ISO
9001:2008, 4.2.3 b; ISO 9001:2015, 7.5.2 c). How often stands in `qms.yaml`, under `review_every`. The time runs
from the approval of the revision in force, or from the last periodic review that kept it; `review_by` in
the text can only shorten it. For an external document it runs from `checked`, the day somebody last saw
that it is still in force.

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
author minh 2025-05-05T08:00:00+07:00
review lan qmr 2025-05-06T08:00:00+07:00
approve binh director 2025-05-31T08:00:00+07:00
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
author minh 2025-05-05T08:00:00+07:00
review lan qmr 2025-05-06T08:00:00+07:00
approve binh director 2025-06-01T08:00:00+07:00
```

## Mend
The owner reads it against the work as it is done. Is it still right? Record that with `qmsctl new
periodic-review --title "…" --set document=QT-07 --set verdict=keep` and finish the record. Is it not? `qmsctl revise
QT-07 --change "…"`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.duties.review_due import REVIEW_TYPE, ReviewDue, kept, review_of
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.core.sight import Sight
from qmsctl.mend import HOLE, Assignment, advice, command
from qmsctl.message import _

SEVERITY = Severity.WARNING
CALENDAR = True
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every document in force, and every external document that is still in force itself."""
    kept_on = kept(library)
    for subject in library.subjects:
        found = review_of(library, subject, kept_on)
        if found:
            yield from _overdue(*found, library)


def _overdue(item: Item, found: ReviewDue, library: Library) -> Iterator[Problem]:
    if found.due >= library.today:
        return
    days = (library.today - found.due).days
    if found.field == "checked":
        message = _("{id} was last checked on {last}; the next check was due on {due} (days late: {days})",
                    id=item.id, last=found.last, due=found.due, days=days)
        mend = advice(_("see whether it is still in force")).then(mend_field(library, item, "checked"))
    else:
        message = _("{id} was last approved or reviewed on {last}; its review was due on {due} (days late: {days})",
                    id=item.id, last=found.last, due=found.due, days=days)
        reviewed = command("new", REVIEW_TYPE, title=HOLE, sets=[Assignment("document", item.id), Assignment("verdict", HOLE)])
        mend = reviewed.or_else(command("revise", item.id, change=HOLE))
    yield Problem(item.path, item.line(found.field), message, mend)

