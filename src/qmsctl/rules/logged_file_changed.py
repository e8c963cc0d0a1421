"""A file that the witness' log has seen is gone, lies elsewhere, or has other bytes.

## Why
What somebody has signed is a record that stays (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). The log remembers each file
of a sign-off by its digest and its place, also in a copy without the history of git, and also where that history was made anew.

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
```gone signoffs/CSCL/1-68ffcd08/author.lan.md
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

## Mend
Bring the file back with the bytes the log names: `git log -- FILE` shows where it went. What was signed by mistake is
answered by another sign-off: `qmsctl withdraw`, `qmsctl return`, `qmsctl reopen`.
"""

from collections import defaultdict
from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.witness.log import PATH, Entry, is_logged, log_of, sha256_of
from qmsctl.mend import Mend, advice, git
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every line of the log against the file it names."""
    entries = [each for each in log_of(library).entries if each is not None]
    bad = [(each, found) for each in entries if (found := sha256_of(each.path, library)) != each.sha256]
    places = _places(library) if bad else {}
    for entry, found in bad:
        yield _problem(entry, found, places.get(entry.sha256))


def _problem(entry: Entry, found: str | None, elsewhere: str | None) -> Problem:
    number, path = entry.number, entry.path
    if found is not None:
        message = _("the log saw this file with other bytes: line {number} has the digest {sha256}", number=number, sha256=entry.sha256)
        return Problem(path, 0, message, _back(path))
    if elsewhere is not None:
        message = _("{path} lies at {elsewhere} now, and was signed where the log saw it", path=path, elsewhere=elsewhere)
        return Problem(PATH, number, message, advice(_("put it back where it was"), undoes=True))
    return Problem(PATH, number, _("{path} was signed and seen, and is gone", path=path), _back(path))


def _back(path: str) -> Mend:
    return git("log", "--", path).in_order_to(_("to see who changed it")).then(advice(_("put it back"), undoes=True))


def _places(library: Library) -> dict[str | None, str]:
    """Where the bytes of each digest lie below ``signoffs/``."""
    found: dict[str | None, list[str]] = defaultdict(list)
    for path in library.files:
        if is_logged(path, library):
            found[sha256_of(path, library)].append(path)
    return {sha256: min(paths) for sha256, paths in found.items()}
