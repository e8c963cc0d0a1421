"""A file named with its SHA-256 has changed.

## Why
Evidence counts as long as it is the same (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.1 b, 7.5.3.2). Who named a file
wrote down its digest: 64 signs that change with every byte. If they differ, the file of today is not the one
that was looked at, attached or signed for. What a signed copy names, of whatever revision, of an earlier state or of a
closing that was reopened, stays as it was as long as the record is kept; a new picture or list gets a name of its own.

From format 2 on this holds for every copy; before, for texts as they stand and for what is in force.

## Bad
```text attachments/NC-2026-003/list.csv
ngày,số hồ sơ
```
```md records/nonconformities/NC-2026-003.md
---
id: NC-2026-003
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: reported
evidence: [{path: attachments/NC-2026-003/list.csv, sha256: 4444444444444444444444444444444444444444444444444444444444444444}]
---
```

## Good
```text attachments/NC-2026-003/list.csv
ngày,số hồ sơ
```
```md records/nonconformities/NC-2026-003.md
---
id: NC-2026-003
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: reported
evidence: [{path: attachments/NC-2026-003/list.csv, sha256: 61c7f2ebaeae77d044a625f8478cca1cace8cb0c044f7859378f325a00501e83}]
---
```

## Mend
Take the file back from git. If the new content is meant, give it a name of its own and attach that:
``qmsctl attach ID FILE``.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.named_file import mend_named_file
from qmsctl.core.proof.named_digest import digest_now, fits
from qmsctl.core.records.named_files import NamedFile, named_files
from qmsctl.core.sight import Sight
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.1", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """Compare digests in documents, records, sign-offs, and every copy that is kept."""
    for named in named_files(library):
        found = None if fits(named.path, named.sha256, library) else digest_now(named.path, library)
        if found is not None:
            yield Problem(named.item.path, named.line, _said(named, found), mend_named_file(named, library), stricter=named.stricter)


def _said(named: NamedFile, found: str) -> Message:
    return _("{path} has the digest {found}…; {expected}… was written down",
             path=named.path, found=found[:12], expected=named.sha256[:12])
