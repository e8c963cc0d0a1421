"""The type of a file is missing, or no such type is defined.

## Why
The type says which fields, sections and sign-offs a file needs. Without one nothing else about the
file can be checked, and it appears in no register (ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015, 7.5.2).

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedures
title: Cấp bản sao trích lục hộ tịch
---
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
Correct the line ``type:``. ``qmsctl types`` lists the types there are; an office adds its own below
``.qms/types/``.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.reading import CONFIG_PATHS, Parsed
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.message import _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Look up the type of every file that could be read."""
    for path, file in library.parsed.items():
        if file.fields is None or path in CONFIG_PATHS:
            continue
        name = file.fields.text("type") or ""
        if library.types.get(name) is None:
            yield _problem(library, file, name)


def _problem(library: Library, file: Parsed, name: str) -> Problem:
    assert file.fields is not None
    if not name:
        message, hint = _("“type” is missing: the name of a type"), _("qmsctl types lists the types there are")
    else:
        message = _("“{type}” is no type of document, record or sign-off", type=name)
        hint = did_you_mean(name, tuple(each.name for each in library.types.all()))
    return Problem(file.path, file.fields.key_lines.get("type", 1), message, hint)
