"""The text of an approved revision was changed.

## Why
People work from what was approved. A text that says something else under the same revision number
was reviewed by nobody (ISO 9001:2008, 4.2.3 a and b; ISO 9001:2015, 7.5.2 c). So every change, even
of a comma, comes with a new revision and a new approval.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
effective: 2026-01-12
owner: minh
time_limit: 1d
---
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-06T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
effective: 2026-01-12
owner: minh
time_limit: 2d
---
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
effective: 2026-01-12
owner: minh
time_limit: 1d
---
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-06T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 2
change: Thời hạn giải quyết 2 ngày làm việc
owner: minh
time_limit: 2d
---
```

## Mend
If the change is wanted, `qmsctl revise QT-07 --change "…"` begins the next revision with the text as
it is now; submit it and have it approved. If it is not wanted, put back the approved text from the
dossier that the message names: `cp signoffs/QT-07/1-…/QT-07.md documents/procedures/QT-07.md`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.round import Round
from qmsctl.mend import HOLE, Mend, command, take_back
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every working text whose revision is approved with other bytes."""
    for item in library.documents:
        standing = library.standing(item.id)
        if standing.working != "changed" or library.by_id[item.id] is not item or item.revision is None:
            continue
        approved = standing.revision(item.revision)
        if approved is None:
            continue
        yield Problem(
            item.path,
            item.line("revision"),
            _(
                "revision {revision} was approved on {day}, but the text here differs from the approved copy {copy}",
                revision=item.revision,
                day=approved.approved_on,
                copy=approved.dossier.copy_path,
            ),
            _mend(item, approved),
        )


def _mend(item: Item, approved: Round) -> Mend:
    revised = command("revise", item.id, change=HOLE).in_order_to(_("to begin the next revision"))
    return revised.or_else(take_back(item.path, copy=approved.dossier.copy_path))
