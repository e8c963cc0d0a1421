"""A document sends people to a form that does not exist or was withdrawn.

## Why
A step that asks for BM-07.02 cannot be done as written if there is no BM-07.02, and whoever finds an old
one in a drawer uses a form that is no longer valid (ISO 9001:2008, 4.2.3 d and g; ISO 9001:2015,
7.5.3). The rule looks at the forms in the rows of `steps` and `records` and at the links of the section
“Forms”.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---

## 6. Biểu mẫu

- [Giấy tiếp nhận hồ sơ](../forms/BM-07.01.md)
```

## Good
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
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---

## 6. Biểu mẫu

- [Giấy tiếp nhận hồ sơ](../forms/BM-07.01.md)
```

## Mend
Make the form with `qmsctl new form --set parent=QT-07 --title "…"`, or correct the number. If the form was
withdrawn, take it out of the text: `qmsctl revise QT-07 --change "…"`.
"""

import re
from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.forms import FORM, Named, form_columns, forms_in_rows, forms_section, linked
from qmsctl.core.ids import IdPattern
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.record_type import RecordType
from qmsctl.message import _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3",)}


def check(library: Library) -> Iterator[Problem]:
    """The forms each document names, against those there are."""
    form = library.types.get(FORM)
    pattern = IdPattern.parse(form.id_pattern) if form else None
    if form is None or pattern is None:
        return
    columns: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    expression = pattern.expression()
    for item in library.documents:
        name = item.type.name
        if name not in columns:
            columns[name] = form_columns(item.type)
        wrong = {found.id: found for found in reversed(tuple(_wrong(item, columns[name], expression, library)))}
        if not wrong:
            continue
        standing = library.standing(item.id)
        if not (standing.withdrawn and standing.is_clean):
            for found in wrong.values():
                yield _problem(item, found, form, library)


def _wrong(
    item: Item, columns: tuple[tuple[str, tuple[str, ...]], ...], expression: re.Pattern[str], library: Library
) -> Iterator[Named]:
    for found in forms_in_rows(item, columns):
        if not _usable(found.id, library):
            yield found
    if item.body.links:
        doubtful = [f for f in linked(item) if expression.fullmatch(f.id) and not _usable(f.id, library)]
        listed = forms_section(item) if doubtful else range(0)
        yield from (found for found in doubtful if found.line in listed)


def _usable(form: str, library: Library) -> bool:
    if form in library.dossiers:
        standing = library.standing(form)
        return standing.in_force is not None or (form in library.by_id and not standing.withdrawn)
    return form in library.by_id


def _problem(item: Item, found: Named, form: RecordType, library: Library) -> Problem:
    if found.id in library.by_id:
        withdrawn = library.standing(found.id).withdrawn
        message = _("{form} was withdrawn on {day}", form=found.id, day=withdrawn.withdrawn_on if withdrawn else "?")
        return Problem(item.path, found.line, message, _("take it out: qmsctl revise {id} --change “…”", id=item.id))
    return Problem(
        item.path,
        found.line,
        _("there is no {type} {form}", type=form.label, form=found.id),
        _("correct the number, or make it: qmsctl new form --set parent={id}", id=item.id),
    )
