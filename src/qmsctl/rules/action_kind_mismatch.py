"""An action is called preventive, but arises from a nonconformity.

## Why
Preventive is what keeps something from happening for the first time; once it has happened, the action that removes
its cause is corrective (ISO 9001:2008, 8.5.2 and 8.5.3; ISO 9001:2015, 6.1 and 10.2). An office that counts the one as
the other looks more watchful than it is, and 8.5.3 seems to be met by repairs.

## Bad
Stricter from: 2020-01-01
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Máy lấy số ngừng ba lần
status: reported
---
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Mua máy lấy số thứ hai
status: planned
raised: 2026-05-20
kind: preventive
of: [NC-2026-001]
---
```

## Good
Stricter from: 2020-01-01
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Máy lấy số ngừng ba lần
status: reported
---
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Mua máy lấy số thứ hai
status: planned
raised: 2026-05-20
kind: corrective
of: [NC-2026-001]
---
```

## Mend
`qmsctl set CA-2026-001 kind=corrective`. An action against what might happen elsewhere arises from a risk, a finding or
the analysis of data: name that in `of`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.message import _

SEVERITY = Severity.WARNING
CLAUSES = {"iso9001-2008": ("8.5.2", "8.5.3"), "iso9001-2015": ("6.1.1", "10.2.1")}


def check(library: Library) -> Iterator[Problem]:
    """Every preventive action of an actual nonconformity, closed ones among them."""
    for action in library.by_type.get("action", ()):
        happened = _happened(action, library) if action.text("kind") == "preventive" else []
        if happened:
            yield Problem(
                action.path,
                action.line("kind"),
                _("{id} is “{kind}”, but {nonconformity} has happened already",
                  id=action.id, kind=action.value_label("kind"), nonconformity=tuple(happened)),
                mend_field(library, action, "kind", "corrective"),
                stricter=Stricter(action.day("raised")),
            )


def _happened(action: Item, library: Library) -> list[str]:
    items = (library.by_id.get(other) for other in action.texts("of"))
    return [each.id for each in items if each is not None and each.type.name == "nonconformity" and not each.is_given_up]
