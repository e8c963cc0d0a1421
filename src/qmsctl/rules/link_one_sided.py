"""Two files belong together, and only one of them says so.

## Why
Nonconformity, action and re-issued document are read from either end: an auditor follows a nonconformity to
what was done about it, and an owner follows an action to its cause (ISO 9001:2008, 4.2.4 and 8.5.2; ISO
9001:2015, 7.5.3.2 and 10.2.2). An action its nonconformity does not know of is left out when the nonconformity
is closed; one that does not know its nonconformity may have been done for something else. The commands write
both sides at once; a link made by hand may lack one. It is an error where the state of a record rests on it,
and once the record that lacks it is closed; till then a warning.

## Bad
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: planned
severity: minor
owner: minh
actions: [CA-2026-001]
---
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: planned
kind: corrective
owner: minh
due: 2026-06-30
---
```

## Good
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: planned
severity: minor
owner: minh
actions: [CA-2026-001]
---
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: planned
kind: corrective
of: [NC-2026-001]
owner: minh
due: 2026-06-30
---
```

## Mend
Write down the other side: `qmsctl set CA-2026-001 of+=NC-2026-001`. If the two do not belong together, take the link
out: `qmsctl set NC-2026-001 actions=`. For a document that answers a nonconformity: `qmsctl set NC-2026-001 documents+=QT-07`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_fields
from qmsctl.core.records.mutual import OneSided, one_sided, rests_on
from qmsctl.core.sight import Sight
from qmsctl.mend import Assignment
from qmsctl.message import _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.4", "8.5.2"), "iso9001-2015": ("7.5.3.2", "10.2.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every file whose type has fields that are named back; what was given up binds nobody."""
    for holder in library.items:
        if holder.type.mutual_fields and not holder.is_given_up and (holder.is_document or not library.is_exempt(holder)):
            for link in one_sided(holder, library):
                yield from _problem(link, library)


def _problem(link: OneSided, library: Library) -> Iterator[Problem]:
    """What was closed before may be named later by what it did not know of."""
    holder, other = link.holder, link.other
    strict = rests_on(holder.type, link.field)
    if other.is_given_up or (library.is_exempt(other) and not strict):
        return
    yield Problem(
        holder.path,
        link.named.line,
        _("“{field}” names {other}, which does not name {id} under “{back}”", field=link.field.label, other=other.id, id=holder.id, back=link.back.label),
        mend_fields(library, other, Assignment(link.back.name, holder.id, more=True)),
        None if strict or library.is_closed(other) else Severity.WARNING,
    )
