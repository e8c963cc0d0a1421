"""A sign-off bears a day long before it was committed.

## Why
The moment of a sign-off is written by whoever signs, and so are the dates in git. What a change brings weeks later may
have been signed weeks later, too (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). So the age of a sign-off that comes
to what had been accepted is told by the clock of the machine that checks; an office says in `qms.yaml` how many days it
may be: `commit_within: 30`, which is also what holds where nothing is said. Beyond doubt is one that rests on a paper with
its number, its scan and the very day of the sign-off; for an adoption the paper may be older. What the branch held once, and
misses, is not new; what a side of its history gave up is. Before `format: 2` the dates of git decide, and any scan will do.

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
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_anew
from qmsctl.core.proof.arrival import arrival, once_held
from qmsctl.core.proof.filing import line_of, meaning_of
from qmsctl.core.proof.lateness import begins_in_office, days_allowed, rests_on_paper
from qmsctl.core.proof.since_base import new_signoffs
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.strictness import is_strict
from qmsctl.mend import HOLE
from qmsctl.message import _

SEVERITY = Severity.ERROR
TAKEN_UP = True
IGNORABLE = False
FIRM_FROM = 2
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """The age of every new sign-off; a base without an office asks for none."""
    if not begins_in_office(library):
        return
    allowed = days_allowed(library)
    for signoff, dossier in new_signoffs(library):
        strict = is_strict(library, signoff.path, day_of(signoff, library.config))
        by_git = None if strict or signoff.has_evidence else _by_git(signoff, library)
        if by_git and (by_git - day_of(signoff, library.config)).days > allowed:
            yield _problem(signoff, dossier, by_git, library, None)
        elif (library.today - day_of(signoff, library.config)).days > allowed and not rests_on_paper(signoff, library):
            shown = once_held(signoff, library) or library.today
            if (shown - day_of(signoff, library.config)).days > allowed:
                yield _problem(signoff, dossier, shown, library, Stricter())


def _by_git(signoff: SignOff, library: Library) -> date:
    """The day that git gives, by which the first format judges."""
    commit = arrival(signoff.path, library)
    return (commit.first_at if commit else library.clock).astimezone(library.config.zone).date()


def _problem(signoff: SignOff, dossier: Dossier, shown: date, library: Library, stricter: Stricter | None) -> Problem:
    name = library.people.name(signoff.person)
    again = signed_anew(signoff, dossier).done_by([(signoff.person, name)]).in_order_to(_("to sign on the day it is"))
    paper = signed_anew(signoff, dossier, basis=HOLE, basis_date=HOLE, basis_file=HOLE).in_order_to(_("with a paper of that day"))
    day = day_of(signoff, library.config)
    message = _(
        "“{meaning}” by {name} is dated {day}, but comes to what was accepted only on {shown}, {late} days later",
        meaning=meaning_of(signoff, library), name=name, day=day, shown=shown, late=(shown - day).days,
    )
    return Problem(signoff.path, line_of(signoff, library, "at"), message, again.or_else(paper), stricter=stricter)
