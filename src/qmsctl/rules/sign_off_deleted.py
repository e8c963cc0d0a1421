"""A sign-off that the history of the repository holds is gone.

## Why
What somebody has signed is a record that stays (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). Once the commit that
deleted it has been accepted, no comparison with a base shows it any more, and the system looks as if nobody had ever
signed, returned or withdrawn anything. Wherever there is a history, it is asked: a copy, sign-off or signature that a
commit deleted, or that is gone from the folder since the last one, has to come back. One that was moved is not gone:
the same bytes lie elsewhere below `signoffs/`, or went with the folder of the system. Nor is one missed that bound a number which
two people had given, each without knowing of the other: whoever was not merged yet took the next number (`qmsctl renumber`), which
is told in a note; nor a submission that only its author had signed, and then submitted anew. What a change has lost itself
counts, whatever day its commits bear. A shallow clone does not see
all of the history, and says so.

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
return binh director 2026-01-06T08:00:00+07:00
```
```lost signoffs/CSCL/1-68ffcd08/return.binh.md 2026-02-02
```

Stricter from: 2026-01-01

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
return binh director 2026-01-06T08:00:00+07:00
```

Stricter from: 2026-01-01

## Mend
Bring it back from the commit before the one that deleted it: `git checkout 1a2b3c4d^ -- FILE`. What was signed by
mistake is answered by another sign-off: `qmsctl withdraw`, `qmsctl return`, `qmsctl reopen`. In a shallow clone
`git fetch --unshallow` brings the rest of the history.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.outside import Lost
from qmsctl.core.proof.since_base import dossier_files
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import Mend, advice, command, git, take_back
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.2",)}


def takes(library: Library, name: str) -> object:
    """What lies among the sign-offs of an id, and what has taken its place where that is given anew."""
    item, folder = library.by_id.get(name), f"signoffs/{name}/"
    return (item.type.name, item.title) if item else None, [path for path in library.files if path.startswith(folder)]


def check(library: Library) -> Iterator[Problem]:
    """Every file of a dossier that history held and that is nowhere now; what the base still has is told by its own rule."""
    committed, told = library.outside.first_commits(), {path for path, _home in dossier_files(library)}
    gone = library.missing
    for path, found in gone.missed.items():
        if path in told:
            continue
        mark = _brought(path, library)
        if found is None:
            message = _("{path} was signed and committed, and is deleted now", path=path)
            yield Problem(path, 0, message, take_back(path, since=committed[path].id[:12]), stricter=mark or Stricter(library.today))
        else:
            day = found.at.astimezone(library.config.zone).date()
            message = _("{path} was signed; the commit {commit} deleted it", path=path, commit=found.commit[:12])
            yield Problem(path, 0, message, _back(path, found), stricter=mark or Stricter(day))
    for subject, new in gone.renumbered.items():
        message = _("{id} was given twice and is {new} here since; its sign-offs of before were dropped", id=subject, new=new)
        yield Problem(f"signoffs/{subject}", 0, message, command("show", new), Severity.NOTE)
    if committed and not library.outside.history_is_whole():
        message = _("this clone has a part of the history only: whether sign-offs were deleted before that could not be seen")
        yield Problem(CONFIG_PATH, 0, message, git("fetch", "--unshallow"), Severity.NOTE)


def _brought(path: str, library: Library) -> Stricter | None:
    """The mark of what the change has lost itself, whatever the dates of its commits say."""
    base = library.base
    known = base is None or any(path in home.missing.missed for home in base.libraries)
    return None if known else Stricter(library.config.stricter_from)


def _back(path: str, found: Lost) -> Mend:
    before = f"{found.commit[:12]}^"
    if found.place == path or (found.place.endswith(f"/{path}") and not found.elsewhere):
        return take_back(path, since=before)
    return advice(_("its bytes are in git at {place}", place=f"{before}:{found.place}"))
