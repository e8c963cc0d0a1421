"""A text that was submitted or returned here was adopted on a paper that is no answer to that.

## Why
Adopting is for what had been approved before there was a system. Where a text has been submitted here, and perhaps returned
for good reasons, an older paper says nothing about it: that would be a way past the reviewer (ISO 9001:2008, 4.2.3 a; ISO
9001:2015, 7.5.2 c). It may still be approved on paper: by somebody who may approve it, not before the day of the submission,
and of a returned text after the day of the return.

## Bad
Stricter from: 2026-01-01
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
adopt binh director 2026-01-07T08:00:00+07:00 basis={"number":"86/QD","date":"2025-09-15","file":"attachments/a.pdf","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
```

## Good
Stricter from: 2026-01-01
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
adopt binh director 2026-01-08T08:00:00+07:00 basis={"number":"2/QD","date":"2026-01-07","file":"attachments/a.pdf","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
```

## Mend
Have the text approved here. Or have it signed on paper now, by somebody who may approve it, and adopt it with that:
`qmsctl adopt CSCL --again --approved-by binh --basis 2/QD --basis-date 2026-01-07 --basis-file 2-QD.pdf`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_anew
from qmsctl.core.proof.filing import all_dossiers, line_of, meaning_of
from qmsctl.core.proof.holders import role_titles
from qmsctl.core.proof.paper import approver_held, approving_roles, is_older, treated_here
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of
from qmsctl.mend import HOLE
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
TAKEN_UP = True
IGNORABLE = False
OFFICE = True
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every adoption against what became of the text here before it."""
    for dossier in all_dossiers(library):
        for signoff in dossier.of("adopt"):
            message = _fault(signoff, dossier, library)
            if message is not None:
                again = signed_anew(signoff, dossier, approved_by=HOLE, basis=HOLE, basis_date=HOLE, basis_file=HOLE)
                yield Problem(
                    signoff.path, line_of(signoff, library, "basis"), message, again,
                    stricter=Stricter(day_of(signoff, library.config)),
                )


def _fault(signoff: SignOff, dossier: Dossier, library: Library) -> Message | None:
    treated = treated_here(signoff, dossier, library)
    decided = signoff.basis.date if signoff.basis else None
    if treated is None or decided is None:
        return None
    words = {
        "id": dossier.subject, "meaning": meaning_of(treated, library),
        "name": library.people.name(treated.person), "day": day_of(treated, library.config),
    }
    if is_older(decided, treated, library):
        return _("{id} was “{meaning}” here by {name} on {day}; the paper of {decided} says nothing of that", decided=decided, **words)
    if not approver_held(signoff, dossier, library):
        roles = role_titles(approving_roles(signoff, dossier, library), library)
        return _("{id} was “{meaning}” here by {name} on {day}; its paper has to be approved by one of these roles: {roles}", roles=roles, **words)
    return None
