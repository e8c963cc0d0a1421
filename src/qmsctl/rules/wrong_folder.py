"""A file lies in another top folder than its type belongs to.

## Why
Documents, records and sign-offs are kept apart: documents are revised, records are not
(ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015, 7.5.3.2). A file in the wrong place escapes the
people and the registers that look for it. Within the top folder any order of subfolders will do.

## Bad
```md records/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---
```

## Good
```md documents/one-stop-shop/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---
```

## Mend
Move the file with ``git mv``. Links and sign-offs follow: they go by the id.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.moving import moved
from qmsctl.core.sight import Sight
from qmsctl.message import _

SEVERITY = Severity.ERROR
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Compare the first folder of each path with that of the type."""
    for item in (*library.items, *library.signoff_items):
        top = item.type.top_folder
        if item.path.startswith(f"{top}/"):
            continue
        yield Problem(
            item.path,
            item.line("type"),
            _("a file of the type “{type}” lies below {top}/, not below {found}/",
              type=item.type.label, top=top, found=item.path.partition("/")[0]),
            moved(item, library),
        )
