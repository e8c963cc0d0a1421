"""A document is in force on the word of one person, who alone holds all the roles it needs.

## Why
Author, reviewer and approver are to be several persons (ISO 9001:2008, 4.2.3 a; ISO 9001:2015, 7.5.2 c). Where one person
holds all these roles, nobody can be asked to pretend: the signed paper is adopted, and everybody who reads the register sees
that one person stands behind it.

## Bad
Stricter from: 2026-01-01
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, roles: [{role: director, from: 2025-01-01}, {role: qmr, from: 2025-01-01}]}
```
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
adopt binh director 2026-01-06T08:00:00+07:00 basis={"number":"1/QD","date":"2026-01-05","file":"attachments/a.pdf","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
```

## Good
Stricter from: 2026-01-01
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
adopt binh director 2026-01-06T08:00:00+07:00 basis={"number":"1/QD","date":"2026-01-05","file":"attachments/a.pdf","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
```

## Mend
Give one of the roles to somebody else, with its first day, in `people.yaml`. Where there is nobody, say so under `ignore` in
`qms.yaml`, with a reason and a last day.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.proof.filing import line_of
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.signoffs.one_person import stands_alone
from qmsctl.core.signoffs.round import Round
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.WARNING
OFFICE = True
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """The adoption of what is in force, or is to be."""
    for subject, dossiers in library.dossiers.items():
        if any(each.of("adopt") for each in dossiers):
            standing = library.standing(subject)
            for found in (standing.in_force, standing.coming):
                if found and found.adopted:
                    yield from _alone(found, library)


def _alone(found: Round, library: Library) -> Iterator[Problem]:
    for signoff in found.signoffs:
        if stands_alone(signoff, found.dossier.type_name, library.config, library.people):
            yield Problem(
                signoff.path,
                line_of(signoff, library, "by"),
                _("{name} alone held all the roles that {id} needs: one person stands behind it",
                  name=library.people.name(signoff.person), id=signoff.subject),
                advice(_("give one of the roles to somebody else in people.yaml, or say under “ignore” in qms.yaml why there is nobody")),
                stricter=Stricter(day_of(signoff, library.config)),
            )
