"""A file below documents, records or signoffs has no front matter.

## Why
The lines between two ``---`` at the top say what a file is: its id, type, title, owner. A file without
them is no controlled document and no record, yet it lies where people look for one
(ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015, 7.5.2).

## Bad
```md documents/procedures/QT-07.md
# Cấp bản sao trích lục hộ tịch

Quy trình này áp dụng tại bộ phận Một cửa.
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---

# Cấp bản sao trích lục hộ tịch
```

## Mend
Let ``qmsctl new TYPE`` lay down the file and move the text into it. A note that is no part of the
system belongs in another folder, or is called README.md.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.mend import HOLE, Hole, advice, command
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}

_NAME = "front-matter-missing"


def check(library: Library) -> Iterator[Problem]:
    """Report what the reader found."""
    for file in library.parsed.values():
        if file.problem and file.problem.rule == _NAME:
            yield Problem(
                file.path,
                file.problem.line,
                file.problem.message,
                command("new", Hole("type"), title=HOLE)
                .in_order_to(_("to have the file created"))
                .or_else(advice(_("move it out of the controlled folders"))),
            )
