"""A file of a dossier was deleted after it had been accepted.

## Why
A sign-off that somebody has given cannot be made undone by deleting it, nor can the text it was given on
(ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). Even a submission that was returned stays: it is the trace of
how the text came about. A whole dossier that is gone leaves nothing that could be asked for, so only the
comparison with what was accepted before shows it.

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
```gone signoffs/CSCL/1-68ffcd08/approve.binh.md
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
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 2
change: Thêm cam kết về thời hạn
owner: lan
---
```

## Mend
Bring the file back: `git checkout origin/main -- FILE`. A document that is no longer wanted is taken out of
force with `qmsctl withdraw ID --comment "…"`, a closed record brought back with `qmsctl reopen ID --reason "…"`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.proof.since_base import base_name, dossier_files
from qmsctl.mend import take_back
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every file of a dossier that stood at the base and is there no more."""
    for path, _home in dossier_files(library):
        if path not in library.files:
            yield Problem(
                path,
                0,
                _("{path} was signed and accepted, and has been deleted since", path=path),
                take_back(path, since=base_name(library)),
            )
