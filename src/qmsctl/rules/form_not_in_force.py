"""A document in force sends people to a form that is not in force.

## Why
Whoever works by the procedure needs its forms, and may use only approved ones (ISO 9001:2008, 4.2.3 a and d; ISO
9001:2015, 7.5.2 c and 7.5.3.1). Where the form is still a draft, or takes effect only later, there is nothing to
print. The forms are those that the text in force names in its steps, in its records, or by a link. (Withdrawn and
missing ones other rules see to.)

From format 2 on, for what is new or took effect on the day of `stricter_from` or later.

## Bad
Stricter from: 2026-01-01
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
- {no: B1, task: Tiếp nhận hồ sơ, responsible: clerk, outputs: [Giấy tiếp nhận], forms: [BM-07.01]}
~~~
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-05T10:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
```md documents/forms/BM-07.01.md
---
id: BM-07.01
type: form
title: Giấy tiếp nhận hồ sơ
revision: 1
owner: minh
parent: QT-07
---

## Nội dung

Giấy tiếp nhận hồ sơ.
```

## Good
Stricter from: 2026-01-01
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
- {no: B1, task: Tiếp nhận hồ sơ, responsible: clerk, outputs: [Giấy tiếp nhận], forms: [BM-07.01]}
~~~
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-05T10:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
```md documents/forms/BM-07.01.md
---
id: BM-07.01
type: form
title: Giấy tiếp nhận hồ sơ
revision: 1
owner: minh
parent: QT-07
---

## Nội dung

Giấy tiếp nhận hồ sơ.
```
```dossier BM-07.01
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```

## Mend
Bring the form into force as well: `qmsctl submit BM-07.01`, then have it approved. A procedure and its forms are best
submitted together: `qmsctl submit QT-07 BM-07.01`.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import on_to_approval
from qmsctl.core.model import Item
from qmsctl.core.procedures.forms import FORM, FormRows, linked
from qmsctl.core.proof.bearing import bearing, but_for_drafts, issued
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.mend import Mend, advice
from qmsctl.message import _

SEVERITY = Severity.WARNING
OFFICE = True
takes = bearing
DRAFTS = False
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2", "7.5.3")}


def words(library: Library, name: str) -> object:
    """All there is of a form, and of anything else what was issued."""
    item = library.by_id.get(name)
    own = (item.sha256, but_for_drafts(library, name)) if item is not None and item.type.name == FORM else None
    return own, issued(library, name)


def check(library: Library) -> Iterator[Problem]:
    """Every form that nobody may use yet, with the documents in force that name it."""
    waiting = {form.id: form for form in library.by_type.get(FORM, ()) if _is_waiting(form, library)}
    users = _users(waiting, library) if waiting else {}
    for name, texts in users.items():
        form, ids = waiting[name], tuple(text.id for text in texts)
        coming = library.standing(name).coming
        message = (
            _("{form} takes effect only on {day}, and is used by what is in force: {ids}", form=name, day=coming.effective_on, ids=ids)
            if coming else _("{form} is not in force yet, and is used by what is: {ids}", form=name, ids=ids)
        )
        used = library.by_id.get(ids[0]) or texts[0]
        mark = Stricter(max(filter(None, (_since(each, library) for each in ids)), default=None), used.path)
        yield Problem(form.path, form.line("revision"), message, partial(_mend, form, library), stricter=mark)


def _is_waiting(form: Item, library: Library) -> bool:
    standing = library.standing(form.id)
    return not standing.in_force and not standing.withdrawn


def _users(waiting: dict[str, Item], library: Library) -> dict[str, list[Item]]:
    """The texts in force that name each form."""
    rows = FormRows()
    found: dict[str, list[Item]] = defaultdict(list)
    for text in texts_in_force(library):
        named = {each.id for each in (*rows.named(text), *linked(text))}
        for name in sorted(named & waiting.keys()):
            found[name].append(text)
    return found


def _since(subject: str, library: Library) -> date | None:
    standing = library.standing(subject)
    return standing.in_force.effective_on if standing.in_force else None


def _mend(form: Item, library: Library) -> Mend:
    """The next step of the form, where there is one to be taken."""
    by_hand = advice(_("say in the text what is used until then, or have the form approved for an earlier day"))
    return on_to_approval(form, library) or by_hand
