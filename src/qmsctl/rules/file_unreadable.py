"""A controlled file cannot be read, so nobody knows what it says.

## Why
Documents have to stay legible (ISO 9001:2008, 4.2.3 e; ISO 9001:2015, 7.5.3.1). Front matter is read
strictly: a key that is given twice, an alias, a tag, an unclosed quote or a file in another encoding
could mean one thing to one program and another to the next, and an approval would cover both.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
owner: minh
owner: hoa
---
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
owner: minh
---
```

## Mend
Open the file at the line named and correct it. Where the line of ``---`` that closes the front matter is
missing, put it there. Put quotes around a value with ``: `` or `` #`` in it,
and save the file as UTF-8.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.1",)}

_NAME = "file-unreadable"


def check(library: Library) -> Iterator[Problem]:
    """Report what the reader found."""
    for file in library.parsed.values():
        if file.problem and file.problem.rule == _NAME:
            yield Problem(
                file.path,
                file.problem.line,
                file.problem.message,
                file.problem.mend or advice(_("correct line {line} of {path} and save it as UTF-8", line=file.problem.line, path=file.path)),
            )
