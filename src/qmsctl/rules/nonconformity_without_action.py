"""A nonconformity is planned without an action against its cause.

## Why
Once the cause is known, something has to be done about it, or somebody has to say why nothing is
(ISO 9001:2008, 8.5.2 c; ISO 9001:2015, 10.2.1 b). A major nonconformity needs a corrective action, one
that removes the cause; a correction alone only repairs this case.

## Bad
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: planned
severity: minor
owner: minh
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
`qmsctl new action --title "…" --set kind=corrective --set due=2026-07-31 --set of=NC-2026-001`: the nonconformity
names the action from then on. For a minor one that needs no action: `qmsctl set NC-2026-001 no_action_reason="…"`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.begin import begin_linked
from qmsctl.core.model import Item
from qmsctl.message import _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("8.5.2",), "iso9001-2015": ("10.2.1",)}

_PLANNED = "planned"


def check(library: Library) -> Iterator[Problem]:
    """Every nonconformity that is planned and not closed yet."""
    for record in library.by_type.get("nonconformity", ()):
        planned = any(state.id == _PLANNED for state in record.type.chain(record.status or ""))
        if planned and not library.is_closed(record):
            yield from _without_action(record, library)


def _without_action(record: Item, library: Library) -> Iterator[Problem]:
    named = [library.by_id.get(name) for name in record.texts("actions")]
    live = [action for action in named if action and action.status != "cancelled"]
    mend = begin_linked(record, "actions", {"kind": ("corrective",)}, library)
    line = record.line("actions" if record.has("actions") else "status")
    if record.text("severity") == "major":
        if not any(action.text("kind") == "corrective" for action in live):
            message = _("{id} is major; it needs at least one corrective action that is not cancelled", id=record.id)
            yield Problem(record.path, line, message, mend)
    elif not live and not record.has("no_action_reason"):
        message = _("{id} has no action, nor a reason why none is needed (no_action_reason)", id=record.id)
        yield Problem(record.path, line, message, mend)
