"""The legal basis of a document in force has been amended since anybody looked at the document.

## Why
A law that is amended is still in force, and what it says is another thing than what the procedure was written by (ISO 9001:2008,
4.2.3 f and 7.2.1 c; ISO 9001:2015, 7.5.3.2 and 8.2.2). `amended_by` of an external document names the texts that amend it. From
the day one of them is issued every document that cites the amended one is told so, until it has been looked at: by a
revision that is more than editorial, or a finished periodic review, of that day or later.

## Bad
```md documents/external/TLBN-01.md
---
id: TLBN-01
type: external-document
title: Nghị định về hộ tịch
revision: 1
issued: 2015-11-15
amended_by: [TLBN-02]
---
```
```md documents/external/TLBN-02.md
---
id: TLBN-02
type: external-document
title: Nghị định sửa đổi Nghị định về hộ tịch
revision: 1
issued: 2026-02-10
in_force_from: 2026-04-01
---
```
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Cấp bản sao trích lục
revision: 1
legal_basis: [TLBN-01]
---
```
```dossier HD-01
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```

## Good
```md documents/external/TLBN-01.md
---
id: TLBN-01
type: external-document
title: Nghị định về hộ tịch
revision: 1
issued: 2015-11-15
amended_by: [TLBN-02]
---
```
```md documents/external/TLBN-02.md
---
id: TLBN-02
type: external-document
title: Nghị định sửa đổi Nghị định về hộ tịch
revision: 1
issued: 2026-02-10
in_force_from: 2026-04-01
---
```
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Cấp bản sao trích lục
revision: 1
legal_basis: [TLBN-01, TLBN-02]
---
```
```dossier HD-01
author minh 2026-03-05T08:00:00+07:00
approve binh director 2026-03-06T08:00:00+07:00
```

## Mend
Read the document against the amendment. If it still holds, say so in a periodic review (`qmsctl new periodic-review`); if not,
`qmsctl revise HD-01 --change "…"`.
"""

from collections.abc import Iterator
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.duties.amendments import Amendment, amendments, law_of
from qmsctl.core.duties.review_due import last_verdicts
from qmsctl.core.library import Library
from qmsctl.core.mends.begin import begin
from qmsctl.core.model import Item
from qmsctl.core.proof.bearing import issued
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.mend import HOLE, Mend, advice, command
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
CALENDAR = True
CLAUSES = {"iso9001-2008": ("4.2.3", "7.2.1"), "iso9001-2015": ("7.5.3.2", "8.2.2")}


def takes(library: Library, name: str) -> object:
    """Of a record by which documents are reviewed all, of a document what was issued, what amends it, and since when it counts."""
    item = library.by_id.get(name)
    if item and item.type.counted_as("todo", "reviews"):
        return item.sha256
    return issued(library, name), law_of(item) if item and item.is_document else None


def check(library: Library) -> Iterator[Problem]:
    """The legal basis of every text in force, against what amends it and when the text was last looked at."""
    known = amendments(library)
    if not known:
        return
    verdicts = last_verdicts(library)
    for text in texts_in_force(library):
        looked = max(filter(None, (_revised(text, library), verdicts[text.id][0] if text.id in verdicts else None)), default=None)
        working = library.by_id.get(text.id) or text
        for law in text.texts("legal_basis"):
            missed = [each for each in known.get(law, ()) if looked is None or each.day > looked]
            if missed:
                yield Problem(working.path, working.line("legal_basis"), _message(law, missed, text), _mend(text, missed, library))


def _revised(text: Item, library: Library) -> date | None:
    """The last day on which a revision up to the one in force was approved that was more than editorial."""
    standing = library.standing(text.id)
    last = standing.in_force.revision if standing.in_force else 0
    rounds = (each for each in standing.approved if each.revision <= last and not (each.copy and each.copy.flag("editorial")))
    return max((each.approved_on for each in rounds if each.approved_on), default=None)


def _message(law: str, missed: list[Amendment], text: Item) -> Message:
    last = max(missed, key=lambda each: each.day)
    return _("{law} has been amended by {names}, the last time on {day}, and {id} has not been looked at since",
             law=law, names=tuple(each.law.id for each in missed), day=last.day, id=text.id)


def _mend(text: Item, missed: list[Amendment], library: Library) -> Mend:
    looked = advice(_("read the text against {names}", names=tuple(each.law.id for each in missed)))
    review = library.types.get("periodic-review")
    revised = looked.then(command("revise", text.id, change=HOLE))
    return revised.or_else(begin(review, {"document": text.id, "verdict": HOLE}, library)) if review else revised
