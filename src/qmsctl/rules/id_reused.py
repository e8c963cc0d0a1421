"""An id that belonged to something else is given again.

## Why
Old reports, decisions and links go on naming the id; whoever follows them finds something else under it (ISO
9001:2008, 4.2.3 e and 4.2.4; ISO 9001:2015, 7.5.2 a). So a number is never given twice, not even after what bore it
was withdrawn or deleted. A file that comes back as what it was, with its type and title, is no new one.

## Bad
```past documents/procedures/QT-09.md
---
id: QT-09
type: procedure
title: Chứng thực bản sao
revision: 1
owner: minh
---
```
```base
```
```md documents/procedures/QT-09.md
---
id: QT-09
type: procedure
title: Tiếp công dân
revision: 1
owner: minh
---
```

## Good
```past documents/procedures/QT-09.md
---
id: QT-09
type: procedure
title: Chứng thực bản sao
revision: 1
owner: minh
---
```
```base
```
```md documents/procedures/QT-10.md
---
id: QT-10
type: procedure
title: Tiếp công dân
revision: 1
owner: minh
---
```

## Mend
Give the file the next number, in its name and in its `id:`; `qmsctl new TYPE` finds it by itself.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.proof.since_base import new_items, past_text
from qmsctl.core.text.characters import fold
from qmsctl.mend import HOLE, command
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every new id against the history of the base and the dossiers there."""
    homes: list[_Past] = []
    for item in new_items(library):
        homes = homes or [_Past(home) for home in (library.base.libraries if library.base else ())]
        before = next((found for home in homes if (found := home.of(item.id))), None)
        if before is not None and (before[0], before[1]) != (item.type.name, item.title):
            yield Problem(
                item.path,
                item.line("id"),
                _("the number {id} was that of “{title}” before", id=item.id, title=before[1]),
                command("new", item.type.name, title=HOLE).in_order_to(_("give the file the next number of its kind")),
            )


class _Past:
    """What had which id, as far as a library knows; ids that file systems mix up are one."""

    def __init__(self, home: Library) -> None:
        self._home = home
        self._signed = {fold(name): name for name in home.dossiers}
        self._gone = {fold(name): place for name, place in home.outside.past_ids().items()}

    def of(self, name: str) -> tuple[str, str] | None:
        """Type and title of what had this id, from its dossiers or from history."""
        copies = (dossier.copy for dossier in reversed(self._home.dossiers.get(self._signed.get(fold(name), name), ())))
        signed = next((copy for copy in copies if copy), None)
        if signed:
            return signed.type.name, signed.title
        place = self._gone.get(fold(name))
        past = past_text(place, self._home) if place else None
        return (past.text("type") or "", past.text("title") or "") if past else None
