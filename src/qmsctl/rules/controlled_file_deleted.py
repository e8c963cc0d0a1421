"""A document or record was deleted, or given another id.

## Why
What has once been accepted is not simply gone: a document is withdrawn, a record kept until its retention is
over and its disposal approved, a number never given twice (ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015,
7.5.3.2). A file that bears another id is a deleted one and a new one. Folders may be rearranged freely: a file
is known by its id, wherever it lies.

## Bad
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: in-progress
raised: 2026-02-03
owner: minh
due: 2026-03-31
kind: corrective
---

## Mô tả

Phân công người thay khi công chức nghỉ phép.
```
```base
```
```gone records/actions/CA-2026-001.md
```

## Good
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: in-progress
raised: 2026-02-03
owner: minh
due: 2026-03-31
kind: corrective
---

## Mô tả

Phân công người thay khi công chức nghỉ phép.
```
```base
```
```gone records/actions/CA-2026-001.md
```
```md records/actions/2026/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: in-progress
raised: 2026-02-03
owner: minh
due: 2026-03-31
kind: corrective
---

## Mô tả

Phân công người thay khi công chức nghỉ phép.
```

## Mend
Bring the file back: `git checkout origin/main -- FILE`. A draft that is given up leaves a tombstone, `qmsctl new
tombstone --set id=ID --title "…" --set reason="…"`; a document in force is withdrawn, `qmsctl withdraw ID`; a record
that was logged by mistake is cancelled, `qmsctl advance ID cancelled`; one whose retention is over is listed in a
disposal, `qmsctl new disposal --set disposes=ID`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.binding_dossier import binding_dossier
from qmsctl.core.proof.since_base import base_name
from qmsctl.core.records.disposal import disposed
from qmsctl.core.records.retention import keeping, kept_for
from qmsctl.mend import HOLE, Assignment, Mend, command, take_back
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every id of the base for which there is no file any more, and no dossier that would miss it."""
    base = library.base
    if base is None:
        return
    gone = base.ids - library.by_id.keys() - library.stems
    for name in sorted(gone - disposed(library).keys() if gone else gone):
        if not binding_dossier(name, library) and not library.standing(name).withdrawn:
            item = base.items(name)[0]
            yield Problem(item.path, 0, _said(item, library), _mend(item, library))


def _said(item: Item, library: Library) -> Message:
    if item.is_document:
        return _("{id} “{title}” had been accepted, and its file is deleted", id=item.id, title=item.title)
    until = kept_for(keeping(item, library))
    return _("{id} “{title}” had been accepted, and its file is deleted; it is kept {until}",
             id=item.id, title=item.title, until=until)


def _mend(item: Item, library: Library) -> Mend:
    back = take_back(item.path, since=base_name(library))
    if item.is_document:
        sets = (Assignment("id", item.id), Assignment("reason", HOLE))
        return back.or_else(command("new", "tombstone", title=HOLE, sets=sets).in_order_to(_("a draft that is given up leaves a tombstone")))
    return back.in_order_to(_("a record is cancelled or, after its retention, disposed of, never deleted"))
