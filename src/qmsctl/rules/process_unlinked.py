"""A process is linked with no other one.

## Why
The sequence and interaction of the processes have to be determined (ISO 9001:2008, 4.1 b; ISO 9001:2015, 4.4.1 b).
A process that nothing comes before and nothing follows stands alone on the map: either a link was forgotten, or
it is no process of this office.

## Bad
```md documents/processes/QTR-01.md
---
id: QTR-01
type: process
title: Hoạch định
revision: 1
owner: qmr
inputs: [Chỉ tiêu được giao]
outputs: [Kế hoạch]
---
```
```md documents/processes/QTR-02.md
---
id: QTR-02
type: process
title: Giải quyết hồ sơ
revision: 1
owner: qmr
inputs: [Hồ sơ]
outputs: [Kết quả]
---
```

## Good
```md documents/processes/QTR-01.md
---
id: QTR-01
type: process
title: Hoạch định
revision: 1
owner: qmr
inputs: [Chỉ tiêu được giao]
outputs: [Kế hoạch]
after: [QTR-02]
---
```
```md documents/processes/QTR-02.md
---
id: QTR-02
type: process
title: Giải quyết hồ sơ
revision: 1
owner: qmr
inputs: [Hồ sơ]
outputs: [Kết quả]
before: [QTR-01]
---
```

## Mend
Enter what comes `before` and `after` it: `qmsctl set QTR-02 before=QTR-01`. `qmsctl report processes` draws the map.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.procedures.process_links import links
from qmsctl.message import _

SEVERITY = Severity.WARNING
ABOUT = About.FORM
CLAUSES = {"iso9001-2008": ("4.1",), "iso9001-2015": ("4.4.1",)}


def check(library: Library) -> Iterator[Problem]:
    """Every process without a link, where there are others; what was withdrawn stands aside."""
    found = [item for item in library.by_type.get("process", ()) if library.standing(item.id).status != "withdrawn"]
    if len(found) < 2:
        return
    linked = {end for link in links(found) for end in (link.source, link.target)}
    for item in found:
        if item.id not in linked and not library.is_exempt(item):
            yield Problem(
                item.path,
                item.line("title"),
                _("{id} “{title}” is linked with no other process: neither “before” nor “after” names one", id=item.id, title=item.title),
                mend_field(library, item, "before"),
            )
