"""A line of the records kept does not say where, by whom or how long.

## Why
Most evidence of an office lies on paper or in a portal; the line in the procedure is what makes it
controlled. It names the place, the keeper and the time it is kept (ISO 9001:2008, 4.2.4; ISO 9001:2015,
7.5.3.2), so that anybody finds it and nobody destroys it too early.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---

## 7. Hồ sơ lưu

~~~records
- name: Hồ sơ cấp bản sao trích lục
  place: Tủ hồ sơ số 1
~~~
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

## 7. Hồ sơ lưu

~~~records
- name: Hồ sơ cấp bản sao trích lục
  place: Tủ hồ sơ số 1
  keeper: clerk
  retention: 5y
~~~
```

## Mend
Add the missing keys to the row: `place`, `keeper` (a role, unit or person) and `retention` (`5y`, `permanent`
or `"by law: …"`). An approved text is revised first: `qmsctl revise QT-07 --change "…"`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.narrow import Look, Office
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.text.nodes import is_empty
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}

_NEEDED = ("place", "keeper", "retention")


def suspect(_office: Office) -> Look:
    """A row of a document that lacks something."""
    return lambda item: item.is_document and any(any(is_empty(row.entries.get(key)) for key in _NEEDED) for row in item.block_rows("records"))


def check(library: Library) -> Iterator[Problem]:
    """Every row of every block of records that is not frozen."""
    for item in suspects(library, suspect):
        for row in item.block_rows("records"):
            lacking = tuple(key for key in _NEEDED if is_empty(row.entries.get(key)))
            if lacking:
                yield Problem(
                    item.path,
                    row.line,
                    _("the record “{name}” has no {keys}", name=row.text("name") or "?", keys=lacking),
                    advice(_("add to the row where it is kept, by which role, unit or person, and how long")),
                )
