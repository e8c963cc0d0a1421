"""The id does not have the form that ids of its type have.

## Why
Ids identify documents and records for good: on paper, in links, in sign-offs
(ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015, 7.5.2 a). They are plain letters and digits, since a
Cyrillic T looks like a Latin one and names another file. The form is set under ``ids:`` in ``qms.yaml``;
``{parent}`` stands for the number of the document that ``parent:`` names, so BM-07.01 belongs to QT-07.

## Bad
```md documents/forms/BM-08.01.md
---
id: BM-08.01
type: form
title: Giấy tiếp nhận hồ sơ
parent: QT-07
---
```

## Good
```md documents/forms/BM-07.01.md
---
id: BM-07.01
type: form
title: Giấy tiếp nhận hồ sơ
parent: QT-07
---
```

## Mend
Correct the id and the name of the file while the draft is new. ``qmsctl new TYPE`` takes the next free
id by itself. An id that was merged is never changed: then set the form under ``ids:`` as it is used.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.sight import Sight
from qmsctl.core.text.characters import name_of
from qmsctl.core.text.ids import IdPattern, is_id
from qmsctl.mend import HOLE, command
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Ids of frozen files were accepted under the pattern of their day."""
    patterns: dict[str, IdPattern | None] = {}
    for item in library.items:
        written = item.type.id_pattern or ""
        if written not in patterns:
            patterns[written] = IdPattern.parse(written) if written else None
        pattern = patterns[written]
        message = None if is_id(item.id) else _characters(item.id)
        if message is None and pattern and not library.is_exempt(item):
            message = _form(item, pattern)
        if message:
            mend = command("new", item.type.name, title=HOLE).in_order_to(_("to take the next free id"))
            yield Problem(item.path, item.line("id"), message, mend)


def _characters(text: str) -> Message:
    strange = next((character for character in text if not character.isascii()), None)
    if strange:
        return _("the id “{id}” has the character {name}; only A–Z, a–z, 0–9 and . _ - may stand in an id",
                 id=text, name=name_of(strange))
    return _("“{id}” is no id: it begins with a letter or digit, has only A–Z, a–z, 0–9 and . _ -, "
             "ends in no dot and is at most 64 characters long", id=text)


def _form(item: Item, pattern: IdPattern) -> Message | None:
    places = pattern.read(item.id)
    if places is None:
        return _("the id is “{id}”; ids of the type “{type}” have the form {pattern}",
                 id=item.id, type=item.type.label, pattern=pattern.template)
    parent = item.text("parent")
    digits = pattern.digits(parent) if parent and is_id(parent) else ""
    if digits and places.get("parent", digits) != digits:
        return _("the id is “{id}”, but the file belongs to {parent}; {pattern} with “{digits}” for the parent is expected",
                 id=item.id, parent=parent, pattern=pattern.template, digits=digits)
    return None
