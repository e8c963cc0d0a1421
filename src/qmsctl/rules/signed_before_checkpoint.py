"""A sign-off says that it is older than a checkpoint, which did not have it.

## Why
A checkpoint sees everything that was signed by its day. What says that it was signed long before and is not in it was not
there then: the signer wrote another day, or the file came in late (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). As
many days may lie between as `commit_within` allows, thirty where the office says nothing.

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
76b084fbbdd23b83476fbff41b35888f73bef8f5ea65292fd96a0e546cc6aa15  signoffs/CSCL/1-68ffcd08/author.lan.md
118d6b2c6d87c6572a154ee04280df7a060ee96050eaa3bc6a6b70a3d5f7fea3  signoffs/CSCL/1-68ffcd08/approve.binh.md
```
```text witness/2026-03-01-1.note
qmsctl/TA
2
axZDNNEdWg1qAAs4Ll1oPBdqYA80tDpsWXqQVJuOugk=
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
```text witness/2026-03-01-1.note
qmsctl/TA
3
1TUFWaiOfZ9Vc0FwCwJG2szh7geRy+aAizu94d9GNmg=
```

## Mend
Ask the signer. What was signed on another day is signed once more, today: `qmsctl approve QT-07 --again`. What was signed on
paper then has its paper: `--basis`.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import timedelta

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.proof.lateness import days_allowed
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.witness.checkpoints import Checkpoint, checkpoints
from qmsctl.core.witness.log import Log, log_of
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.WARNING
DRAFTS = False
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every sign-off without a paper against the last checkpoint that had not seen it."""
    notes, log = checkpoints(library), log_of(library)
    spare = timedelta(days=days_allowed(library))
    for dossiers in library.dossiers.values() if notes else ():
        for signoff in (each for dossier in dossiers for each in dossier.signoffs if not each.has_evidence):
            missed = _missed(signoff, notes, log)
            if missed is not None and day_of(signoff, library.config) + spare < missed.day:
                message = _("it says it was signed on {day}, and {note} of {seen} did not have it",
                            day=day_of(signoff, library.config), note=missed.path, seen=missed.day)
                yield Problem(signoff.path, 0, message, advice(_("ask the signer, and have it signed once more where the day is wrong")))


def _missed(signoff: SignOff, notes: tuple[Checkpoint, ...], log: Log) -> Checkpoint | None:
    """The last checkpoint without the sign-off; ``notes`` are in the order in which the log grew."""
    entry = log.by_path.get(signoff.path)
    without = len(notes) if entry is None else bisect_left(notes, entry.number, key=lambda each: each.note.size)
    return notes[without - 1] if without else None
