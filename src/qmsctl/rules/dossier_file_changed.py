"""A file of a dossier was changed after it had been accepted.

## Why
A dossier is what was signed and who signed it. Once it is on the common branch, nobody may write anything
in it again, not even a comment (ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015, 7.5.3.2). Whoever changes a
frozen copy and its digests together leaves nothing wrong to be seen in the files themselves; the comparison
with what was accepted before shows it.

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
approve binh director 2026-01-09T08:00:00+07:00
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
```
```base
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-09T08:00:00+07:00
```

## Mend
Put the file back as it was: `git checkout origin/main -- FILE`. A text that is to say something else gets a
new revision and new sign-offs; a wrong sign-off is followed by another one, never overwritten.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.proof.since_base import base_name, dossier_files, same_text
from qmsctl.mend import take_back
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every file of a dossier that stood at the base, against what it is now."""
    for path, home in dossier_files(library):
        if path in library.files and not same_text(path, home, library):
            yield Problem(
                path,
                0,
                _("{path} belongs to what was signed and accepted, and has been changed since", path=path.rpartition("/")[2]),
                take_back(path, since=base_name(library)),
            )
