"""A file that is named as evidence has nothing in it.

## Why
A file of no bytes, or of blanks alone, has a digest like any other and shows nothing: a scan that went wrong, or a file
made so that a gate opens (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). Evidence, pictures, and the paper on which a
sign-off rests are looked at.

From format 2 on, for what is new or of `stricter_from` or later.

## Bad
Stricter from: 2026-01-01
```text attachments/NC-2026-003/list.csv
```
```md records/nonconformities/NC-2026-003.md
---
id: NC-2026-003
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: reported
raised: 2026-05-04
evidence: [{path: attachments/NC-2026-003/list.csv, sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855}]
---
```

## Good
Stricter from: 2026-01-01
```text attachments/NC-2026-003/list.csv
ngày,số hồ sơ
```
```md records/nonconformities/NC-2026-003.md
---
id: NC-2026-003
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: reported
raised: 2026-05-04
evidence: [{path: attachments/NC-2026-003/list.csv, sha256: 61c7f2ebaeae77d044a625f8478cca1cace8cb0c044f7859378f325a00501e83}]
---
```

## Mend
Scan the paper again, and attach that file: `qmsctl attach NC-2026-003 scan.pdf`. A sign-off is given again with it:
`qmsctl approve ID --again --basis-file scan.pdf`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import sign_again
from qmsctl.core.model import Item
from qmsctl.core.proof.named_digest import is_blank
from qmsctl.core.records.dated import written_on
from qmsctl.core.records.named_files import named_files
from qmsctl.core.sight import Sight
from qmsctl.mend import Hole, Mend, advice, command
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
TAKEN_UP = True
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every file that is named with its digest, as it lies there."""
    for named in named_files(library):
        if is_blank(named.path, named.sha256, library):
            message = _("{path} is named here as evidence, and there is nothing in it", path=named.path)
            stricter = named.stricter or Stricter(written_on(named.item, library))
            yield Problem(named.item.path, named.line, message, _mend(named.item), stricter=stricter)


def _mend(item: Item) -> Mend:
    if item.type.kind == "signoff":
        return sign_again()
    scanned = advice(_("take the empty file out of the list, and attach the one that shows it"))
    return scanned.then(command("attach", item.id, Hole("file")))
