"""The type of a file is missing, or no such type is defined.

## Why
The type says which fields, sections and sign-offs a file needs. Without one nothing else about the
file can be checked, and it appears in no register (ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015, 7.5.2).

## Bad
```md documents/policy/CSCL.md
---
id: CSCL
type: policies
title: Chính sách chất lượng
revision: 1
owner: lan
---
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

## Mend
Correct the line ``type:``. ``qmsctl types`` lists the types there are; an office adds its own below
``.qms/types/``.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Later, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.respelling import meant
from qmsctl.core.reading import CONFIG_PATHS, FileRead
from qmsctl.core.sight import Sight
from qmsctl.mend import Mend, advice, command
from qmsctl.message import _

SEVERITY = Severity.ERROR
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Look up the type of every file that could be read."""
    for path, file in library.parsed.items():
        if file.problem is None and path not in CONFIG_PATHS and library.types.get(file.type_name) is None:
            yield _problem(library, file, file.type_name)


def _problem(library: Library, file: FileRead, name: str) -> Problem:
    assert file.fields is not None
    line = file.fields.key_lines.get("type", 1)
    if not name:
        message = _("“type” is missing: the name of a type")
        mend: Mend | Later = command("types").in_order_to(_("to see all types")).then(advice(_("add a line “type” with the name of one")))
    else:
        message = _("“{type}” is no type of document, record or sign-off", type=name)
        mend = meant(library, file.path, line, name, tuple(each.name for each in library.types.all()))
    return Problem(file.path, line, message, mend)
