"""A sign-off came into git by the commit of somebody else.

## Why
A sign-off without a key or a paper is as good as the name in its file. Where its signer's own commit brought it, git
says the same; where a colleague's did, nobody but that colleague can say that it was given (ISO 9001:2008, 4.2.3 a;
ISO 9001:2015, 7.5.3.2). Git lets everybody choose the name in a commit, so this proves nothing either way, and is no more
than a warning. Nothing is said of a commit that brings the sign-offs of several persons: a squashed branch, or an office
where one person commits for all; nor of offices before `format: 2`.

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
author lan 2026-05-25T08:00:00+07:00
```
```committed 2026-05-25
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
author lan 2026-05-25T08:00:00+07:00
approve binh director 2026-05-25T09:00:00+07:00
```
```committed 2026-05-25
```

## Mend
Ask the signer. An office that wants proof asks for `level: signed` or `level: evidenced` in the approval matrix; a sign-off
that somebody else enters is entered as that: `qmsctl approve ID --by PERSON --basis NUMBER --basis-date DATE --basis-file FILE`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.office.config import FORMAT
from qmsctl.core.proof.bringing import brought_by_others
from qmsctl.core.proof.filing import line_of, meaning_of
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.strictness import is_strict
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.WARNING
TAKEN_UP = True
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """The commit of every sign-off, where the office has chosen the stricter criteria."""
    if library.config.format < FORMAT:
        return

    def is_recent(signoff: SignOff) -> bool:
        return is_strict(library, signoff.path, day_of(signoff, library.config))

    for signoff, commit, person in brought_by_others(library, is_recent):
        if is_recent(signoff):
            name = library.people.name(signoff.person)
            message = _("“{meaning}” by {name} came into git by {other}, in the commit {commit}",
                        meaning=meaning_of(signoff, library), name=name, other=person.name, commit=commit.id[:10])
            ask = advice(_("ask {name}; who wants proof asks for “level: signed” in the approval matrix", name=name))
            yield Problem(signoff.path, line_of(signoff, library, "by"), message, ask)
