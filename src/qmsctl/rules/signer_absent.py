"""Somebody submitted a text, or entered a sign-off, on a day on which he did not work here.

## Why
Whoever drafts a text answers for it, and whoever enters what others signed answers for that (ISO 9001:2008, 4.2.3 and
4.2.4; ISO 9001:2015, 7.5.2 and 7.5.3). Neither can be somebody who had left, or had not come yet: what `people.yaml` says of
the very day counts. Otherwise a name that can no longer object stands where the second person ought to be. A draft that was
signed on a dated paper, which is there as a file, is of the day of that paper.

## Bad
Stricter from: 2026-01-01
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
author duc 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```

## Good
Stricter from: 2026-01-01
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
author hoa 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```

## Mend
Somebody who works here submits the text: `qmsctl submit CSCL --again`. If the person did work here and only the file
does not say so, enter the days in `people.yaml`, a change that others should look at.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_anew
from qmsctl.core.proof.filing import all_dossiers, line_of, meaning_of
from qmsctl.core.proof.presence import absent
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of
from qmsctl.message import _

SEVERITY = Severity.ERROR
TAKEN_UP = True
IGNORABLE = False
OFFICE = True
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every author and whoever entered a sign-off, by people.yaml of the day."""
    for dossier in all_dossiers(library):
        for signoff in dossier.signoffs:
            for person in absent(signoff, library):
                day, meaning = day_of(signoff, library.config), meaning_of(signoff, library)
                words = {"name": person.name, "meaning": meaning, "id": signoff.subject, "day": day}
                if person.id in signoff.by:
                    message = _("{name} signed {id} as “{meaning}” on {day}, and did not work here on that day", **words)
                else:
                    message = _("{name} entered “{meaning}” of {id} on {day}, and did not work here on that day", **words)
                line = line_of(signoff, library, "by" if person.id in signoff.by else "entered_by")
                yield Problem(signoff.path, line, message, signed_anew(signoff, dossier), stricter=Stricter(day))
