"""A sign-off does not belong to anything, or not to the place where it lies.

## Why
A sign-off says which document or record it is about, and in which revision or state. It lies beside the
very bytes that were signed, in `signoffs/<id>/<revision or state>-<digest>/`. One that was copied from
another dossier, or that is about a document nobody has, would be taken for an approval that never was
(ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015, 7.5.3).

## Bad
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 2
owner: lan
---
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00 revision=1
```

## Good
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 2
owner: lan
---
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```

## Mend
Take the misplaced file out again and let the person sign what he meant to sign, with `qmsctl review`,
`approve` or `advance`. Sign-offs are written by these commands only, never copied by hand.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.moving import moved
from qmsctl.core.model import Item
from qmsctl.core.sight import Sight
from qmsctl.mend import Mend, advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3",)}


def check(library: Library) -> Iterator[Problem]:
    """Every file among the sign-offs, against the folder it lies in."""
    of_configuration = frozenset(signoff.path for signoff in library.configuration_signoffs)
    for item in library.signoff_items:
        found = _misplaced(item, library, of_configuration)
        if found:
            line, message, mend = found
            yield Problem(item.path, line, message, mend)


def _misplaced(item: Item, library: Library, of_configuration: AbstractSet[str]) -> tuple[int, Message, Mend] | None:
    remove = advice(_("take the file out; sign-offs are written by qmsctl, never copied"), undoes=True)
    if item.type.kind != "signoff":
        message = _("a file of the type {type} lies among the sign-offs", type=item.type.label)
        return item.line("type"), message, moved(item, library)
    parts = item.path.split("/")
    if len(parts) != 4:
        message = _(
            "the sign-off lies outside of a dossier, signoffs/<id>/<revision or state>-<digest>/, and counts for nothing"
        )
        return 0, message, remove
    _top, folder_id, key, _name = parts
    subject = item.text("subject")
    if subject is None:
        return None
    if subject != folder_id:
        message = _("the sign-off is about {subject}, but lies in a dossier of {id}", subject=subject, id=folder_id)
        return item.line("subject"), message, remove
    if item.path not in of_configuration and subject not in library.by_id and f"signoffs/{subject}/{key}/{subject}.md" not in library.files:
        message = _("there is no document or record {subject}, nor a copy of it beside the sign-off", subject=subject)
        return item.line("subject"), message, advice(_("put back the file, or take the sign-off out"), undoes=True)
    return _other_round(item, key.rpartition("-")[0], remove)


def _other_round(item: Item, signed: str, remove: Mend) -> tuple[int, Message, Mend] | None:
    """Compare the revision or state with that in the folder's name."""
    field = "revision" if item.has("revision") else "state"
    found = item.text(field)
    if found is None:
        message = _(
            "the sign-off names neither a revision nor a state; its folder is that of “{signed}”", signed=signed
        )
        return item.line("subject"), message, advice(_("add “revision: {signed}” or “state: {signed}”", signed=signed))
    if found == signed:
        return None
    message = (
        _(
            "the sign-off is for revision {found}, but lies in the dossier of revision {signed}",
            found=found,
            signed=signed,
        )
        if field == "revision"
        else _(
            "the sign-off is for the state “{found}”, but lies in the dossier of “{signed}”", found=found, signed=signed
        )
    )
    return item.line(field), message, remove
