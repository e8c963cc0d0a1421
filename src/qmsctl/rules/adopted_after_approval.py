"""A text was adopted from paper, though the document had been approved before.

## Why
Adopting takes in what was approved on paper before there was a system. From then on revisions are
drafted, reviewed and approved here (ISO 9001:2008, 4.2.3; ISO 9001:2015, 7.5.2); a later adoption would
pass by the reviewer and the approver. It counts for nothing.

From format 2 on there is one exception: where one person holds all the roles that the document needs, separate signatures
would be a show. That person brings every revision in on the signed paper, with its file.

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
adopt binh director 2026-03-06T08:00:00+07:00 basis={"number":"12/QD","date":"2026-03-05"}
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
adopt binh director 2026-03-06T08:00:00+07:00 basis={"number":"12/QD","date":"2026-03-05"}
```

## Mend
Take the adoption out and submit the text: `qmsctl submit ID`. A decision on paper may be named when it
is approved, with `--basis` and `--basis-file`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.proof.filing import line_of
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.one_person import adopts_alone
from qmsctl.mend import advice, command
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every adoption against the first approval of its document."""
    for subject, dossiers in library.dossiers.items():
        adoptions = [(dossier, signoff) for dossier in dossiers for signoff in dossier.of("adopt")]
        approved = library.standing(subject).approved if adoptions else ()
        first = min((each.dossier.signoffs[0].at for each in approved), default=library.now)
        for dossier, signoff in adoptions:
            if dossier.signoffs[0].at > first and not _is_alone(signoff, dossier, library):
                yield Problem(
                    signoff.path,
                    line_of(signoff, library, "meaning"),
                    _("{id} was approved before; only its first approval can be taken over from paper", id=subject),
                    advice(_("take {path} out", path=signoff.path), undoes=True).then(command("submit", subject)),
                )


def _is_alone(signoff: SignOff, dossier: Dossier, library: Library) -> bool:
    """True where one person holds all the roles, and did so before the change that brings the adoption."""

    def alone(office: Library) -> bool:
        return adopts_alone(signoff, dossier.type_name, office.config, office.people)

    base = library.base
    return alone(library) and (base is None or base.holds(signoff.path, library) or base.granted(alone))
