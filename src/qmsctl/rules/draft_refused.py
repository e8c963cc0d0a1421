"""A draft comes with a change, and the office does not allow it.

## Why
A draft on the common branch leaves the revision in force as it is; but who opens the file itself reads a text that
nobody has approved (ISO 9001:2008, 4.2.3 g; ISO 9001:2015, 7.5.3.2). An office that wants the files there to say
only what is in force sets `drafts: refused` in `qms.yaml`: a draft then stays on its branch until it is approved.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: clerk, title: Công chức}, {id: qmr, title: Đại diện lãnh đạo}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director]}
drafts: refused
```
```base
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

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: clerk, title: Công chức}, {id: qmr, title: Đại diện lãnh đạo}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director]}
drafts: refused
```
```base
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
approve binh director 2026-01-06T08:00:00+07:00
```

## Mend
Have the text approved on this branch: `qmsctl submit ID`, then `qmsctl approve ID`. Or leave it out of the change.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_text
from qmsctl.core.mends.signing_command import on_to_approval
from qmsctl.core.model import Item
from qmsctl.core.signoffs.status_labels import document_status
from qmsctl.mend import Mend
from qmsctl.message import _

SEVERITY = Severity.ERROR
OFFICE = True
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every working text that the change brings and that is not approved."""
    base = library.base
    if base is None or not any(office.config.drafts == "refused" for office in (library, *base.asking)):
        return
    for item in library.documents:
        standing = library.standing(item.id)
        if standing.draft is None or any(item.sha256 == each.sha256 for each in base.items(item.id)):
            continue
        yield Problem(
            item.path,
            item.line("revision"),
            _("revision {revision} of {id} is “{status}”, and qms.yaml allows no drafts on this branch",
              revision=item.revision, id=item.id, status=document_status(standing.working)),
            _mend(item, library),
        )


def _mend(item: Item, library: Library) -> Mend:
    way = on_to_approval(item, library) or mend_text(library, item)
    return way.in_part().in_order_to(_("have it approved before it is merged"))
