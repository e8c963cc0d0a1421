"""A file named with its SHA-256 is gone.

## Why
A text that names its evidence, its pictures or its forms rests on them (ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015,
7.5.3.1 and 7.5.3.2). What a signed copy names, of whatever revision, of an earlier state or of a closing that was
reopened, stays as long as the record is kept, and for a document as long as any copy is. A file may go when a disposal
that lists its record, or under `erases` the file itself, is approved: personal data have to be erased at times.

From format 2 on this holds for every copy; before, for texts as they stand and for what is in force.

## Bad
```md records/nonconformities/NC-2026-003.md
---
id: NC-2026-003
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: reported
evidence: [{path: attachments/NC-2026-003/list.csv, sha256: 61c7f2ebaeae77d044a625f8478cca1cace8cb0c044f7859378f325a00501e83}]
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
Take the file back from git. Where it has to be erased, propose that and have it approved: ``qmsctl new disposal --set
erases=FILE``. Git keeps what was committed before; erasing it there, too, is the work of whoever runs the server.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.named_file import mend_gone_file
from qmsctl.core.proof.attributes import attributes_of, is_given_to_lfs
from qmsctl.core.proof.named_digest import digest_now, fits
from qmsctl.core.records.disposal import erased
from qmsctl.core.records.named_files import named_files
from qmsctl.core.sight import Sight
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.1", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """Look for every file that is named with its digest, but for those that an approved disposal lets go."""
    gone = erased(library)
    for named in named_files(library):
        if library.outside.pointer(named.path) and not is_given_to_lfs(named.path, attributes_of(library)):
            message = _("{path} is only a pointer of git-lfs, and no line of .gitattributes gives it to git-lfs, so nobody gets its content",
                        path=named.path)
            yield Problem(named.item.path, named.line, message, mend_gone_file(named, library), stricter=named.stricter)
            continue
        if named.path in gone or fits(named.path, named.sha256, library) or digest_now(named.path, library) is not None:
            continue
        message = _("{path} is named here with its digest, but there is no such file", path=named.path)
        yield Problem(named.item.path, named.line, message, mend_gone_file(named, library), stricter=named.stricter)
