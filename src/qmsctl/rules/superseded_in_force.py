"""A document has been superseded, and is in force all the same.

## Why
Where the text that takes the place of another is in force and the other one too, nobody can tell which is to be followed
(ISO 9001:2008, 4.2.3 d and g; ISO 9001:2015, 7.5.3.1 a and 7.5.3.2). `supersedes` says what goes; it takes nothing out of
force by itself, since who approves the new text may have no say over the old one. The old one is withdrawn, by those who may, from
the day on which the new one takes effect.

## Bad
Stricter from: 2026-01-01
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Tiếp nhận hồ sơ
revision: 1
---
```
```dossier HD-01
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
```md documents/instructions/HD-02.md
---
id: HD-02
type: instruction
title: Tiếp nhận hồ sơ tại một cửa
revision: 1
supersedes: [HD-01]
---
```
```dossier HD-02
author minh 2026-04-05T08:00:00+07:00
approve binh director 2026-04-06T08:00:00+07:00
```

## Good
Stricter from: 2026-01-01
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Tiếp nhận hồ sơ
revision: 1
---
```
```dossier HD-01
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
withdraw binh director 2026-04-06T07:00:00+07:00
```
```md documents/instructions/HD-02.md
---
id: HD-02
type: instruction
title: Tiếp nhận hồ sơ tại một cửa
revision: 1
supersedes: [HD-01]
---
```
```dossier HD-02
author minh 2026-04-05T08:00:00+07:00
approve binh director 2026-04-06T08:00:00+07:00
```

## Mend
Withdraw the old document: `qmsctl withdraw HD-01 --effective 2026-04-06 -m "…"`. If it is to stay, take it out of `supersedes`
in a new revision.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.records.succession import successions
from qmsctl.core.sight import Sight
from qmsctl.mend import HOLE, command
from qmsctl.message import _

SEVERITY = Severity.ERROR
OFFICE = True
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3.1", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every document that a text in force takes the place of, and that is in force as well."""
    for found in successions(library):
        if library.standing(found.replaced).in_force is not None:
            working = library.by_id.get(found.text.id) or found.text
            yield Problem(
                working.path,
                working.line(found.field.name),
                _("{id}, in force since {day}, supersedes {other}, and {other} is still in force",
                  id=found.text.id, day=found.since, other=found.replaced),
                command("withdraw", found.replaced, comment=HOLE),
                stricter=Stricter(found.since),
            )
