"""Two branches have made checkpoints, so that there are two logs.

## Why
There is one order in which files were first seen. Two branches that each put lines at the end of the log and make a note
over them have two orders, and after a merge one of the notes is false, be it outside the house already (ISO 9001:2008, 4.2.4; ISO
9001:2015, 7.5.3.2). So only the branch into which everything is merged makes checkpoints.

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
2
m4ezS4ZhHhbVxSLgUGnoweDh66jzPOBtgI8d6dgVKdQ=
```
```text witness/2026-02-01-2.note
qmsctl/TA
2
1bbPBDl7ZSGcLavJznfb01Ox+4kKnVldS9N2arQXrVI=
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
```text witness/2026-02-01-2.note
qmsctl/TA
2
m4ezS4ZhHhbVxSLgUGnoweDh66jzPOBtgI8d6dgVKdQ=
```

## Mend
Before it is merged: take the folder `witness` as it is on the branch everything is merged into, `git checkout origin/main --
witness`, and make the next checkpoint there. Once both notes have left the house, keep the one that the log bears out, and write to
whoever has the other why it does not hold.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.core.witness.checkpoints import Checkpoint, checkpoints
from qmsctl.core.witness.log import FOLDER
from qmsctl.mend import advice, git
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Notes over as many lines with other roots, and notes of this change and of the branch it is for."""
    first: dict[int, Checkpoint] = {}
    for each in checkpoints(library):
        one = first.setdefault(each.note.size, each)
        if one.note.root != each.note.root:
            message = _("this note and {other} are over {count} line(s) each, with other roots: two branches have made checkpoints",
                        other=one.path, count=each.note.size)
            yield Problem(each.path, 0, message, git("log", "--all", "--", FOLDER).in_order_to(_("to see which branch made which")).then(advice(_("keep the one that the log bears out"), undoes=True)))
    yield from _beside(library)


def _beside(library: Library) -> Iterator[Problem]:
    """Notes that the change brings while the branch it is for has made others."""
    base = library.base
    if base is None or base.tip is None:
        return
    known = {each.path for one in base.libraries for each in checkpoints(one)}
    theirs = [each.path for each in checkpoints(base.tip) if each.path not in known and each.path not in library.files]
    for each in checkpoints(library):
        if theirs and each.path not in known and each.path not in base.tip.files:
            message = _("the branch this change is for has made {other} meanwhile: two branches make checkpoints", other=theirs[-1])
            yield Problem(each.path, 0, message, git("checkout", base.name, "--", FOLDER))
