"""The working text has an older revision than the one in force.

## Why
Whoever opens the file reads an outdated text, and the next change would start from it
(ISO 9001:2008, 4.2.3 g; ISO 9001:2015, 7.5.3.2 c). Mostly a merge has taken the older side, or a file
was copied back from an old folder.

## Bad
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng của phường
revision: 2
owner: lan
---
```
```dossier CSCL
author lan 2026-03-05T08:00:00+07:00
approve binh director 2026-03-06T08:00:00+07:00
```
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```

## Good
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng của phường
revision: 2
owner: lan
---
```
```dossier CSCL
author lan 2026-03-05T08:00:00+07:00
approve binh director 2026-03-06T08:00:00+07:00
```

## Mend
Put the approved text back: copy it from its dossier over the file. If the older text is wanted again,
raise the revision first and have it approved as a new one.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.mend import take_back
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """The revision of each working text against the highest approved one."""
    for item in library.documents:
        approved = library.standing(item.id).approved if item.id in library.dossiers else ()
        highest = max(approved, key=lambda each: each.revision, default=None)
        if highest is None or item.revision is None or item.revision >= highest.revision:
            continue
        yield Problem(
            item.path,
            item.line("revision"),
            _("the text is revision {revision}, but revision {highest} of {id} is approved",
              revision=item.revision, highest=highest.revision, id=item.id),
            take_back(item.path, copy=highest.dossier.copy_path),
        )
