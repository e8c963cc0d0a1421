"""A periodic review found that a document is to be revised or withdrawn, and it was not.

## Why
A review that finds a text outdated and changes nothing is worse than none: everybody knows that the text is
wrong, and it stays in force (ISO 9001:2008, 4.2.3 b; ISO 9001:2015, 7.5.2 c, 7.5.3.2). The time runs from the day
of the review: 90 days, or the number in `qms.yaml` under `verdict_within`. A later review that keeps the
document takes the verdict back.

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
```md records/periodic-reviews/SX-2026-001.md
---
id: SX-2026-001
type: periodic-review
title: Soát xét chính sách
status: done
document: [CSCL]
verdict: revise
date: 2026-02-02
owner: lan
---
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
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 2
change: Theo kết luận soát xét SX-2026-001
owner: lan
---
```
```dossier CSCL
author lan 2026-03-05T08:00:00+07:00
approve binh director 2026-03-06T08:00:00+07:00
```
```md records/periodic-reviews/SX-2026-001.md
---
id: SX-2026-001
type: periodic-review
title: Soát xét chính sách
status: done
document: [CSCL]
verdict: revise
date: 2026-02-02
owner: lan
---
```

## Mend
Do what the review found: `qmsctl revise CSCL --change "…"`, then submit it and have it approved; or `qmsctl
withdraw CSCL --comment "…"`. If the verdict was wrong, review it again and keep it: `qmsctl new periodic-review
--title "…" --set document=CSCL --set verdict=keep`.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.duties.review_due import REVIEW_TYPE, last_verdicts
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.mend import HOLE, Assignment, Mend, command
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
CALENDAR = True
OFFICE = True
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2", "7.5.3.2")}

SETTING, DAYS = "verdict_within", 90


def check(library: Library) -> Iterator[Problem]:
    """The last verdict on every document that is in force."""
    days = library.config.settings.get(SETTING, DAYS)
    for document, (day, record) in last_verdicts(library).items():
        due = day + timedelta(days=days)
        verdict = record.text("verdict")
        if verdict in ("revise", "withdraw") and due < library.today and _is_open(library, document, verdict, day):
            working = library.by_id.get(document)
            item = working if working and working.is_document else record
            yield Problem(item.path, item.line("revision"), _message(library, document, record, due), _mend(document, verdict))


def _is_open(library: Library, document: str, verdict: str, day: date) -> bool:
    """True while the document is in force as the review found it."""
    standing = library.standing(document)
    if standing.in_force is None:
        return False
    revised = any(each.approved_on and each.approved_on >= day for each in standing.approved)
    return verdict == "withdraw" or not revised


def _message(library: Library, document: str, record: Item, due: date) -> Message:
    days = (library.today - due).days
    field = record.type.fields.get("verdict")
    verdict = field.values.get(record.text("verdict") or "") if field else None
    return _("{review} found: {verdict}. {document} is still in force as it was; it was due by {due} (days late: {days})",
             review=record.id, verdict=verdict or record.text("verdict"), document=document, due=due, days=days)


def _mend(document: str, verdict: str) -> Mend:
    done = command("withdraw", document, comment=HOLE) if verdict == "withdraw" else command("revise", document, change=HOLE)
    again = command("new", REVIEW_TYPE, title=HOLE, sets=[Assignment("document", document), Assignment("verdict", HOLE)])
    return done.or_else(again.in_order_to(_("to review it again")))
