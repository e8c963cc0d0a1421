"""A sign-off is backed by less than the office asks for.

## Why
An office may ask that what decides, such as an approval, be backed by more than the signer's name in a file: by
the signed paper (`evidenced`) or by a key of the signer's own (`signed`). It says so with `level` in the
approval matrix of `qms.yaml`, for a type, from a day on; earlier sign-offs are judged by what was asked then
(ISO 9001:2008, 4.2.3 a and 4.2.4; ISO 9001:2015, 7.5.2 c and 7.5.3.2). A date proves nothing, though: what a
change brings reaches what is asked on any day from its own to that of the check, or shows the paper of its own day. Asked are review, approval, adoption
and withdrawal of a document, from `format: 2` on its author as well; of a record, in an entry of its own type, the sign-off of a state and a reopening.

## Bad
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

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director]}
  - {from: 2026-02-01, type: default, review: [], approve: [director], level: signed}
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
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```

## Mend
Sign again with a key, `qmsctl approve CSCL --again --sign`, or show the signed paper: `--basis NUMBER --basis-date
DATE --basis-file FILE`. The earlier sign-off stays beside it as a trace. A level that is to hold only from now on gets
an entry of its own in the matrix, with its day as `from`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_anew, signed_with_key
from qmsctl.core.proof.filing import all_dossiers, line_of, meaning_of
from qmsctl.core.proof.lateness import is_judged_anew, level_missed
from qmsctl.core.proof.level import LEVELS, Level, level
from qmsctl.core.proof.level_asked import SINCE_FORMAT_2, level_asked
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.signoffs.status_labels import level_words
from qmsctl.mend import HOLE, Mend
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
TAKEN_UP = True
OFFICE = True
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """The level of every sign-off that decides, against the matrix of its day; of a new one, against that of every day since."""
    for dossier in all_dossiers(library):
        for signoff in dossier.signoffs:
            asked = level_asked(signoff, dossier, library)
            found = level(signoff, library) if asked else None
            if asked and found and LEVELS.index(found) < LEVELS.index(asked):
                message = _("“{meaning}” by {name} is “{found}”; from this day on “{asked}” is asked at least",
                            meaning=meaning_of(signoff, library), name=library.people.name(signoff.person),
                            found=level_words(found), asked=level_words(asked))
                stricter = Stricter(day_of(signoff, library.config)) if signoff.meaning in SINCE_FORMAT_2 else None
                yield _problem(signoff, dossier, asked, library, message, stricter)
            elif library.is_new(signoff.path):
                yield from _asked_since(signoff, dossier, library)


def _asked_since(signoff: SignOff, dossier: Dossier, library: Library) -> Iterator[Problem]:
    """What a sign-off lacks that was signed before more was asked, and comes to the office after it."""
    asked = level_missed(signoff, dossier, library.today, library)
    if asked and is_judged_anew(signoff, library):
        message = _("“{meaning}” by {name} of {day} is “{found}”, and comes when “{asked}” is asked at least",
                    meaning=meaning_of(signoff, library), name=library.people.name(signoff.person),
                    day=day_of(signoff, library.config), found=level_words(level(signoff, library)), asked=level_words(asked))
        yield _problem(signoff, dossier, asked, library, message, Stricter())


def _problem(signoff: SignOff, dossier: Dossier, asked: Level, library: Library, message: Message, stricter: Stricter | None) -> Problem:
    line = line_of(signoff, library, "meaning")
    return Problem(signoff.path, line, message, _mend(signoff, dossier, asked, library), stricter=stricter)


def _mend(signoff: SignOff, dossier: Dossier, asked: Level, library: Library) -> Mend:
    if asked is Level.DECLARED:
        return signed_anew(signoff, dossier).done_by([(signoff.person, library.people.name(signoff.person))])
    if asked is Level.SIGNED:
        return signed_with_key(signoff, dossier, library)
    return signed_anew(signoff, dossier, basis=HOLE, basis_date=HOLE, basis_file=HOLE)
