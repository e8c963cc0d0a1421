"""A sign-off is signed with a key that is not the signer's.

## Why
A signature shows that somebody had a key; `people.yaml` says whose key it is. A key that nobody has, or that
belongs to somebody else than the one who is said to have signed, shows nothing about the signer (ISO
9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). In a pull request the keys count that were known before it, so that
nobody can bring along the key he signs with.

## Bad
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…lan, from: 2025-01-01}]}
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
approve binh director 2026-01-06T08:00:00+07:00 key=lan
```

## Good
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…lan, from: 2025-01-01}]}
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
approve binh director 2026-01-06T08:00:00+07:00 key=binh
```

## Mend
Enter the key in the line of the person in `people.yaml`, as `keys: [{key: ssh-ed25519 …, from: 2026-01-01}]`,
with the line that stands in the person's `.pub` file, and have that change merged by somebody who knows the
person. A key of somebody else is never entered: each signs with a key of their own, `qmsctl approve CSCL --again --sign`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_with_key
from qmsctl.core.proof.attestation import Attestation, Fault, attestation, signature_path
from qmsctl.core.proof.filing import all_dossiers
from qmsctl.core.sight import Sight
from qmsctl.mend import Mend, advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
TAKEN_UP = True
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every key that made a signature, against the keys of the one who signed."""
    for dossier in all_dossiers(library):
        for signoff in dossier.signoffs:
            found = attestation(signoff, library)
            if found is not None and found.fault is Fault.UNKNOWN and found.why is not None:
                yield Problem(signature_path(signoff), 0, found.why, _mend(signoff, dossier, found, library))


def _mend(signoff: SignOff, dossier: Dossier, found: Attestation, library: Library) -> Mend:
    key = found.signature.key
    if key and len(library.people.sharing(key)) > 1:
        return advice(_("give each person a key of their own, made with ssh-keygen")).then(signed_with_key(signoff, dossier, library))
    owner = library.people.by_key(key) if key else None
    if key is None or (owner and owner.id in signoff.by):
        return advice(_("have the change of people.yaml merged first, by somebody who knows whose key it is; then sign"))
    again = signed_with_key(signoff, dossier, library)
    if owner is not None:
        return again.in_order_to(_("only {name} can sign for {name}, with a key of their own", name=library.people.name(signoff.person)))
    theirs = _("if it is theirs, enter it with its first day among the “keys” of {person} in people.yaml: {key}",
               person=signoff.person, key=key.text)
    return advice(theirs).or_else(again)
