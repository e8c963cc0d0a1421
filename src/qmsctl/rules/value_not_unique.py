"""Two files of one type have the same text in a field that is marked as unique.

## Why
A contract number, the code of an instrument or the number of a citizen's file names one thing; where two
records give it, nobody can tell which is meant (ISO 9001:2008, 4.2.3 e, 4.2.4; ISO 9001:2015, 7.5.2 a).
Which fields are unique the type says, with `unique: true`. Capitals and the look of a letter make no
difference: ``12/HĐ-UBND`` and ``12/hđ-ubnd`` are one number.

## Bad
```yaml .qms/types/contract/type.yaml
type: contract
kind: record
label: {en: Contract, vi: Hợp đồng}
id: HDM-{year}-{number:3}
folder: records/contracts
fields:
  title: {kind: text, label: {en: Title, vi: Tên}}
  number: {kind: text, unique: true, label: {en: Number, vi: Số hợp đồng}}
states:
  - {id: signed, label: {en: signed, vi: đã ký}}
```
```md records/contracts/HDM-2026-001.md
---
id: HDM-2026-001
type: contract
title: Bảo trì máy quét
status: signed
number: 12/HĐ-UBND
---
```
```md records/contracts/HDM-2026-002.md
---
id: HDM-2026-002
type: contract
title: Mua máy in
status: signed
number: 12/HĐ-UBND
---
```

## Good
```yaml .qms/types/contract/type.yaml
type: contract
kind: record
label: {en: Contract, vi: Hợp đồng}
id: HDM-{year}-{number:3}
folder: records/contracts
fields:
  title: {kind: text, label: {en: Title, vi: Tên}}
  number: {kind: text, unique: true, label: {en: Number, vi: Số hợp đồng}}
states:
  - {id: signed, label: {en: signed, vi: đã ký}}
```
```md records/contracts/HDM-2026-001.md
---
id: HDM-2026-001
type: contract
title: Bảo trì máy quét
status: signed
number: 12/HĐ-UBND
---
```
```md records/contracts/HDM-2026-002.md
---
id: HDM-2026-002
type: contract
title: Mua máy in
status: signed
number: 13/HĐ-UBND
---
```

## Mend
Look up which of the two has the wrong value and correct that one: ``qmsctl set HDM-2026-002
number="13/HĐ-UBND"``. If both are about the same thing, go on with one of them and close the other with a
reason.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.core.text.characters import fold
from qmsctl.core.types.kinds import shortened
from qmsctl.message import _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Compare the unique fields of each type that has some."""
    for items in library.by_type.values():
        for name, field in items[0].type.fields.items():
            if field.unique:
                yield from _field(library, items, name)


def _field(library: Library, items: tuple[Item, ...], name: str) -> Iterator[Problem]:
    """What was accepted before comes first, what a change gives comes last.

    Of a value that a change takes from one file, the others were at odds before: they are none of its making.
    """
    given = {item.path for item in items if _is_given(library, item, name)}
    left = {_folded(text) for item in items if item.path in given for each in library.earlier(item.id) for text in each.texts(name)}
    first: dict[str, Item] = {}
    for item in sorted(items, key=lambda each: (not library.is_exempt(each), each.path in given, each.path)):
        for folded, text in {_folded(text): text for text in item.texts(name)}.items():
            other = first.setdefault(folded, item) if folded else item
            if other is not item and not library.is_exempt(item) and (item.path in given or folded not in left):
                yield _problem(library, item, name, text, other)


def _folded(text: str) -> str:
    return fold(text).strip()


def _is_given(library: Library, item: Item, name: str) -> bool:
    """True if the change that is judged gives the field its value."""
    known = library.earlier(item.id)
    return all(each.texts(name) != item.texts(name) for each in known) if known else library.is_new(item.path)


def _problem(library: Library, item: Item, name: str, text: str, other: Item) -> Problem:
    message = _(
        "“{label}” ({field}): “{text}” is given in {other} already, and may be given only once",
        label=item.type.fields[name].label, field=name, text=shortened(text), other=other.path,
    )
    return Problem(item.path, item.line(name), message, mend_field(library, item, name))
