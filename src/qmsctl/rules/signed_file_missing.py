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
from qmsctl.core.dossier import Dossier
from qmsctl.core.library import Library
from qmsctl.core.proof.binding_dossier import binding_dossier
from qmsctl.core.records.disposal import disposed
from qmsctl.core.records.retention import keeping, kept_for
from qmsctl.mend import Mend, advice, take_back
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every subject of a dossier for which there is no file, readable or not."""
    gone = disposed(library)
    for subject in library.dossiers:
        if subject in library.stems or subject in library.by_id or subject in gone:
            continue
        last = binding_dossier(subject, library)
        if last is not None:
            yield Problem(
                last.copy_path,
                0,
                _said(subject, last, library),
                _mend(last, library),
            )


def _mend(last: Dossier, library: Library) -> Mend:
    """The file of the subject belongs in the folder of its type."""
    if last.copy is None:
        return advice(_("bring it back from git"), undoes=True)
    folder = last.copy.type.folder
    return take_back(f"{folder}/{last.subject}.md", copy=last.copy_path, gone=folder not in library.folders)


def _said(subject: str, last: Dossier, library: Library) -> Message:
    if last.revision is not None or last.copy is None:
        return _("{id} was signed here, but there is no file of {id} any more", id=subject)
    return _(
        "{id} was signed here, but there is no file of {id} any more; it is kept {until}",
        id=subject,
        until=kept_for(keeping(last.copy, library)),
    )
