"""A document was approved by one of its authors.

## Why
Approval is the second pair of eyes: somebody other than the writer says that the text is adequate
(ISO 9001:2008, 4.2.3 a; ISO 9001:2015, 7.5.2 c). The rule compares persons, not keys or names: whoever
submitted the copy cannot approve it, alone or together with others, whichever e-mail he uses; from format 2 on neither
can whoever entered the author's sign-off for somebody else.

## Bad
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: binh
---
```
```dossier CSCL
author binh 2026-01-05T08:00:00+07:00
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
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```

## Mend
Let somebody else sign who holds an approving role: `qmsctl approve CSCL --again`. The author's own approval stays
beside it as a trace. Where only the writer may approve, he signs it on paper and brings that in with `qmsctl adopt`; or
another person submits the text as its author, and answers for it.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import adopted_on_paper, signed_anew
from qmsctl.core.proof.filing import all_dossiers, line_of, type_of
from qmsctl.core.proof.holders import role_titles
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import authors, day_of
from qmsctl.mend import Mend, advice
from qmsctl.message import _
from qmsctl.value import replace

SEVERITY = Severity.ERROR
TAKEN_UP = True
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every approval with an author of the same copy among its signers."""
    for dossier in all_dossiers(library):
        given = dossier.of("approve")
        own = authors(dossier, library.config) if given else frozenset()
        entered = {each.entered_by: each for each in dossier.of("author") if each.entered_by} if given else {}
        for signoff in given:
            for person in signoff.by:
                if person in own:
                    yield _problem(person, signoff, dossier, library)
                elif person in entered:
                    mark = Stricter(day_of(signoff, library.config), entered[person].path)
                    yield replace(_problem(person, signoff, dossier, library), stricter=mark)


def _problem(person: str, signoff: SignOff, dossier: Dossier, library: Library) -> Problem:
    words = {"name": library.people.name(person), "id": dossier.subject, "revision": dossier.revision or "?"}
    if any(person in each.by for each in dossier.of("author")):
        message = _("{name} approved {id}, revision {revision}, having submitted it as its author", **words)
    else:
        message = _("{name} approved {id}, revision {revision}, having entered the sign-off of its author", **words)
    return Problem(signoff.path, line_of(signoff, library, "by"), message, _mend(signoff, dossier, library))


def _mend(signoff: SignOff, dossier: Dossier, library: Library) -> Mend:
    """Who else may approve it; where nobody may, how the two tasks come to two persons."""
    kind, own = type_of(dossier, library), _barred(dossier, library)
    entry = library.config.matrix(kind.name, day_of(signoff, library.config)) if kind else None
    roles = tuple(dict.fromkeys(role for slot in entry.approve for role in slot)) if entry else (signoff.role or "",)
    holders = [person for role in roles for person in library.people.holders(role, library.today)]
    others = dict.fromkeys((person.id, person.name) for person in holders if person.id not in own)
    if others:
        return signed_anew(signoff, dossier).done_by(others)
    other = advice(
        _("nobody else holds the role “{role}”: name another holder in people.yaml, "
          "or have the text changed and submitted by somebody else", role=role_titles(roles, library))
    )
    if not library.config.is_strict_on(library.today):
        return other
    return adopted_on_paper(dossier.subject).or_else(other)


def _barred(dossier: Dossier, library: Library) -> frozenset[str | None]:
    return authors(dossier, library.config) | {each.entered_by for each in dossier.of("author")}
