"""A form that the steps or records use is missing from the list of forms.

## Why
The section “Forms” is what people print from and what an auditor ticks off: it lists every form the work
needs, so that nobody works with an older one from his drawer (ISO 9001:2008, 4.2.3 d and g; ISO 9001:2015,
7.5.3). So each form in a row of `steps` or `records` is linked there too. (That the form exists, and is
not withdrawn, other rules see to.)

## Bad
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

Không có.
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

## Mend
Add the link to the section “Forms”, `- [BM-07.01 Giấy tiếp nhận hồ sơ](../forms/BM-07.01.md)`, or take the
form out of the row. An approved text is revised first: `qmsctl revise QT-07 --change "…"`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.narrow import Look, Office
from qmsctl.core.procedures.forms import SECTION, FormRows, Named, forms_section, linked
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.WARNING
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3",)}


def suspect(_office: Office) -> Look:
    """A document that uses a form and does not list it."""
    rows = FormRows()
    return lambda item: item.is_document and _has_list(item) and any(True for _form in _not_listed(item, rows))


def check(library: Library) -> Iterator[Problem]:
    """The forms in the rows of every document that is not frozen, against its own list of forms."""
    rows = FormRows()
    for item in suspects(library, suspect):
        for found in _not_listed(item, rows):
            yield Problem(
                item.path,
                found.line,
                _("{form} is used here, but not linked in the section that lists the forms", form=found.id),
                advice(_("add a link to {form}.md to that section", form=found.id)),
            )


def _has_list(item: Item) -> bool:
    return any(section.id == SECTION for section in item.type.sections)


def _not_listed(item: Item, rows: FormRows) -> Iterator[Named]:
    """Each form that has no link in the section, where it is first used; nothing without a section."""
    used: dict[str, Named] = {}
    for found in rows.named(item):
        used.setdefault(found.id, found)
    section = forms_section(item) if used else range(0)
    if section:
        listed = {found.id for found in linked(item) if found.line in section}
        yield from (found for name, found in used.items() if name not in listed)
