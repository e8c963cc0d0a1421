"""A sign-off bears a day long before it was committed.

## Why
The moment of a sign-off is written by whoever signs. What first shows up in git weeks later may have been signed
weeks later, too (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). A sign-off that rests on a dated paper, with its
scan, is beyond doubt; for others an office says in `qms.yaml` how late they may be committed: `commit_within: 30`
days, which is also what holds where nothing is said.

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
```base
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
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
```base
```
```dossier CSCL
author lan 2026-05-25T08:00:00+07:00
approve binh director 2026-05-26T08:00:00+07:00
```

## Mend
Sign again on the day it is, and commit soon after: `qmsctl approve ID --again --commit`. It takes effect on its own
day, and the earlier one stays beside it as a trace. Where the approval was given on paper, enter it with
`--basis NUMBER --basis-date DATE --basis-file FILE`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_anew
from qmsctl.core.proof.filing import line_of, meaning_of
from qmsctl.core.proof.lateness import COMMIT_WITHIN, DAYS
from qmsctl.core.proof.since_base import new_signoffs
from qmsctl.core.signoffs.approval import day_of
from qmsctl.mend import HOLE
from qmsctl.message import _

SEVERITY = Severity.ERROR
TAKEN_UP = True
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}

def _offices(library: Library) -> tuple[Library, ...]:
    """Those whose setting counts: a change cannot give its own sign-offs more time."""
    return (library, *(library.base.asking if library.base else ()))


def check(library: Library) -> Iterator[Problem]:
    """Every new sign-off against its first commit, or against now while it is in none."""
    allowed = min(office.config.settings.get(COMMIT_WITHIN, DAYS) for office in _offices(library))
    for signoff, dossier in new_signoffs(library):
        commit = library.outside.first_commits().get(signoff.path)
        shown = (commit.first_at if commit else library.clock).astimezone(library.config.zone).date()
        late = (shown - day_of(signoff, library.config)).days
        if late > allowed and not signoff.has_evidence:
            yield Problem(
                signoff.path,
                line_of(signoff, library, "at"),
                _("“{meaning}” by {name} is dated {day}, but came into git only on {shown}, {late} days later",
                  meaning=meaning_of(signoff, library), name=library.people.name(signoff.person),
                  day=day_of(signoff, library.config), shown=shown, late=late),
                signed_anew(signoff, dossier).done_by([(signoff.person, library.people.name(signoff.person))])
                .in_order_to(_("to sign on the day it is"))
                .or_else(signed_anew(signoff, dossier, basis=HOLE, basis_date=HOLE, basis_file=HOLE).in_order_to(_("with a paper of that day"))),
            )
