"""A controlled folder holds something that is not a plain file.

## Why
A symbolic link, a submodule or a device shows content that lies elsewhere and changes without a
trace. What is controlled has to be the file itself (ISO 9001:2008, 4.2.3; ISO 9001:2015, 7.5.3.2),
so qmsctl neither follows nor reads such an entry.

## Bad
```special
symlink documents/procedures/QT-07.md
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---
```

## Mend
Remove the entry and put a copy of the file in its place. To name a document that lies in another
folder, link to it: a link finds a document by its id.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.reading import CONFIG_PATHS, CONTROLLED_FOLDERS
from qmsctl.core.sight import Sight
from qmsctl.core.source import EntryKind
from qmsctl.core.tree import is_tool_state
from qmsctl.mend import Hole, advice, git
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.2",)}

_WATCHED = frozenset((*CONTROLLED_FOLDERS, *CONFIG_PATHS, "attachments", ".qms"))
_MESSAGES = {
    EntryKind.SYMLINK: _("this is a symbolic link; expected a plain file"),
    EntryKind.SUBMODULE: _("this is another git repository; expected plain files"),
    EntryKind.SPECIAL: _("this is a device or pipe; expected a plain file"),
    EntryKind.UNREAD: _("what lies in this folder is not read: it holds a qms.yaml of its own, has a name that is passed over, or lies too deep"),
}


def check(library: Library) -> Iterator[Problem]:
    """Look at the kind of every path below the folders that are read."""
    for path, kind in library.files.items():
        if kind is not EntryKind.FILE and path.partition("/")[0] in _WATCHED and not is_tool_state(path):
            mend = (
                git("mv", path, Hole("folder")).in_order_to(_("move the files to a folder of the system"))
                if kind is EntryKind.UNREAD
                else git("rm", path).then(advice(_("put a copy of the file there")))
            )
            yield Problem(path, 0, _MESSAGES[kind], mend)
