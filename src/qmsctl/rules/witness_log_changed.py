"""A line of the witness' log was changed, taken out or put in between, or is no line of a log.

## Why
`witness/log` names every file that was signed, with its digest, in the order in which it was first seen (`qmsctl
checkpoint`). The roots that have left the house are made over it from its beginning. It only grows: whoever changes one
line makes every root false that was made since (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2).

## Bad
```text witness/log
68ffcd08e29a767dc4fc58e04625bfa66627167ee03069a8baf203651b87136b  signoffs/CSCL/1-68ffcd08/CSCL.md
118d6b2c6d87c6572a154ee04280df7a060ee96050eaa3bc6a6b70a3d5f7fea3  signoffs/CSCL/1-68ffcd08/approve.binh.md
```
```base
```
```text witness/log
68ffcd08e29a767dc4fc58e04625bfa66627167ee03069a8baf203651b87136b  signoffs/CSCL/1-68ffcd08/CSCL.md
76b084fbbdd23b83476fbff41b35888f73bef8f5ea65292fd96a0e546cc6aa15  signoffs/CSCL/1-68ffcd08/author.lan.md
```

## Good
```text witness/log
68ffcd08e29a767dc4fc58e04625bfa66627167ee03069a8baf203651b87136b  signoffs/CSCL/1-68ffcd08/CSCL.md
```
```base
```
```text witness/log
68ffcd08e29a767dc4fc58e04625bfa66627167ee03069a8baf203651b87136b  signoffs/CSCL/1-68ffcd08/CSCL.md
118d6b2c6d87c6572a154ee04280df7a060ee96050eaa3bc6a6b70a3d5f7fea3  signoffs/CSCL/1-68ffcd08/approve.binh.md
```

## Mend
Take the log back as it was before the change: `git checkout origin/main -- witness/log`. What was signed since is put
at its end by the next `qmsctl checkpoint`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.core.source import EntryKind
from qmsctl.core.witness.checkpoints import note_paths
from qmsctl.core.witness.log import PATH, Log, log_of
from qmsctl.mend import advice, git, take_back
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """The log by itself, against its notes, and as it was where the change began."""
    log = log_of(library)
    for line, message in (*_malformed(log), *_gone(library), *_since_base(log, library)):
        by_hand = git("log", "--", PATH).in_order_to(_("to see who changed it")).then(advice(_("put it back"), undoes=True))
        yield Problem(PATH, line, message, take_back(PATH, since=library.base.name) if library.base else by_hand)


def _malformed(log: Log) -> Iterator[tuple[int, Message]]:
    for number, entry in enumerate(log.entries, 1):
        if entry is None:
            yield number, _("the line is none of a log: a digest, two blanks and a path below signoffs/ are expected")
    if log.rest:
        yield len(log.lines) + 1, _("the last line has no end")


def _gone(library: Library) -> Iterator[tuple[int, Message]]:
    if library.files.get(PATH) is not EntryKind.FILE and any(note_paths(library)):
        yield 0, _("there are notes over a log, and the log is gone")


def _since_base(log: Log, library: Library) -> Iterator[tuple[int, Message]]:
    """The first line that is other than it was."""
    for each in library.base.libraries if library.base else ():
        before = log_of(each)
        if not log.begins_with(before):
            pairs = enumerate(zip(before.lines, log.lines, strict=False), 1)
            line = next((number for number, (old, new) in pairs if old != new), len(log.lines) + 1)
            yield line, _("the log had {count} line(s) where this change began, and does not begin with them now", count=len(before.lines))
            return
