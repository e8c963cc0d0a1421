"""The signature beside a sign-off does not fit it.

## Why
A signature is made over every byte of the sign-off file. If one letter of it is changed afterwards, or the
signature is taken from another sign-off, the two do not fit any more, and nobody can say what was signed
(ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3). A signature made for another purpose, a commit or a mail, is
none of a sign-off either: what `qmsctl` signs says that it is for `qmsctl`.

## Bad
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01}]}
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
approve binh director 2026-01-06T08:00:00+07:00 key=binh/git
```

## Good
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01}]}
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

## Mend
Put both files back as they were signed: `git log -- signoffs/CSCL` shows when they were changed. A sign-off
is never edited. If they cannot be found, the person signs again: `qmsctl approve CSCL --again --sign`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_with_key
from qmsctl.core.proof.attestation import invalid
from qmsctl.core.proof.filing import signoff_at
from qmsctl.core.sight import Sight
from qmsctl.mend import advice, git
from qmsctl.message import _

SEVERITY = Severity.ERROR
TAKEN_UP = True
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3",)}


def check(library: Library) -> Iterator[Problem]:
    """Every signature beside the file of a sign-off, whatever that file says."""
    for item in library.signoff_items:
        path = f"{item.path}.sig"
        found = library.outside.signature(item.path) if path in library.files else None
        why = invalid(found) if found else None
        if found and why is not None and found.unread:
            yield Problem(path, 0, why, found.unread)
        elif why is not None:
            searched = git("log", "--", item.path).in_order_to(_("to find both files as they were signed"))
            back, place = searched.then(advice(_("put both back"), undoes=True)), signoff_at(item.path, library)
            again = signed_with_key(*place, library) if place else None
            weak = found is not None and found.key is not None and found.key.weakness is not None
            yield Problem(path, 0, why, again if again and weak else back.or_else(again) if again else back)
