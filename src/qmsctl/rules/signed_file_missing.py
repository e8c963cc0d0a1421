"""A document in force, or a record somebody has signed, has no file any more.

## Why
What was approved or closed stays until it is withdrawn or destroyed by the rules of retention
(ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015, 7.5.3). A file that is simply deleted leaves its dossier
behind, and a reader looks for the text in vain.

## Bad
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
```gone documents/policy/CSCL.md
```

## Good
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
withdraw binh director 2026-03-02T08:00:00+07:00
```
```gone documents/policy/CSCL.md
```

## Mend
Bring the file back, `git checkout -- FILE` or a copy of the text in its dossier. A document that is no
longer wanted is taken out of force with `qmsctl withdraw ID --comment "…"`.

A record whose retention is over may go once a disposal that lists it is approved: `qmsctl new disposal
--title "…" --set disposes=ID --set reason="…"`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.binding_dossier import binding_dossier
from qmsctl.core.records.disposal import disposed
from qmsctl.core.records.retention import keeping, kept_for
from qmsctl.core.sight import Sight
from qmsctl.mend import Mend, take_back
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every subject of a dossier for which there is no file, readable or not."""
    gone = [subject for subject in library.dossiers if subject not in library.by_id and subject not in library.stems]
    let_go = disposed(library) if gone else {}
    for subject in gone:
        last = binding_dossier(subject, library) if subject not in let_go else None
        if last is not None and last.copy is not None:
            yield Problem(last.copy_path, 0, _said(subject, last.copy, library), _mend(subject, last.copy, library))


def _mend(subject: str, copy: Item, library: Library) -> Mend:
    """The file of the subject belongs in the folder of its type."""
    folder = copy.type.folder
    return take_back(f"{folder}/{subject}.md", copy=copy.path, gone=folder not in library.folders)


def _said(subject: str, copy: Item, library: Library) -> Message:
    if copy.is_document:
        return _("{id} was signed here, but there is no file of {id} any more", id=subject)
    return _(
        "{id} was signed here, but there is no file of {id} any more; it is kept {until}",
        id=subject,
        until=kept_for(keeping(copy, library)),
    )
