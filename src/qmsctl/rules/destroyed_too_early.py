"""A disposal lists a record that has to be kept, or a file that is never erased by itself.

## Why
Each record has its time, by its type, by law, or by the line of a document in force that names its type, the longest of them; what is destroyed before it is over, while it is open, or
while an open matter rests on it, is evidence lost (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). The time runs
from the day the record was closed. Where a law says how long and names no time, the council judges; what is
permanent is never destroyed. A disposal is judged as of the day it was approved, until then as of today.

Under `erases` it may name files, such as those with personal data, of records and documents that are kept; texts and
sign-offs are not among them.

## Bad
```md records/actions/CA-2024-001.md
---
id: CA-2024-001
type: action
title: Phân công người thay
status: verified-effective
raised: 2024-02-03
owner: minh
due: 2024-03-31
---
```
```dossier CA-2024-001
verify lan qmr 2025-05-04T08:00:00+07:00
```
```md records/disposals/HUY-2026-001.md
---
id: HUY-2026-001
type: disposal
title: Hủy hồ sơ hết thời hạn lưu
status: proposed
raised: 2026-05-04
owner: hoa
disposes: [CA-2024-001]
reason: Hết thời hạn lưu
---
```

## Good
```md records/actions/CA-2019-001.md
---
id: CA-2019-001
type: action
title: Phân công người thay
status: verified-effective
raised: 2019-02-03
owner: minh
due: 2019-03-31
verified: 2019-06-03
---
```
```md records/disposals/HUY-2026-001.md
---
id: HUY-2026-001
type: disposal
title: Hủy hồ sơ hết thời hạn lưu
status: proposed
raised: 2026-05-04
owner: hoa
disposes: [CA-2019-001]
reason: Hết thời hạn lưu
---
```

## Mend
Take it off the list before the disposal is approved: `qmsctl set HUY-2026-001 disposes=…` with the others. What
may be destroyed is listed by `qmsctl records due-for-disposal`.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.gates.linked import status_label
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.reading import is_controlled
from qmsctl.core.records.as_of import as_of
from qmsctl.core.records.disposal import ERASES, FIELD, approved_on, disposals, last_copy
from qmsctl.core.records.named_files import named_files
from qmsctl.core.records.retention import Lines, keeping, kept_for, open_matters, retention_lines
from qmsctl.core.text.values import path_problem
from qmsctl.mend import Mend, advice, command
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
OFFICE = True
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every id that a disposal lists; one that is closed is judged in the change that closed it."""
    found = [each for each in disposals(library) if not each.is_void and not library.is_exempt(each)]
    needed = open_matters(library) if found else {}
    for disposal in found:
        approved = approved_on(disposal, library)
        lines = retention_lines(as_of(library, approved) if approved else library)
        for scalar in disposal.scalars(FIELD):
            message = _listed(scalar.text, approved, needed, lines, library)
            if message is not None:
                yield Problem(disposal.path, scalar.line, message, _mend(disposal, FIELD, scalar.text, approved))
        for scalar in disposal.scalars(ERASES):
            message = _erased(scalar.text, approved, library)
            if message is not None:
                yield Problem(disposal.path, scalar.line, message, _mend(disposal, ERASES, scalar.text, approved))


def _erased(path: str, approved: date | None, library: Library) -> Message | None:
    """Why a file may not be erased: only those beside texts and sign-offs may."""
    if is_controlled(path) or path.startswith("signoffs/"):
        return _("{path} is a text or belongs to a sign-off; only files that these name may be erased by themselves", path=path)
    if approved is None and path_problem(path) is None and not _is_known(path, library):
        return _("there is no file {path}", path=path)
    return None


def _is_known(path: str, library: Library) -> bool:
    """True for a file that is there, or that a text names though it is gone."""
    return path in library.files or any(each.path == path for each in named_files(library))


def _listed(subject: str, approved: date | None, needed: Mapping[str, tuple[str, ...]], lines: Lines, library: Library) -> Message | None:
    """Why a record may not be destroyed; ``approved`` is the day of the approval, if there is one, ``lines`` what the texts said then."""
    record = library.by_id.get(subject) or last_copy(subject, library)
    if record is None:
        unread = subject in library.stems
        return None if unread or approved else _("there is no record {id}", id=subject)
    if record.is_document:
        return _("{id} is a document; documents are withdrawn, not destroyed", id=subject)
    if approved is None and needed.get(subject):
        return _("{id} is still needed for {open}, which is open", id=subject, open=needed[subject])
    return _too_early(record, approved or library.today, lines, library)


def _too_early(record: Item, day: date, lines: Lines, library: Library) -> Message | None:
    found = keeping(record, library, lines)
    if found.retention is not None and found.retention.is_permanent:
        return _("{id} is kept {until}", id=record.id, until=kept_for(found))
    if not library.is_closed(record):
        return _("{id} is not closed, it is “{state}”", id=record.id, state=status_label(record, record.status))
    if found.closed is None:
        return _("nothing says when {id} was closed", id=record.id)
    if found.least is not None and found.least >= day:
        return _("{id} was closed on {closed} and is kept {until}", id=record.id, closed=found.closed, until=kept_for(found))
    return None


def _mend(disposal: Item, field: str, named: str, approved: date | None) -> Mend:
    rest = ",".join(each for each in disposal.texts(field) if each != named)
    listed = command("records due-for-disposal").in_order_to(_("to see what may be destroyed"))
    if approved:
        return listed.then(advice(_("keep the file, and propose a disposal without it")))
    chosen = listed.then(advice(_("list that in its place")))
    return give(disposal, field, rest).or_else(chosen) if rest else chosen
