"""A signature lies in a dossier, but the sign-off it belongs to does not.

## Why
A signature alone says nothing: it is made over the file of a sign-off, which names the text, the person and
the moment. Mostly somebody has deleted or renamed the sign-off and left its signature behind (ISO 9001:2008,
4.2.4; ISO 9001:2015, 7.5.3.2).

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
approve binh director 2026-01-06T08:00:00+07:00 key=binh
```
```gone signoffs/CSCL/1-68ffcd08/approve.binh.md
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
approve binh director 2026-01-06T08:00:00+07:00 key=binh
```

## Mend
Bring the sign-off back, `git log -- signoffs/CSCL` shows where it went. If the sign-off was rightly taken out
before anybody relied on it, take its signature out as well.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.reading import is_frozen_copy
from qmsctl.core.sight import Sight
from qmsctl.mend import advice, git
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every ``.sig`` below ``signoffs/``, whose name without that ending has to be a sign-off."""
    for path in library.files:
        if path.startswith("signoffs/") and path.endswith(".sig"):
            signed = path.removesuffix(".sig")
            if signed not in library.parsed or is_frozen_copy(signed):
                yield Problem(
                    path,
                    0,
                    _("there is no sign-off {name} beside this signature", name=signed.rpartition("/")[2]),
                    git("log", "--", signed)
                    .in_order_to(_("to find the sign-off"))
                    .then(advice(_("put it back"), undoes=True))
                    .or_else(advice(_("take the signature out"), undoes=True)),
                )
