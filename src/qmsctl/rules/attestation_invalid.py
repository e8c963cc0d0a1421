"""A file beside a note says that it was seen outside, and does not prove it.

## Why
Only what somebody outside attests makes a sign-off *witnessed*: a registered letter (`.basis`), the signature of a superior body
(`.cosigned`). A letter that is missing or another, or older than what the note holds, a signature that does not fit, or by a
key of nobody whom `qms.yaml` names under `witnesses`, attests nothing (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2).

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
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
```text witness/log
68ffcd08e29a767dc4fc58e04625bfa66627167ee03069a8baf203651b87136b  signoffs/CSCL/1-68ffcd08/CSCL.md
118d6b2c6d87c6572a154ee04280df7a060ee96050eaa3bc6a6b70a3d5f7fea3  signoffs/CSCL/1-68ffcd08/approve.binh.md
76b084fbbdd23b83476fbff41b35888f73bef8f5ea65292fd96a0e546cc6aa15  signoffs/CSCL/1-68ffcd08/author.lan.md
```
```text witness/2026-02-01-1.note
qmsctl/TA
3
1TUFWaiOfZ9Vc0FwCwJG2szh7geRy+aAizu94d9GNmg=
```
```files
attachments/witness/12.pdf
```
```text witness/2026-02-01-1.note.basis
number: 12/UBND-VP
date: 2026-01-05
file: attachments/witness/12.pdf
sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
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
```text witness/log
68ffcd08e29a767dc4fc58e04625bfa66627167ee03069a8baf203651b87136b  signoffs/CSCL/1-68ffcd08/CSCL.md
118d6b2c6d87c6572a154ee04280df7a060ee96050eaa3bc6a6b70a3d5f7fea3  signoffs/CSCL/1-68ffcd08/approve.binh.md
76b084fbbdd23b83476fbff41b35888f73bef8f5ea65292fd96a0e546cc6aa15  signoffs/CSCL/1-68ffcd08/author.lan.md
```
```text witness/2026-02-01-1.note
qmsctl/TA
3
1TUFWaiOfZ9Vc0FwCwJG2szh7geRy+aAizu94d9GNmg=
```
```files
attachments/witness/12.pdf
```
```text witness/2026-02-01-1.note.basis
number: 12/UBND-VP
date: 2026-02-02
file: attachments/witness/12.pdf
sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
```

## Mend
Put the letter back as it was registered, or take the file out and register the letter that went out: `qmsctl checkpoint letter
--basis 12/UBND-VP --basis-date 2026-02-02 --basis-file 12.pdf`. The key of a superior body comes under `witnesses` in `qms.yaml`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.core.witness.attested import SIGNATURE, NotAttested, attestations
from qmsctl.core.witness.checkpoints import checkpoints
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Letters and signatures beside the notes; a time stamp is read by verify alone."""
    for each in attestations(library, {}):
        if isinstance(each, NotAttested):
            right = advice(_("put the right file in its place"))
            named = advice(_("where that body has told you by another way that the key is its own: name it in qms.yaml, under witnesses"))
            yield Problem(each.path, 0, each.why, named.or_else(right) if each.unknown else right)
    for note in checkpoints(library):
        said = library.outside.signature(note.path) if f"{note.path}{SIGNATURE}" in library.files else None
        if said is not None and said.problem is not None:
            yield Problem(f"{note.path}{SIGNATURE}", 0, said.problem, advice(_("put the right file in its place")))
