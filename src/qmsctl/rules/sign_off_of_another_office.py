"""A sign-off was given in another office, or does not say in which.

## Why
The same person with the same key may sign in two offices, in a copy of the system for training, or in one that was
merged since. What was signed there says nothing about the documents here, be they the same to the byte (ISO 9001:2008,
4.2.3 a and 4.2.4; ISO 9001:2015, 7.5.2 c and 7.5.3.2). So from `format: 2` on every sign-off names the organization by its
code (`office`), among the bytes that are signed. The code of an office that was merged or renamed stays under `former`
in `qms.yaml`, and holds for what was signed until its last day.

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
author lan 2026-01-05T08:00:00+07:00 office=TA-TAPHUAN
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: UBND-TA, former: [{code: TA, until: 2026-01-31}]}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director]}
```
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
author lan 2026-01-05T08:00:00+07:00 office=TA
approve binh director 2026-02-02T08:00:00+07:00 office=UBND-TA
```

## Mend
Sign again here, `qmsctl approve ID --again`; the other one stays beside it as a trace. Where both are one office, name the
code of before under `former` of the `organization` in `qms.yaml`, with its last day.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import way_to_sign_again
from qmsctl.core.proof.filing import all_dossiers, line_of
from qmsctl.core.proof.worth import without_office
from qmsctl.core.sight import Sight
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
TAKEN_UP = True
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """The office of every sign-off; one that is older than the criteria which ask for it may be without."""
    for dossier in all_dossiers(library):
        for signoff in dossier.signoffs:
            if signoff.is_foreign or without_office(signoff, library):
                line = line_of(signoff, library, "office", "meaning")
                yield Problem(signoff.path, line, _said(signoff, library), way_to_sign_again(signoff, dossier, library))


def _said(signoff: SignOff, library: Library) -> Message:
    name, own = library.people.name(signoff.person), library.config.code
    if not signoff.office:
        return _("the sign-off of {name} does not name the office; “office: {code}” is expected", name=name, code=own or "?")
    ended = max((each.until for each in library.config.former if each.code == signoff.office and each.until), default=None)
    if ended:
        return _("{name} signed as {office}, which was the code of this office until {day}", name=name, office=signoff.office, day=ended)
    return _("{name} signed this in the office {office}; this one is {code}", name=name, office=signoff.office, code=own)
