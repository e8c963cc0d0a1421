"""A field that the type requires is missing or empty.

## Why
A document needs a title, a revision and somebody who answers for it; a record needs more with every
state it reaches, such as the cause before a nonconformity counts as analysed
(ISO 9001:2008, 4.2.3, 4.2.4; ISO 9001:2015, 7.5.2 a). The type says which field is needed, and from which
state on.

## Bad
```md records/nonconformities/NC-2026-003.md
---
id: NC-2026-003
type: nonconformity
title: Ba hồ sơ trích lục hộ tịch trả quá hẹn
status: contained
raised: 2026-02-03
raised_by: hoa
about: process
source: process
severity: minor
requirement: [QT-07]
owner: minh
---
```

## Good
```md records/nonconformities/NC-2026-003.md
---
id: NC-2026-003
type: nonconformity
title: Ba hồ sơ trích lục hộ tịch trả quá hẹn
status: contained
raised: 2026-02-03
raised_by: hoa
about: process
source: process
severity: minor
requirement: [QT-07]
correction: Gửi thư xin lỗi ba công dân; rà soát các hồ sơ đang xử lý
owner: minh
---
```

## Mend
Fill the field in: ``qmsctl set NC-2026-003 correction="…"`` for a record, an editor for a document.
``qmsctl schema TYPE`` lists what a type asks for.
"""

from collections.abc import Iterator
from typing import TypeAlias

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.core.narrow import Look, Office
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.text.nodes import is_empty
from qmsctl.core.types.field import Field
from qmsctl.core.types.kinds import expected
from qmsctl.core.types.record_type import RecordType
from qmsctl.mend import Mend, advice
from qmsctl.message import Message, _, named

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}


_Known: TypeAlias = dict[tuple[str, str | None], tuple[tuple[str, Message], ...]]


def suspect(_office: Office) -> Look:
    """A field that is asked for and empty."""
    known: _Known = {}
    return lambda item: any(not item.has(name) for name, _message in known[_asked(item, known)])


def _asked(item: Item, known: _Known) -> tuple[str, str | None]:
    """Under which type and state what is asked for is ``known``."""
    place = (item.type.name, item.status if item.type.states else None)
    if place not in known:
        known[place] = tuple(_required(item.type, place[1]))
    return place


def check(library: Library) -> Iterator[Problem]:
    """Compare what each file has with what its type asks for in its state.

    Of a closed record only what its later states asked for is judged: that is what closing meant.
    """
    known: _Known = {}
    closed = (item for item in library.records if library.is_exempt(item))
    for item in (*suspects(library, suspect), *closed):
        place = _asked(item, known)
        frozen = library.is_exempt(item)
        for name, message in known[place]:
            if frozen and item.type.state_of(name) in (None, item.type.first_state):
                continue
            if is_empty(item.fields.entries.get(name)):
                yield Problem(item.path, item.line(name), message, _mend(library, item, name))


def _required(described: RecordType, status: str | None) -> Iterator[tuple[str, Message]]:
    """The fields that must be there in ``status``, each with the sentence for when it is not."""
    if described.kind != "signoff":
        yield "id", _("“{field}” is missing: the name of the file without .md", field="id")
    if described.states:
        yield "status", _("“{field}” is missing: one of {states}", field="status", states=named({name: each.label for name, each in described.states.items()}))
    known = status if status in described.states else described.first_state
    reached = {state.id for state in described.chain(known or "")}
    for field in described.fields.values():
        state = described.state_of(field.name)
        if field.required and (not described.states or state in reached):
            yield field.name, _message(field, described, state)


def _message(field: Field, described: RecordType, state: str | None) -> Message:
    label, kind = field.label, expected(field)
    if state is None or state == described.first_state:
        return _("“{label}” ({field}) is missing: {expected}", label=label, field=field.name, expected=kind)
    return _("“{label}” ({field}) is missing, needed from state “{state}” on: {expected}",
             label=label, field=field.name, state=described.states[state].label, expected=kind)


def _mend(library: Library, item: Item, name: str) -> Mend:
    """No command sets what a file is called, nor the state it is in."""
    if name == "id":
        return advice(_("add the line: id: {id}", id=item.stem))
    if name == "status":
        return advice(_("add a line “status” with the state the record is in"))
    return mend_field(library, item, name)
