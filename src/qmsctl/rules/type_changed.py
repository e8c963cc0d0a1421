"""A document or record has another type than the text that was signed.

## Why
The type decides who has to approve a text and by which gates a record passes. A procedure that becomes
an instruction would be approved by fewer people than its own revisions were (ISO 9001:2008, 4.2.3 a;
ISO 9001:2015, 7.5.2 c).

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-06T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: instruction
title: Cấp bản sao trích lục hộ tịch
revision: 2
change: Rút gọn
owner: minh
---
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
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-06T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 2
change: Rút gọn
owner: minh
---
```

## Mend
Set the type back. Where another type is meant, withdraw the document and make a new one with an id of
its own.
"""

from collections.abc import Iterator

from qmsctl.core.base import Base
from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.tombstone import is_void_number
from qmsctl.core.sight import Sight
from qmsctl.mend import advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
OF_OLD = True
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """The type of each text against that of the first copy somebody signed, else of the base."""
    for subject, dossiers in library.dossiers.items():
        signed = [(d.signoffs[0].at, d.copy) for d in dossiers if d.copy and d.signoffs]
        if not signed:
            continue
        _at, first = min(signed, key=lambda pair: pair[0])
        present = library.by_id.get(subject)
        for text in (*(copy for _moment, copy in signed), *((present,) if present and not is_void_number(present, library) else ())):
            if text.type.name != first.type.name:
                yield _changed(text, first, _("{id} is “{now}” here; it was first signed as “{before}”",
                                              id=subject, now=text.type.label, before=first.type.label))
    if library.base is not None:
        yield from _since(library.base, library)


def _since(base: Base, library: Library) -> Iterator[Problem]:
    """Texts that nobody had signed where the change began; only a draft may be given up there, no record."""
    for item in library.items:
        before = _before(item.id, base)
        other = next((each for each in before if each.type.name != item.type.name), None)
        if other and not _is_signed(item.id, base) and not (is_void_number(item, library) and all(each.is_document for each in before)):
            yield _changed(item, other, _("{id} is “{now}” here; before this change it was “{before}”",
                                              id=item.id, now=item.type.label, before=other.type.label))


def _is_signed(name: str, base: Base) -> bool:
    return any(dossier.signoffs for each in base.libraries for dossier in each.dossiers.get(name, ()))


def _before(name: str, base: Base) -> tuple[Item, ...]:
    """What stood under an id where the change began, and on the branch it goes to."""
    return (*base.items(name), *((base.tip.by_id[name],) if base.tip and name in base.tip.by_id else ()))


def _changed(text: Item, first: Item, message: Message) -> Problem:
    return Problem(text.path, text.line("type"), message, advice(_("set “type: {type}”; a new type needs a new id", type=first.type.name), undoes=True))
