"""An action, or a document to be re-issued, was taken out of what had been planned.

## Why
Once the cause is known, what is planned against it is kept until it is done or given up for a reason that somebody signed
(ISO 9001:2008, 8.5.2 and 4.2.4; ISO 9001:2015, 10.2.1 and 7.5.3). A nonconformity from which the action that was not done, or
the document that was not re-issued, is simply taken out would close as if it had never been asked for. What is named
in a field that only grows, as its type says, is compared with what had been accepted and with the copies that were signed.

## Bad
Stricter from: 2026-01-01
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Tiếp nhận hồ sơ
revision: 1
owner: minh
---
```
```md documents/instructions/HD-02.md
---
id: HD-02
type: instruction
title: Trả kết quả
revision: 1
owner: minh
---
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: analysed
severity: minor
owner: minh
documents: [HD-01, HD-02]
---
```
```base
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: planned
severity: minor
owner: minh
documents: [HD-01]
---
```

## Good
Stricter from: 2026-01-01
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Tiếp nhận hồ sơ
revision: 1
owner: minh
---
```
```md documents/instructions/HD-02.md
---
id: HD-02
type: instruction
title: Trả kết quả
revision: 1
owner: minh
---
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: analysed
severity: minor
owner: minh
documents: [HD-01, HD-02]
---
```
```base
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: planned
severity: minor
owner: minh
documents: [HD-01]
waivers: [{document: HD-02, reason: Bước này đã bỏ}]
---
```

## Mend
Name it again. What is not to be done is given up with a reason: an action with `qmsctl advance CA-2026-001 cancelled --set reason="…"`,
a document in `waivers`.
"""

from collections.abc import Iterator
from functools import partial

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import signed_states
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.types.field import Field
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.4", "8.5.2"), "iso9001-2015": ("7.5.3", "10.2.1")}


def check(library: Library) -> Iterator[Problem]:
    """Every record with a field that only grows."""
    for record in library.records:
        growing = tuple(field for field in record.type.fields.values() if field.grows)
        if growing and not library.is_exempt(record):
            yield from _record(record, growing, library)


def _record(record: Item, growing: tuple[Field, ...], library: Library) -> Iterator[Problem]:
    kept = {name for field in growing for name in _named(record, field)}
    taken_out = partial(_taken_out, growing=growing, kept=kept, library=library)
    accepted = [taken_out(each) for each in library.earlier(record.id)]
    signed = [(day_of(each.signoff, library.config), taken_out(each.copy)) for each in signed_states(record, library)]
    days = {name: day for day, each in signed for name in each}
    common = {name: field for name, field in accepted[0].items() if all(name in each for each in accepted)} if accepted else {}
    for name, field in ({name: field for _day, each in signed for name, field in each.items()} | common).items():
        yield Problem(
            record.path,
            record.line(field.name),
            _("{name} was named in “{field}” ({key}) of {id}, and is neither there any more nor given up",
              name=name, field=field.label, key=field.name, id=record.id),
            give(record, field.name, name, more=True) if _key(field) is None else advice(_("put the row of {name} back", name=name), undoes=True),
            stricter=Stricter(days.get(name)),
        )


def _taken_out(before: Item, growing: tuple[Field, ...], kept: set[str], library: Library) -> dict[str, Field]:
    """What stood in ``before`` in a field that only grew by then, and is not ``kept``, each with its field."""
    chain = {state.id for state in before.type.chain(before.status or "")}
    found: dict[str, Field] = {}
    for field in growing:
        for name in _named(before, field) if field.grows in chain else ():
            other = library.by_id.get(name)
            if name not in kept and not (other is not None and other.is_given_up):
                found.setdefault(name, field)
    return found


def _named(record: Item, field: Field) -> Iterator[str]:
    """What a field names: its texts, or of each of its rows the text under the first key its type has."""
    key = _key(field)
    found = record.texts(field.name) if key is None else (row.text(key) or "" for row in record.rows(field.name))
    yield from filter(None, found)


def _key(field: Field) -> str | None:
    """The key by which a list of rows names something; ``None`` for a field that holds no rows."""
    return next(iter(field.of[0].keys), None) if field.of else None
