"""A nonconformity is planned without an action against its cause.

## Why
Once the cause is known, something has to be done about it, or somebody has to say why nothing is
(ISO 9001:2008, 8.5.2 c; ISO 9001:2015, 10.2.1 b). A major nonconformity needs a corrective action, one
that removes the cause; a correction alone only repairs this case. Nonconformity and action name each
other, so that from either the other is found.

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
`qmsctl new action --title "…" --set of=NC-2026-001`, then `qmsctl set NC-2026-001 actions=CA-2026-001`.
For a minor one that needs no action: `qmsctl set NC-2026-001 no_action_reason="…"`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.message import _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("8.5.2",), "iso9001-2015": ("10.2.1",)}

_PLANNED = "planned"


def check(library: Library) -> Iterator[Problem]:
    """Every nonconformity that is not frozen, and every action that names one."""
    for record in library.by_type.get("nonconformity", ()):
        if library.is_exempt(record):
            continue
        planned = any(state.id == _PLANNED for state in record.type.chain(record.status or ""))
        if planned and not library.is_closed(record):
            yield from _without_action(record, library)
        yield from _one_way(record, library)
    for action in library.by_type.get("action", ()):
        if not library.is_exempt(action):
            yield from _unknown_to_cause(action, library)


def _without_action(record: Item, library: Library) -> Iterator[Problem]:
    named = [library.by_id.get(name) for name in record.texts("actions")]
    live = [action for action in named if action and action.status != "cancelled"]
    hint = _('qmsctl new action --title "…" --set kind=corrective --set due=… --set of={id}; then: qmsctl set {id} actions+=…', id=record.id)
    line = record.line("actions" if record.has("actions") else "status")
    if record.text("severity") == "major":
        if not any(action.text("kind") == "corrective" for action in live):
            message = _("{id} is major; it needs at least one corrective action that is not cancelled", id=record.id)
            yield Problem(record.path, line, message, hint)
    elif not live and not record.has("no_action_reason"):
        message = _("{id} has no action, nor a reason why none is needed (no_action_reason)", id=record.id)
        yield Problem(record.path, line, message, hint)


def _one_way(record: Item, library: Library) -> Iterator[Problem]:
    for scalar in record.scalars("actions"):
        action = library.by_id.get(scalar.text)
        if action and action.type.name == "action" and record.id not in action.texts("of"):
            yield Problem(
                record.path,
                scalar.line,
                _("{action} is named here, but does not name {id} under “of”", action=action.id, id=record.id),
                _("qmsctl set {action} of={id}", action=action.id, id=",".join((*action.texts("of"), record.id))),
            )


def _unknown_to_cause(action: Item, library: Library) -> Iterator[Problem]:
    """A warning only: the action is made first, and only then can the nonconformity name it."""
    for scalar in action.scalars("of"):
        cause = library.by_id.get(scalar.text)
        if cause is None or cause.type.name != "nonconformity" or library.is_closed(cause):
            continue
        if action.id not in cause.texts("actions") and action.status != "cancelled":
            yield Problem(
                action.path,
                scalar.line,
                _("the action is said to arise from {cause}, which does not name it under “actions”", cause=cause.id),
                _("qmsctl set {cause} actions={id}", cause=cause.id, id=",".join((*cause.texts("actions"), action.id))),
                Severity.WARNING,
            )
