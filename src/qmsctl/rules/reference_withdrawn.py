"""A valid document or an open record refers to a document that is withdrawn.

## Why
Withdrawn documents must not be used by mistake (ISO 9001:2008, 4.2.3 g; ISO 9001:2015, 7.5.3.2 d). A
procedure that still sends people to a withdrawn form is how it happens. ``supersedes`` and ``waivers`` may
name what is gone, closed records keep what they said, and so do the signed fields of open ones, such as a change
that has a document withdrawn. A warning, since the day of a withdrawal comes by itself.

## Bad
```md documents/forms/BM-07.01.md
---
id: BM-07.01
type: form
title: Giấy tiếp nhận hồ sơ
revision: 1
---
```
```dossier BM-07.01
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
withdraw binh director 2026-04-01T08:00:00+07:00
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
---

Ghi [giấy tiếp nhận](../forms/BM-07.01.md).
```

## Good
```md documents/forms/BM-07.01.md
---
id: BM-07.01
type: form
title: Giấy tiếp nhận hồ sơ
revision: 1
---
```
```dossier BM-07.01
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
---

Ghi [giấy tiếp nhận](../forms/BM-07.01.md).
```

## Mend
Revise the document that refers to it, and name what took the place of the withdrawn one; or withdraw it
as well.
"""

from collections.abc import Iterator
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_mention, mend_text
from qmsctl.core.mentions import mentions
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import signed_fields
from qmsctl.core.proof.filing import dossiers_with
from qmsctl.core.records.succession import successors
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
CALENDAR = True
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3.2",)}

_PAST = frozenset(("supersedes", "waivers"))


def check(library: Library) -> Iterator[Problem]:
    """Look for what is withdrawn in the references and links of what is valid or open."""
    gone = {subject: day for subject in {dossier.subject for dossier in dossiers_with(_withdraws, library)} if (day := _withdrawn_on(library, subject))}
    if not gone:
        return
    replaced = successors(library)
    items = [item for item in library.items if item.id not in gone and not library.is_closed(item)]
    for item, name, _field, value in mentions(items, "reference"):
        if value.text in gone and name not in _PAST and not _is_signed(library, item, name):
            message = _named(name, value.text, gone[value.text], replaced.get(value.text, ()))
            yield Problem(item.path, value.line, message, mend_mention(library, item, name, value))
    for item, link, target in library.links:
        if target.id in gone and _is_live(library, item, gone):
            message = _("the link leads to {id}, withdrawn on {day}", id=target.id, day=gone[target.id])
            yield Problem(item.path, link.line, message, mend_text(library, item))


def _withdraws(item: Item) -> bool:
    return item.text("meaning") == "withdraw"


def _named(name: str, subject: str, day: date, successors: tuple[str, ...]) -> Message:
    if successors:
        return _("“{name}” names {id}, withdrawn on {day}; {successors} supersedes it", name=name, id=subject, day=day, successors=successors)
    return _("“{name}” names {id}, withdrawn on {day}", name=name, id=subject, day=day)


def _withdrawn_on(library: Library, subject: str) -> date | None:
    """The day of the withdrawal of a document that is not in force again."""
    if not any(dossier.of("withdraw") for dossier in library.dossiers[subject]):
        return None
    withdrawn = library.standing(subject).withdrawn
    return withdrawn.withdrawn_on if withdrawn else None


def _is_signed(library: Library, item: Item, name: str) -> bool:
    return not item.is_document and name in signed_fields(item, library)


def _is_live(library: Library, item: Item, gone: dict[str, date]) -> bool:
    return item.id not in gone and not library.is_closed(item)
