"""A note of the witness cannot be read, or the log does not bear it out.

## Why
A note says how many lines the log had and what their root was (`qmsctl checkpoint`). Whoever has a copy of it outside the
house can tell from it alone whether anything that was signed by then was changed, taken out or put in since (ISO 9001:2008,
4.2.4; ISO 9001:2015, 7.5.3.2). So a log that does not fit one of its own notes was changed afterwards.

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
```text witness/log
68ffcd08e29a767dc4fc58e04625bfa66627167ee03069a8baf203651b87136b  signoffs/CSCL/1-68ffcd08/CSCL.md
118d6b2c6d87c6572a154ee04280df7a060ee96050eaa3bc6a6b70a3d5f7fea3  signoffs/CSCL/1-68ffcd08/approve.binh.md
76b084fbbdd23b83476fbff41b35888f73bef8f5ea65292fd96a0e546cc6aa15  signoffs/CSCL/1-68ffcd08/author.lan.md
```
```text witness/2026-02-01-1.note
qmsctl/TA
3
m4ezS4ZhHhbVxSLgUGnoweDh66jzPOBtgI8d6dgVKdQ=
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
```text witness/log
68ffcd08e29a767dc4fc58e04625bfa66627167ee03069a8baf203651b87136b  signoffs/CSCL/1-68ffcd08/CSCL.md
118d6b2c6d87c6572a154ee04280df7a060ee96050eaa3bc6a6b70a3d5f7fea3  signoffs/CSCL/1-68ffcd08/approve.binh.md
76b084fbbdd23b83476fbff41b35888f73bef8f5ea65292fd96a0e546cc6aa15  signoffs/CSCL/1-68ffcd08/author.lan.md
```
```text witness/2026-02-01-1.note
qmsctl/TA
2
m4ezS4ZhHhbVxSLgUGnoweDh66jzPOBtgI8d6dgVKdQ=
```
```text witness/2026-03-01-1.note
qmsctl/TA
3
1TUFWaiOfZ9Vc0FwCwJG2szh7geRy+aAizu94d9GNmg=
```

## Mend
Take log and note back as they were: `git log -- witness` shows who changed them. A note is never mended and never deleted;
where the log is right again, it fits.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.core.source import EntryKind
from qmsctl.core.witness.checkpoints import checkpoint_at, checkpoints, contradicted, note_paths
from qmsctl.core.witness.log import FOLDER
from qmsctl.mend import advice, git, take_back
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every note against the log, and those that the change which is judged took away or altered."""
    for path in note_paths(library):
        found = checkpoint_at(path, library)
        if isinstance(found, Message):
            yield Problem(path, 0, found, git("log", "--", path).in_order_to(_("to see who changed it")).then(advice(_("put it back"), undoes=True)))
    for path, kind in library.files.items():
        if path.startswith(FOLDER) and path.endswith(".note") and kind is not EntryKind.FILE:
            yield Problem(path, 0, _("it is no plain file"), advice(_("take it out"), undoes=True))
    for each, why in contradicted(library, checkpoints(library)):
        yield Problem(each.path, 0, why, git("log", "--", FOLDER).in_order_to(_("to see who changed log or note")).then(advice(_("put it back"), undoes=True)))
    yield from _altered(library)


def _altered(library: Library) -> Iterator[Problem]:
    seen: set[str] = set()
    for base in library.base.libraries if library.base else ():
        for path in note_paths(base):
            if path not in seen and library.outside.sha256(path) != base.outside.sha256(path):
                seen.add(path)
                yield Problem(path, 0, _("the note is not there as it was where this change began"), take_back(path, since=library.base.name if library.base else None, gone=True))
