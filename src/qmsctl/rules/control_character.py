"""A text or a file name has a character that readers cannot see.

## Why
A zero-width space, a direction mark or a control code changes what a program finds and what a screen
shows, while the person who signs sees nothing of it. What is approved has to be what is read
(ISO 9001:2008, 4.2.3 e; ISO 9001:2015, 7.5.3.1). In front matter such a character makes the file unreadable.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---

Thời hạn giải quyết là 1\u200b0 ngày.
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---

Thời hạn giải quyết là 10 ngày.
```

## Mend
Delete the words around the place and type them again; text pasted from the web or from Word often brings
such characters along.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_text
from qmsctl.core.mends.respelling import rewritten
from qmsctl.core.model import Item
from qmsctl.core.narrow import Look, Office
from qmsctl.core.reading import CONTROLLED_FOLDERS
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.text.characters import HIDDEN, hidden, name_of
from qmsctl.mend import Hole, Mend, git
from qmsctl.message import _

SEVERITY = Severity.ERROR
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.1",)}

_FOLDERS = frozenset((*CONTROLLED_FOLDERS, "attachments"))


def suspect(_office: Office) -> Look:
    """Characters in the text that nobody can see."""
    return lambda item: bool(item.body.hidden)


def check(library: Library) -> Iterator[Problem]:
    """Look at paths, and at what the reader saw in the text."""
    for path in library.files:
        found = None if path.isprintable() else hidden(path) or ("\t" in path or "\n" in path)
        if found and path.partition("/")[0] in _FOLDERS:
            message = _("the name of the file has a hidden character")
            yield Problem(path, 0, message, git("mv", path, _renamed(path, library)).in_order_to(_("to name it without the hidden character")))
    for item in suspects(library, suspect, library.items):
        if item.body.hidden:
            character, line = item.body.hidden
            message = _("the hidden character {name} stands here", name=name_of(character))
            yield Problem(item.path, line, message, _mend(item, library))


def _renamed(path: str, library: Library) -> str | Hole:
    """The name without what nobody can see, if that is a name and free."""
    name = _seen(path).replace("\t", "").replace("\n", "")
    return name if not name.endswith("/") and name not in library.files else Hole("name")


def _mend(item: Item, library: Library) -> Mend:
    rest = rewritten(library, item.path, None, _seen)
    return rest.in_order_to(_("without the hidden characters")) if rest else mend_text(library, item)


def _seen(text: str) -> str:
    return HIDDEN.sub("", text)

