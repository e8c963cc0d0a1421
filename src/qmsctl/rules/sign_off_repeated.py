"""Somebody signed again what they had signed, and what counts.

## Why
A sign-off that does not count, for it came too late, with too little behind it or with a key that is no longer good,
may be given again, and the latest decides. Where the first one counts, a second one could only move the day of the
approval or put other words in its place (ISO 9001:2008, 4.2.3 a and 4.2.4; ISO 9001:2015, 7.5.2 c and 7.5.3.2).

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
author lan 2026-05-05T08:00:00+07:00
approve binh director 2026-05-06T08:00:00+07:00
approve binh director 2026-05-26T08:00:00+07:00
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director], level: signed}
```
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}]}
```
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
author lan 2026-05-05T08:00:00+07:00
approve binh director 2026-05-06T08:00:00+07:00
approve binh director 2026-05-26T08:00:00+07:00 key=binh
```

## Mend
Take the second file out before the change is accepted; `qmsctl show ID` lists both. A revision that is to take effect
later, or a comment that was forgotten, is matter for the next one.
"""

from collections.abc import Iterator
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.proof.filing import all_dossiers, line_of, meaning_of
from qmsctl.core.proof.lateness import is_outgrown
from qmsctl.core.proof.worth import stands
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
OFFICE = True
SEES = Sight.FILE
OF_OLD = True
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2", "7.5.3.2")}

_MANY_TIMES = ("acknowledge", "reopen", "return", "withdraw")


def check(library: Library) -> Iterator[Problem]:
    """Each sign-off of a revision against the one before it by the same person, in the same meaning and role.

    A record may come back to a state it has been in, and is then signed anew.
    """
    for dossier in all_dossiers(library):
        if dossier.revision is None:
            continue
        last: dict[tuple[object, ...], SignOff] = {}
        for signoff in dossier.signoffs:
            if signoff.meaning in _MANY_TIMES:
                continue
            place = (signoff.meaning, signoff.by, signoff.role)
            if place in last and _counts(last[place], day_of(signoff, library.config), dossier, library):
                yield _problem(signoff, last[place], dossier, library)
            last[place] = signoff


def _counts(first: SignOff, day: date, dossier: Dossier, library: Library) -> bool:
    """True if a second one was not needed on ``day``; what a change could not bring any more by then has to have been accepted."""
    accepted = library.base is not None and library.base.holds(first.path, library)
    return stands(first, dossier, library) and (accepted or not is_outgrown(first, dossier, day, library))


def _problem(signoff: SignOff, first: SignOff, dossier: Dossier, library: Library) -> Problem:
    return Problem(
        signoff.path,
        line_of(signoff, library, "at"),
        _("{name} had signed this as “{meaning}” on {day} already, and that counts",
          name=library.people.name(signoff.person), meaning=meaning_of(signoff, library), day=day_of(first, library.config)),
        advice(_("take {path} out", path=signoff.path), undoes=True),
    )
