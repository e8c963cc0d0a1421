"""A document was approved before it had been reviewed, where its entry of the approval matrix asks for the review first.

## Why
Whoever approves answers for a text that others have looked through (ISO 9001:2008, 4.2.3 a; ISO 9001:2015, 7.5.2 c).
Where the entry in `qms.yaml` says `order: review-first`, as `qmsctl init` writes it, an approval counts only once all who
review have signed; with `order: any`, or without `order`, they may sign in any order. An office of the first format
is not judged by it.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
time_zone: Asia/Ho_Chi_Minh
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}]
approval: [{from: 2025-01-01, type: default, review: [qmr], order: review-first, approve: [director]}]
format: 2
stricter_from: 2026-01-01
```
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: minh
---
```
```dossier CSCL
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
time_zone: Asia/Ho_Chi_Minh
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}]
approval: [{from: 2025-01-01, type: default, review: [qmr], order: review-first, approve: [director]}]
format: 2
stricter_from: 2026-01-01
```
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: minh
---
```
```dossier CSCL
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-06T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
```

## Mend
Let those who review sign, `qmsctl review CSCL`, and whoever approved sign once more after them: `qmsctl approve CSCL --again`.
The approval that came too early stays beside it as a trace.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import sign_next, signed_anew
from qmsctl.core.proof.filing import line_of
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.round import Round
from qmsctl.mend import Mend
from qmsctl.message import _

SEVERITY = Severity.ERROR
TAKEN_UP = True
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every approval of a round that is not approved, and that came too early to count."""
    for subject in library.subjects:
        for found in library.standing(subject).rounds:
            if found.approved_on is None:
                yield from _early(found, library)


def _early(found: Round, library: Library) -> Iterator[Problem]:
    dossier = found.dossier
    for signoff in dossier.of("approve"):
        if signoff.path in found.early:
            yield Problem(
                signoff.path,
                line_of(signoff, library, "at"),
                _("{name} approved {id}, revision {revision}, before it was reviewed",
                  name=library.people.name(signoff.person), id=dossier.subject, revision=found.revision),
                _way(found, signoff, library),
            )


def _way(found: Round, signoff: SignOff, library: Library) -> Mend:
    """The reviews that are open; where there are none any more, the approval once more."""
    if found.copy is not None and any(place.meaning == "review" for place in found.open_places):
        return sign_next(found.copy, found.open_places, found.dossier, library)
    return signed_anew(signoff, found.dossier).done_by((each, library.people.name(each)) for each in signoff.by)
