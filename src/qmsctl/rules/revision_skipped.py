"""A number is left out in the revisions of a document.

## Why
The history of a document is read by its numbers: revision 5 after revision 3 makes an auditor ask what
revision 4 was and who approved it (ISO 9001:2008, 4.2.3 c; ISO 9001:2015, 7.5.3.2 c). A document taken
over from paper may begin with any number, but goes on without a gap.

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
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 3
change: Bổ sung cam kết về thời hạn
owner: lan
---
```

## Good
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 4
owner: lan
---
```
```dossier CSCL
adopt binh director 2026-01-06T08:00:00+07:00 basis={"number":"12/QD","date":"2026-01-05"}
```
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 5
change: Bổ sung cam kết về thời hạn
owner: lan
---
```

## Mend
Give the text the next number. `qmsctl revise ID --change "…"` counts by itself.
"""

from collections.abc import Iterator
from itertools import pairwise

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.respelling import respelt
from qmsctl.core.model import Item
from qmsctl.core.sight import Sight
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """The numbers of all dossiers of a document, and that of its working text after them."""
    for subject, dossiers in library.dossiers.items():
        copies = {d.revision: d.copy for d in dossiers if d.revision is not None}
        working = library.by_id.get(subject)
        if copies and working and working.is_document and working.revision is not None:
            copies = {working.revision: working, **copies}
        numbers = sorted(number for number in copies if number is not None)
        for before, number in pairwise(numbers):
            found = copies[number]
            if number > before + 1 and found is not None:
                yield _gap(found, before, number, library)


def _gap(found: Item, before: int, number: int, library: Library) -> Problem:
    return Problem(
        found.path,
        found.line("revision"),
        _("revision {revision} of {id} comes after revision {before}; {next} is expected",
          revision=number, id=found.id, before=before, next=before + 1),
        respelt(library, found.path, found.line("revision"), str(number), str(before + 1))
        or advice(_("set “revision: {next}”, before the text is submitted", next=before + 1)),
    )
