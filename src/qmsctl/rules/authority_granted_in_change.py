"""A change is signed with a right that it grants itself.

## Why
Who may sign what is decided before, not in the same breath: otherwise anybody could make themselves director
for one pull request (ISO 9001:2008, 4.2.3 a and 5.5.1; ISO 9001:2015, 5.3 and 7.5.2 c). So the sign-offs of a
change are judged by `qms.yaml` and `people.yaml` as they stood where the change began.

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
approve hoa director 2026-01-06T08:00:00+07:00
```
```yaml people.yaml
people:
  - {id: lan, name: Nguyễn Thị Lan, email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}]}
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: mot-cua, roles: [{role: director, from: 2025-01-01}]}
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
```yaml people.yaml
people:
  - {id: lan, name: Nguyễn Thị Lan, email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}]}
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: mot-cua, roles: [{role: director, from: 2025-01-01}]}
```
```base
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve hoa director 2026-01-06T08:00:00+07:00
```

## Mend
Have the change of `qms.yaml` or `people.yaml` accepted first, on a branch of its own; then bring that branch
up to date and have it checked again. If the right was accepted meanwhile, merge the main branch into yours.
"""

from collections.abc import Iterator
from functools import partial

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.proof.filing import all_dossiers, line_of
from qmsctl.core.proof.roles_asked import roles_asked
from qmsctl.core.proof.since_base import new_signoffs, role_was_held
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.signoffs.approval import held_role
from qmsctl.core.signoffs.round import Round, read_round
from qmsctl.mend import Mend, advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
OFFICE = True
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "5.5.1"), "iso9001-2015": ("5.3", "7.5.2")}


def check(library: Library) -> Iterator[Problem]:
    """New sign-offs by the roles of the base; then the outcome of every dossier by its approval matrix."""
    if library.base is None:
        return
    told: set[str] = set()
    for signoff, dossier in new_signoffs(library):
        if held_role(signoff, library.config, library.people) and not role_was_held(signoff, library):
            told.add(dossier.folder)
            yield Problem(
                signoff.path,
                line_of(signoff, library, "role"),
                _("{name} holds the role {role} only by this very change of people.yaml",
                  name=library.people.name(signoff.person), role=signoff.role),
                _mend(),
            )
        elif _is_asked(signoff, dossier, library) and not _was_asked(signoff, dossier, library):
            told.add(dossier.folder)
            yield Problem(
                signoff.path,
                line_of(signoff, library, "role"),
                _("the role {role} signs “{state}” of {id} only by what this change makes of {file}",
                  role=signoff.role, state=dossier.state, id=dossier.subject, file=CONFIG_PATH),
                _mend(),
            )
    for dossier in () if _is_same_office(library) else all_dossiers(library):
        if dossier.folder not in told and _decided_anew(dossier, library):
            yield Problem(
                dossier.copy_path,
                0,
                _("revision {revision} of {id} is approved, or withdrawn, only by what this change makes of {file}",
                  revision=dossier.revision, id=dossier.subject, file=CONFIG_PATH),
                _mend(),
            )


def _is_asked(signoff: SignOff, dossier: Dossier, office: Library) -> bool:
    """True for the sign-off of a record's state in a role that may give it."""
    return dossier.revision is None and signoff.role in roles_asked(signoff, dossier, office)


def _was_asked(signoff: SignOff, dossier: Dossier, library: Library) -> bool:
    """True if it was so by the office of the base, or if anybody could sign there."""
    base = library.base
    asked = partial(roles_asked, signoff, dossier)
    return base is None or base.granted(lambda office: not asked(office) or signoff.role in asked(office))


def _mend() -> Mend:
    return advice(_("have the change of the configuration merged first, then bring this branch up to date with it"))


def _is_same_office(library: Library) -> bool:
    """True where people and approval matrix are those from before the change, so that nothing is decided by it anew."""
    return library.base is not None and all(each.config is library.config and each.people is library.people for each in library.base.asking)


def _decided_anew(dossier: Dossier, library: Library) -> bool:
    """True if the dossier decides by the present office what by that of the base it would not."""
    base = library.base
    if base is None or dossier.revision is None or not dossier.signoffs:
        return False
    return any(decides(dossier, library) and not base.granted(partial(decides, dossier)) for decides in (_approves, _withdraws))


def _approves(dossier: Dossier, office: Library) -> bool:
    return _round(dossier, office).approved_on is not None


def _withdraws(dossier: Dossier, office: Library) -> bool:
    return _round(dossier, office).withdrawn_on is not None


def _round(dossier: Dossier, office: Library) -> Round:
    return read_round(dossier, dossier.revision or 0, office.config, office.people)
