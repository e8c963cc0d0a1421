"""A file stands where qmsctl keeps its own lock and journal.

## Why
In a copy without git, qmsctl keeps its lock and the journal of a change it has begun in `.qms/state/`.
A file that a commit or a zip puts there would steer the tool: a link as the lock leads to another file,
a journal names files to be written. Nothing there is of the system, and whatever lies there was never
looked at by anybody (ISO 9001:2008, 4.2.3; ISO 9001:2015, 7.5.3.2). The names count that some file
systems take for the same, such as `.QMS/State`.

## Bad
```files
.qms/state/journal
```

## Good
```files
.qms/types/visit/state/notes.txt
```

## Mend
Take it out. qmsctl makes what it needs by itself, and keeps it out of git.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.core.tree import STATE, is_tool_state
from qmsctl.mend import git
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Look for what is tracked, or was handed over, in the folder of the tool's own state."""
    for path in filter(is_tool_state, library.files):
        yield Problem(
            path,
            0,
            _("{folder} is where qmsctl keeps its own lock and journal; nothing there may be tracked or handed on", folder=f"{STATE}/"),
            git("rm", "-r", "--force", path).in_order_to(_("Take it out")),
        )
