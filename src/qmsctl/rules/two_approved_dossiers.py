"""One revision of a document was approved twice, with different texts.

## Why
“QT-07, revision 3” has to mean one text (ISO 9001:2008, 4.2.3 c; ISO 9001:2015, 7.5.3.2 c). Two people
who worked in two branches can each get a text approved under the same number; when the branches come
together, nobody could say which of the two is in force.

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
revision: 1
owner: lan
---
```
```dossier CSCL
author lan 2026-01-07T08:00:00+07:00
approve binh director 2026-01-08T08:00:00+07:00
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
return binh director 2026-01-06T08:00:00+07:00
```
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng của phường
revision: 1
owner: lan
---
```
```dossier CSCL
author lan 2026-01-07T08:00:00+07:00
approve binh director 2026-01-08T08:00:00+07:00
```

## Mend
Keep the text that was issued. In the branch that comes second, take out the folder of its own
approval, raise the revision with `qmsctl revise CSCL --change "…"`, and have that text approved as the
next revision.
"""

from collections.abc import Iterator
from itertools import groupby

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.round import Round
from qmsctl.mend import HOLE, command
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every dossier whose revision an earlier dossier has approved already."""
    for subject, dossiers in library.dossiers.items():
        if len(dossiers) < 2:
            continue
        for _revision, rounds in groupby(library.standing(subject).approved, key=lambda each: each.revision):
            first, *others = rounds
            for other in others:
                yield _twice(first, other)


def _twice(first: Round, other: Round) -> Problem:
    subject = other.dossier.subject
    return Problem(
        other.dossier.copy_path,
        other.copy.line("revision") if other.copy else 0,
        _(
            "revision {revision} of {id} is approved here and in {other}; one revision is one text",
            revision=other.revision,
            id=subject,
            other=first.dossier.folder,
        ),
        command("revise", subject, change=HOLE).in_order_to(
            _("keep the one that was issued; have the other text approved as the next revision")
        ),
    )
