"""A nonconformity has come back, and nothing is done against its cause.

## Why
What happens twice was not solved the first time: the causes are determined, and action is taken so that a
nonconformity does not recur (ISO 9001:2008, 8.5.2 and 8.5.3; ISO 9001:2015, 10.2.1 b). One repeats another where
both happened in the same unit or against the same document, and the later was raised within `repeat_window` of
`qms.yaml` (twelve months if nothing is set). The same category of causes counts beside these, not alone: “people” says
too little to tell that it is the same thing again. From the analysis of its cause on, the later one needs a corrective or
preventive action; a correction, or a reason why nothing needs to be done, is not enough for it.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: closed
raised: 2026-02-03
requirement: [QT-07]
owner: minh
---
```
```md records/nonconformities/NC-2026-002.md
---
id: NC-2026-002
type: nonconformity
title: Một hồ sơ trả quá hẹn
status: planned
raised: 2026-05-18
requirement: [QT-07]
owner: minh
no_action_reason: Việc đơn lẻ
---
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: closed
raised: 2026-02-03
requirement: [QT-07]
owner: minh
---
```
```md records/nonconformities/NC-2026-002.md
---
id: NC-2026-002
type: nonconformity
title: Một hồ sơ trả quá hẹn
status: planned
raised: 2026-05-18
requirement: [QT-07]
owner: minh
actions: [CA-2026-001]
---
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Bố trí người thay thế ở bước B2
status: planned
kind: corrective
of: [NC-2026-002]
owner: minh
due: 2026-07-31
---
```

## Mend
Look at what was done the earlier time and why it did not last, then plan an action against the cause:
`qmsctl new action --title "…" --set kind=corrective --set due=2026-07-31 --set of=NC-2026-002`. `qmsctl nc list --repeats`
shows what has come back in the office.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.begin import begin_linked
from qmsctl.core.model import Item
from qmsctl.core.records.finding import NONCONFORMITY
from qmsctl.core.records.repeats import Repeats
from qmsctl.core.records.repeats_words import told
from qmsctl.message import _

SEVERITY = Severity.WARNING
CLAUSES = {"iso9001-2008": ("8.5.2", "8.5.3"), "iso9001-2015": ("10.2.1",)}

_ANALYSED = "analysed"
_AGAINST_CAUSES = ("corrective", "preventive")


def check(library: Library) -> Iterator[Problem]:
    """Every nonconformity whose cause is known and that is not closed yet."""
    judged = [each for each in library.by_type.get(NONCONFORMITY, ()) if _is_judged(each, library) and not _is_answered(each, library)]
    known = Repeats(library) if judged else None
    for record in judged:
        found = known.before(record) if known else ()
        if found:
            message = _("{id} repeats {earlier}; it needs an action against the cause", id=record.id, earlier=told(found, library))
            mend = begin_linked(record, "actions", {"kind": _AGAINST_CAUSES}, library)
            yield Problem(record.path, record.line("raised"), message, mend)


def _is_judged(record: Item, library: Library) -> bool:
    analysed = any(state.id == _ANALYSED for state in record.type.chain(record.status or ""))
    return analysed and not library.is_closed(record)


def _is_answered(record: Item, library: Library) -> bool:
    named = (library.by_id.get(name) for name in record.texts("actions"))
    return any(each.text("kind") in _AGAINST_CAUSES and not each.is_given_up for each in named if each)
