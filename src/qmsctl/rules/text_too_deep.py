"""Lists or quotations are nested so deep that part of the text would not be shown.

## Why
Programs that turn Markdown into pages stop at a certain depth and drop what lies below it without a
word. A passage that is signed but never shown is worth nothing to a reader
(ISO 9001:2008, 4.2.3 e; ISO 9001:2015, 7.5.3.1 a). Twenty levels are more than any procedure needs.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---

> > > > > > > > > > > > > > > > > > > > > Không ai đọc được dòng này.
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---

- Tiếp nhận hồ sơ
  - Kiểm tra thành phần hồ sơ
    - Ghi giấy hẹn
```

## Mend
Give the passage a heading of its own, or make the list shorter levels with fewer steps in each.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_text
from qmsctl.core.narrow import Look, Office
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.text.body import MAX_DEPTH
from qmsctl.message import _

SEVERITY = Severity.ERROR
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.1",)}


def suspect(_office: Office) -> Look:
    """Lists or quotations that are nested too deep."""
    return lambda item: bool(item.body.too_deep_line)


def check(library: Library) -> Iterator[Problem]:
    """Report the first line the reader saw."""
    for item in suspects(library, suspect, library.items):
        if item.body.too_deep_line:
            message = _("lists or quotations are nested {depth} levels deep or more here", depth=MAX_DEPTH)
            yield Problem(item.path, item.body.too_deep_line, message, mend_text(library, item))
