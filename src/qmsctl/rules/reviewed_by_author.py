"""A text was reviewed by one of its authors.

## Why
Review is a second look before the approval (ISO 9001:2008, 4.2.3 a; ISO 9001:2015, 7.5.2 c). A reviewer who wrote the text,
or entered its submission for somebody else, is the same person again: of author, reviewer and approver there are two. That is
allowed, and has to be seen by whoever approves.

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
author lan 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-05T09:00:00+07:00
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
review lan qmr 2026-01-05T09:00:00+07:00
```

## Mend
Let somebody else review it who holds the role: `qmsctl review CSCL`. Where nobody else does, the approver reads the text with
that in mind; an entry under `ignore` in `qms.yaml` says why it is so.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.proof.filing import all_dossiers, line_of
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import authors, day_of
from qmsctl.mend import Mend, advice, command
from qmsctl.message import _

SEVERITY = Severity.WARNING
OFFICE = True
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """The reviews by an author of what is in force or on its way there."""
    for dossier in all_dossiers(library):
        own = authors(dossier, library.config) if dossier.of("review") else frozenset()
        for signoff in dossier.of("review") if own else ():
            if own.isdisjoint(signoff.by) or not _matters(dossier, library):
                continue
            yield Problem(
                signoff.path,
                line_of(signoff, library, "by"),
                _("{name} reviewed {id}, revision {revision}, and is its author as well: that is one person",
                  name=library.people.name(signoff.person), id=dossier.subject, revision=dossier.revision or "?"),
                _mend(signoff, own, library),
                stricter=Stricter(day_of(signoff, library.config)),
            )


def _matters(dossier: Dossier, library: Library) -> bool:
    """False for what has been superseded, withdrawn or returned, and for what another reviewer looked at."""
    standing = library.standing(dossier.subject)
    found = next((each for each in (standing.in_force, standing.coming, standing.under_way) if each and each.dossier is dossier), None)
    reviewers = {person for each in found.signoffs if each.meaning == "review" for person in each.by} if found else set()
    return found is not None and found.returned is None and reviewers <= authors(dossier, library.config)


def _mend(signoff: SignOff, own: frozenset[str], library: Library) -> Mend:
    holders = library.people.holders(signoff.role or "", library.today)
    others = dict.fromkeys((person.id, person.name) for person in holders if person.id not in own)
    if others:
        return command("review", signoff.subject).done_by(others)
    return advice(_("nobody else holds the role: whoever approves reads the text with that in mind, or an entry under “ignore” in qms.yaml says why it is so"))
