"""A sign-off is signed with a key that was not valid that day, or has been revoked.

## Why
A key that is lost or stolen can sign in its owner's name. From the day `people.yaml` says it was `revoked`,
nothing signed with it counts, and nothing that only turns up afterwards either: whoever has the key can write
any date. What was committed before stays good. A key that was merely replaced is ended with `until`; what was
signed while it was valid stays good (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2).

## Bad
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01, revoked: 2026-02-01}]}
  - {id: lan, name: Nguyễn Thị Lan, email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}]}
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
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00 key=binh
```
```committed 2026-03-15
```

## Good
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01, revoked: 2026-02-01}]}
  - {id: lan, name: Nguyễn Thị Lan, email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}]}
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
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00 key=binh
```
```committed 2026-01-07
```

## Mend
Let the person sign again with a key that is valid now, `qmsctl approve CSCL --again --sign`; the old signature
stays beside it as a trace. If the days in `people.yaml` are wrong, correct them there; a key that was only
replaced is ended with `until`, not with `revoked`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_with_key
from qmsctl.core.proof.attestation import Fault, attestation, signature_path
from qmsctl.core.proof.filing import all_dossiers
from qmsctl.core.sight import Sight
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
TAKEN_UP = True
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every key that made a signature, against its days in people.yaml."""
    for dossier in all_dossiers(library):
        for signoff in dossier.signoffs:
            found = attestation(signoff, library)
            if found is not None and found.fault is Fault.EXPIRED and found.why is not None:
                again = signed_with_key(signoff, dossier, library)
                yield Problem(signature_path(signoff), 0, found.why, again.or_else(advice(_("correct the days of the key in people.yaml"))))
