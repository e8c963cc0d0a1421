"""A document was approved later than the day on which it says it takes effect.

## Why
Nobody can be bound by a text before it is approved (ISO 9001:2008, 4.2.3 a; ISO 9001:2015, 7.5.2 c). So a
late signature moves the beginning to the day of the signature, and the date printed in the text is not
the true one. This is a warning: the approval is good, the date is not.

## Bad
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
effective: 2026-01-05
owner: lan
---
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-12T08:00:00+07:00
```

## Good
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
effective: 2026-01-12
owner: lan
---
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-12T08:00:00+07:00
```

## Mend
An approver who knows that he is late names the day himself, `qmsctl approve CSCL --effective
2026-01-12`, and nothing is reported. Otherwise give the next revision the right date; until then the
registers show the day of the approval.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.round import Round
from qmsctl.mend import HOLE, command
from qmsctl.message import _

SEVERITY = Severity.WARNING
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """The revision in force, or the one to come, of every document."""
    for subject in library.subjects:
        standing = library.standing(subject)
        for found in (standing.in_force, standing.coming):
            problem = _late(found, library) if found else None
            if problem:
                yield problem


def _late(found: Round, library: Library) -> Problem | None:
    own = found.copy.day("effective") if found.copy else None
    if found.copy is None or own is None or found.effective_on is None or found.approved_on is None or own >= found.approved_on:
        return None
    if any(signoff.effective and signoff.effective >= found.approved_on for signoff in found.approvals):
        return None
    working = library.by_id.get(found.copy.id)
    shown = working if working and working.sha256 == found.copy.sha256 else found.copy
    return Problem(
        shown.path,
        shown.line("effective"),
        _(
            "revision {revision} says it is effective from {own}, but it was approved on {approved} and takes effect on {day}",
            revision=found.revision,
            own=own,
            approved=found.approved_on,
            day=found.effective_on,
        ),
        command("approve", found.copy.id, effective=HOLE).in_order_to(_("next time")),
    )
