"""A closed record was changed, or moved on, without being reopened.

## Why
A closed record is evidence: it has to stay exactly as it was when it was signed off (ISO 9001:2008,
4.2.4; ISO 9001:2015, 7.5.3.2). Not a letter of it changes any more, nor does its status. The only way
back is `reopen`, signed with a reason by those who may close; the earlier close stays provable.

## Bad
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: cancelled
raised: 2026-02-03
owner: minh
due: 2026-03-31
reason: Đã làm trong CA-2026-002
---
```
```dossier CA-2026-001
close lan qmr 2026-03-02T08:00:00+07:00
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: cancelled
raised: 2026-02-03
owner: minh
due: 2026-06-30
reason: Đã làm trong CA-2026-002
---
```

## Good
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: cancelled
raised: 2026-02-03
owner: minh
due: 2026-03-31
reason: Đã làm trong CA-2026-002
---
```
```dossier CA-2026-001
close lan qmr 2026-03-02T08:00:00+07:00
reopen lan qmr 2026-04-01T08:00:00+07:00
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: in-progress
raised: 2026-02-03
owner: minh
due: 2026-03-31
reason: Đã làm trong CA-2026-002
---
```

## Mend
Put back the text of the copy that the message names. If the matter is not settled after all,
`qmsctl reopen CA-2026-001 --reason "…"` brings the record back, and it can be worked on again.
"""

from collections.abc import Iterator
from itertools import pairwise

from qmsctl.core.base import Base
from qmsctl.core.comparison.differences import changed_fields
from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.gates.linked import status_label
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import StateSignOff, last_closing, signed_states
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of
from qmsctl.mend import HOLE, Mend, command, take_back
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every record against the copy of its latest closing, or that of the base, and each closing against the one before."""
    for record in library.records:
        signed = signed_states(record, library) if record.id in library.dossiers else ()
        yield from _closed_again(record, signed)
        closing = last_closing(signed)
        if closing and not closing.reopened and closing.copy.sha256 != record.sha256:
            yield _changed(record, closing, library)
        if closing is None and library.base is not None:
            yield from _unsigned(record, library.base)


def _unsigned(record: Item, base: Base) -> Iterator[Problem]:
    """A record that no sign-off closed, whatever else was signed of it, against what it was when the change began."""
    for before in base.items(record.id):
        state = before.type.states.get(before.status or "")
        if state is not None and state.final and before.sha256 != record.sha256:
            yield Problem(
                record.path,
                record.line(next(iter(changed_fields(record, before)), "status")),
                _("{id} was “{state}” before this change, and has been changed since", id=record.id, state=state.label),
                take_back(record.path, since=base.name),
            )
            return


def _closed_again(record: Item, signed: tuple[StateSignOff, ...]) -> Iterator[Problem]:
    """Closings that came after a closing nobody had undone."""
    closings = [each for each in signed if each.state.final]
    for before, after in pairwise(closings):
        undone = before.reopened is not None and before.reopened.at <= after.since
        if not undone and before.dossier.folder != after.dossier.folder:
            yield Problem(
                after.dossier.copy_path,
                0,
                _("{id} was closed here once more, though nobody had reopened it after {before}",
                  id=record.id, before=before.dossier.folder),
                _mend(record, before),
            )


def _changed(record: Item, closing: StateSignOff, library: Library) -> Problem:
    fields = tuple(changed_fields(record, closing.copy))
    moved = record.status != closing.state.id
    what = (
        _("its status is now “{now}”", now=status_label(record, record.status))
        if moved
        else _("these fields differ since: {fields}", fields=fields)
        if fields
        else _("its text differs since")
    )
    line = record.line("status" if moved else fields[0]) if moved or fields else 0
    return Problem(record.path, line, _said(record, closing, what, library), _mend(record, closing))


def _said(record: Item, closing: StateSignOff, what: Message, library: Library) -> Message:
    return _(
        "{name} signed {id} as “{state}” on {day}; {what}",
        name=library.people.name(closing.signoff.person),
        id=record.id,
        state=closing.state.label,
        day=day_of(closing.signoff, library.config),
        what=what,
    )


def _mend(record: Item, closing: StateSignOff) -> Mend:
    """Only what is as it was closed can be reopened."""
    back = take_back(record.path, copy=closing.dossier.copy_path)
    return back.or_else(back.then(command("reopen", record.id, reason=HOLE)).in_order_to(_("if the matter is not settled after all")))
