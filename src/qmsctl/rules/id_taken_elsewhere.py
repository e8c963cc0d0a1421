"""An id that another branch has given to something else is given here, too.

## Why
Two people took the next number at the same time. As soon as both branches are merged, one file stands in the
way of the other, or two files bear one number (ISO 9001:2008, 4.2.3 e and 4.2.4; ISO 9001:2015, 7.5.2 a). It is
easily mended now, and hardly any more once decisions and links name the number.

## Bad
```base
```
```elsewhere records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Kẻ lại bảng niêm yết
status: planned
---
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: planned
raised: 2026-02-03
owner: minh
due: 2026-03-31
---
```

## Good
```base
```
```elsewhere records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: planned
---
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: planned
raised: 2026-02-03
owner: minh
due: 2026-03-31
---
```

## Mend
Whoever is merged later takes the next number: give the file its new name and its new `id:`, and change the links
that name it. `qmsctl new TYPE` looks at all branches that were fetched: `git fetch --all` before it helps.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.proof.since_base import new_items, past_text
from qmsctl.core.text.characters import fold
from qmsctl.mend import HOLE, command
from qmsctl.message import _

SEVERITY = Severity.WARNING
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every new id against the files that other branches have added."""
    taken = {fold(name): place for name, place in library.outside.ids_elsewhere().items()} if library.base else {}
    for item in new_items(library):
        place = taken.get(fold(item.id))
        other = past_text(place, library) if place else None
        if place and other and (other.text("type"), other.text("title")) != (item.type.name, item.title):
            yield Problem(
                item.path,
                item.line("id"),
                _("another branch has given the number {id} to “{title}” ({place})", id=item.id, title=other.text("title"), place=place),
                command("new", item.type.name, title=HOLE).in_order_to(_("take the next number before the branches are merged")),
            )
