"""A change of the configuration undoes an approval that had been accepted.

## Why
What was approved was judged by the approval matrix of its day, and stays so (ISO 9001:2008, 4.2.3; ISO
9001:2015, 7.5.3.2). A matrix entry that is altered afterwards, or put in with a day long past, turns a text in
force into a draft: it could then be changed without a new revision. So entries of `qms.yaml` are followed by new
ones with a later `from`, never rewritten.

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
```base
```
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}]
approval:
  - {from: 2025-01-01, type: default, review: [qmr], approve: [director]}
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
```base
```
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director]}
  - {from: 2026-06-01, type: default, review: [qmr], approve: [director]}
```

## Mend
Put the entry of `approval` back as it was and add the new one below it, with the day from which it is to hold.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import Dossier
from qmsctl.core.library import Library
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.signoffs.round import read_round
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
OFFICE = True
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every approval of the base once more, with the approval matrix as it is now."""
    if library.base is None or all(home.config is library.config for home in library.base.offices):
        return
    for home, dossier in library.base.dossiers():
        if home.config is not library.config and home in library.base.offices and _undone(dossier, home, library):
            yield Problem(
                CONFIG_PATH,
                library.key_line("approval"),
                _("revision {revision} of {id} had been approved; by the matrix as this change makes it, it would not be",
                  revision=dossier.revision, id=dossier.subject),
                advice(_("leave the earlier entries of “approval” as they were, and add one with a later “from”")),
            )


def _undone(dossier: Dossier, home: Library, library: Library) -> bool:
    if dossier.revision is None or not dossier.signoffs:
        return False
    then = read_round(dossier, dossier.revision, home.config, home.people)
    return then.approved_on is not None and (
        read_round(dossier, dossier.revision, library.config, home.people).approved_on is None
    )
