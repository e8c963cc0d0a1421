"""Something was signed longer ago than the office allows, and no checkpoint has seen it.

## Why
A root that leaves the house proves what was there by then, and nothing of what came later. An office that wants it chooses in
`qms.yaml` within how many days what was signed is seen: `checkpoint_within: 30` (ISO 9001:2008, 4.2.4; ISO 9001:2015,
7.5.3.2).

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}]
approval: [{from: 2025-01-01, type: default, review: [], approve: [director]}]
checkpoint_within: 30
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

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}]
approval: [{from: 2025-01-01, type: default, review: [], approve: [director]}]
checkpoint_within: 30
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
```text witness/log
68ffcd08e29a767dc4fc58e04625bfa66627167ee03069a8baf203651b87136b  signoffs/CSCL/1-68ffcd08/CSCL.md
118d6b2c6d87c6572a154ee04280df7a060ee96050eaa3bc6a6b70a3d5f7fea3  signoffs/CSCL/1-68ffcd08/approve.binh.md
76b084fbbdd23b83476fbff41b35888f73bef8f5ea65292fd96a0e546cc6aa15  signoffs/CSCL/1-68ffcd08/author.lan.md
```
```text witness/2026-02-01-1.note
qmsctl/TA
3
1TUFWaiOfZ9Vc0FwCwJG2szh7geRy+aAizu94d9GNmg=
```

## Mend
Make one: `qmsctl checkpoint --commit`, and have it leave the house: `qmsctl checkpoint letter`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.witness.checkpoints import latest_checkpoint
from qmsctl.core.witness.log import log_of
from qmsctl.mend import command
from qmsctl.message import _

SEVERITY = Severity.WARNING
CALENDAR = True
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """The oldest sign-off that lies after the last note."""
    within = library.config.settings.get("checkpoint_within")
    if within is None:
        return
    latest, log = latest_checkpoint(library), log_of(library)
    size = latest.note.size if latest else 0
    seen = {each.path for each in log.entries[:size] if each is not None}
    days = (
        each.at.astimezone(library.config.zone).date()
        for dossiers in library.dossiers.values() for dossier in dossiers for each in dossier.signoffs if each.path not in seen
    )
    oldest = min(days, default=None)
    if oldest is not None and (library.today - oldest).days > within:
        message = _("what was signed on {day} is in no checkpoint yet; within {days} day(s) it should be", day=oldest, days=within)
        yield Problem(CONFIG_PATH, library.key_line("checkpoint_within"), message, command("checkpoint", commit=True))
