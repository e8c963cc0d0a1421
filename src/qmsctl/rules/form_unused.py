"""A form is not used by the document it belongs to.

## Why
A form nobody is told to use is either forgotten in the text or left over from earlier work; both confuse
(ISO 9001:2008, 4.2.3 d and g; ISO 9001:2015, 7.5.3.1). The document named as its parent has to name the form
in a step, in a line of its records, or in the text; and a form listed in the section “Forms” is used
somewhere else in the same document.

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
```md documents/forms/BM-07.01.md
---
id: BM-07.01
type: form
title: Giấy tiếp nhận hồ sơ
revision: 1
owner: minh
parent: QT-07
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

## 5. Nội dung

~~~steps
- {no: B1, task: Tiếp nhận hồ sơ, responsible: clerk, outputs: [Giấy tiếp nhận], forms: [BM-07.01]}
~~~

## 6. Biểu mẫu

- [Giấy tiếp nhận hồ sơ](../forms/BM-07.01.md)
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
```

## Mend
Name the form where it is used: `forms: [BM-07.01]` in the step, `form: BM-07.01` in the line of the records,
and its link in the section “Forms”. If it is not used any more: `qmsctl withdraw
BM-07.01 --comment "…"`; a draft is taken away and leaves a tombstone.
"""

import re
from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.giving_up import out_of_force
from qmsctl.core.model import Item
from qmsctl.core.procedures.forms import FORM, FormRows, Named, forms_section, linked
from qmsctl.core.sight import Sight
from qmsctl.core.text.ids import LONGEST_ID
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.regex import regex

SEVERITY = Severity.WARNING
ABOUT = About.FORM
SEES = Sight.LINKED
STAYS = True
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3.1",)}


_RUN = regex(r"[\w.-]+", re.ASCII)
_STOP = regex(r"\.(?!\w)", re.ASCII)


def check(library: Library) -> Iterator[Problem]:
    """Every form against its parent, and every list of forms against the rest of its document."""
    if FORM not in library.by_type:
        return
    rows = FormRows()
    named: dict[str, set[str]] = {}
    for form in (item for item in library.items if _form(item.id, library) is item):
        parent = library.item(form.text("parent"))
        if parent is None or library.standing(parent.id).withdrawn:
            continue
        if parent.id not in named:
            named[parent.id] = _named(parent, rows)
        if form.id not in named[parent.id]:
            yield Problem(
                form.path,
                form.line("parent"),
                _("{parent} does not name {form} anywhere", parent=parent.id, form=form.id),
                advice(_("name it in a step, a line of the records or the text of {parent}", parent=parent.id)).or_else(
                    out_of_force(form, library)
                ),
            )
    for item in library.documents:
        if item.links and item.type.sections and not library.is_exempt(item):
            yield from _listed_only(item, rows, library)


def _form(name: str, library: Library) -> Item | None:
    """The form of this id that is not withdrawn."""
    item = library.by_id.get(name)
    return item if item is not None and item.type.name == FORM and not library.standing(name).withdrawn else None


def _named(item: Item, rows: FormRows) -> set[str]:
    return {found.id for found in rows.named(item)} | {found.id for found in linked(item)}


def _listed_only(item: Item, rows: FormRows, library: Library) -> Iterator[Problem]:
    links = [found for found in linked(item) if _form(found.id, library)]
    used = {found.id for found in rows.named(item)} if links else set()
    left = [found for found in links if found.id not in used]
    listed = forms_section(item) if left else range(0)
    outside = {found.id for found in left if found.line not in listed}
    doubtful = [found for found in left if found.line in listed and found.id not in outside]
    if not doubtful:
        return
    prose = _prose_outside(item, listed, library)
    words = _words(prose) if any(found.id in prose for found in doubtful) else ()
    yield from (_problem(item, found) for found in doubtful if found.id not in words)


def _words(prose: str) -> frozenset[str]:
    """Whatever in a text may be an id: a run of letters, and what stands in it before a full stop."""
    runs = set(_RUN.findall(prose))
    return frozenset(runs | {run[: stop.start()] for run in runs for stop in _STOP.finditer(run[: LONGEST_ID + 2])})


def _prose_outside(item: Item, listed: range, library: Library) -> str:
    lines = library.outside.read(item.path).decode("utf-8", "replace").split("\n")
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in listed)


def _problem(item: Item, found: Named) -> Problem:
    return Problem(
        item.path,
        found.line,
        _("{form} is listed here, but no step, record or sentence of {id} uses it", form=found.id, id=item.id),
        advice(_("say where it is used, or take it off the list")),
    )
