"""The one who is said to have approved an adopted paper could not do so.

## Why
Adopting takes over an approval that was given on paper; it is worth what the signature on that paper is worth (ISO
9001:2008, 4.2.3 a and 5.5.1; ISO 9001:2015, 7.5.2 c and 5.3). A person named by id held, on the day of the paper, a role that
approves such texts, whoever enters it today. Who signed for a body that is gone, or before `people.yaml` begins, is named as
the paper has it: with name, title and body.

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
adopt binh director 2026-01-06T08:00:00+07:00 basis={"number":"86/QD","date":"2025-09-15"} approved_by=minh
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
adopt binh director 2026-01-06T08:00:00+07:00 basis={"number":"86/QD","date":"2023-09-15"} approved_by={"name":"Phan_Văn_An","title":"Chủ_tịch","body":"UBND_xã_Tân_Bình"}
```

## Mend
Adopt again with who did approve it: `qmsctl adopt CSCL --again --approved-by binh --basis 86/QD --basis-date 2025-09-15`, or
in the words of the paper, `--approved-by "Phan Văn An, Chủ tịch, UBND xã Tân Bình"`. If the person held the role and only the
file does not say so, enter its days in `people.yaml` with the paper that gave it.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_anew
from qmsctl.core.proof.filing import all_dossiers, line_of
from qmsctl.core.proof.holders import role_titles
from qmsctl.core.proof.paper import approver_held, approving_roles
from qmsctl.core.sight import Sight
from qmsctl.mend import HOLE
from qmsctl.message import _

SEVERITY = Severity.ERROR
TAKEN_UP = True
IGNORABLE = False
OFFICE = True
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "5.5.1"), "iso9001-2015": ("5.3", "7.5.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every adoption that names a person as the approver of its paper."""
    for dossier in all_dossiers(library):
        for signoff in dossier.of("adopt"):
            named, basis = signoff.approved_by, signoff.basis
            if isinstance(named, str) and basis and basis.date and not approver_held(signoff, dossier, library):
                yield Problem(
                    signoff.path,
                    line_of(signoff, library, "approved_by"),
                    _(
                        "{name} is said to have approved the paper of {day}, and held none of these roles on that day: {roles}",
                        name=library.people.name(named), day=basis.date,
                        roles=role_titles(approving_roles(signoff, dossier, library), library),
                    ),
                    signed_anew(signoff, dossier, approved_by=HOLE, basis=HOLE, basis_date=HOLE, basis_file=HOLE),
                )
