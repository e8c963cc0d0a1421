"""A fenced block has nearly the name of a table that the type knows, and is not read as one.

## Why
The steps of a procedure, its records, the rows of a checklist stand in fenced blocks, and a block is read by its name.
Under `step` in place of `steps` nothing is read: the document is approved, and in force it has no steps
(ISO 9001:2008, 4.2.3; ISO 9001:2015, 7.5.2).

## Bad
Stricter from: 2020-01-01
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---

## 5. Nội dung

~~~step
- {no: B1, task: Tra cứu và soạn, responsible: clerk, time: 4h, outputs: [Dự thảo]}
~~~
```

## Good
Stricter from: 2020-01-01
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---

## 5. Nội dung

~~~steps
- {no: B1, task: Tra cứu và soạn, responsible: clerk, time: 4h, outputs: [Dự thảo]}
~~~
```

## Mend
Give the block the name of the table, after the three signs that open it. A block that is meant as text gets another
name, or none.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.respelling import meant
from qmsctl.core.model import Item
from qmsctl.core.narrow import Look, Office
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.text.suggest import closest
from qmsctl.message import _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "7.5.1"), "iso9001-2015": ("7.5.2", "8.5.1")}

_LANGUAGES = frozenset({"plain", "plaintext", "text", "tex", "csv", "console", "sql", "json", "yaml", "toml", "html", "xml", "sh", "bash", "python", "mermaid", "diff"})


def suspect(_office: Office) -> Look:
    """A fence that is called nearly like a table of the type."""
    return lambda item: any(_near(name, item) for name, _line in item.body.others)


def check(library: Library) -> Iterator[Problem]:
    """Every fence of a text that is judged."""
    for item in suspects(library, suspect):
        for name, line in item.body.others:
            near = _near(name, item)
            if near:
                message = _("a block “{name}” is not read; did you mean “{meant}”?", name=name, meant=near)
                yield Problem(item.path, line, message, meant(library, item.path, line, name, item.type.blocks), stricter=_newness(item, library))


def _near(name: str, item: Item) -> str | None:
    return closest(name, item.type.blocks) if name.lower() not in _LANGUAGES else None


def _newness(item: Item, library: Library) -> Stricter | None:
    """Of a text that is in force, or of a record that has begun, only what changes is asked."""
    return Stricter() if item.is_document and library.standing(item.id).is_clean else None
