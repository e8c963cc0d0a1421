"""Git's index is behind the last commit, so that the next commit would take a change back.

## Why
What `git commit` saves is not what lies on the disk but what is staged in the index. Where a command was killed
between its commit and the index, or somebody has put an older state back there, the files are as they were
committed and look untouched; yet the next plain `git commit` would undo the last one without a word, and with it
sign-offs that were given (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). The next command of qmsctl that writes
brings the index up where a command of its own was killed.

## Bad
```md documents/forms/BM-01.01.md
---
id: BM-01.01
type: form
title: Sổ theo dõi
revision: 1
owner: clerk
---
```
```behind
documents/forms/BM-01.01.md
```

## Good
```md documents/forms/BM-01.01.md
---
id: BM-01.01
type: form
title: Sổ theo dõi
revision: 1
owner: clerk
---
```

## Mend
Bring the index up to the last commit at these paths: `git reset -- PATH`. No file is changed by it. Where you
have staged the older state on purpose, take it to the disk as well.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.mend import git
from qmsctl.message import _

SEVERITY = Severity.WARNING
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every file of the system that is as in the last commit, and not so in the index. No edit brings that."""
    for path in library.outside.index_behind() if library.before is None else ():
        yield Problem(
            path,
            0,
            _("git's index is behind the last commit here: the next plain commit would take that change back"),
            git("reset", "--quiet", "--", path).in_order_to(_("bring the index up; no file is changed")),
        )
