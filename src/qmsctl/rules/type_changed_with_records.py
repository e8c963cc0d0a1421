"""A type is redefined in the same change as what it governs.

## Why
A type says which fields a record must have and what must be true before it is closed. Whoever may loosen it in
the same breath can close anything (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3). A new definition is looked at
and accepted for itself; after that the records follow it. A type that is new in the change may bring its first
records with it.

## Bad
```yaml .qms/types/tho-khen/type.yaml
type: tho-khen
kind: record
label: {en: Letter of thanks, vi: Thư khen}
id: "TK-{number:3}"
folder: records/letters
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
  from: {kind: text, required: true, label: {en: From, vi: Người gửi}}
```
```base
```
```yaml .qms/types/tho-khen/type.yaml
type: tho-khen
kind: record
label: {en: Letter of thanks, vi: Thư khen}
id: "TK-{number:3}"
folder: records/letters
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
```
```md records/letters/TK-001.md
---
id: TK-001
type: tho-khen
title: Khen công chức hộ tịch
---
```

## Good
```yaml .qms/types/tho-khen/type.yaml
type: tho-khen
kind: record
label: {en: Letter of thanks, vi: Thư khen}
id: "TK-{number:3}"
folder: records/letters
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
```
```base
```
```md records/letters/TK-001.md
---
id: TK-001
type: tho-khen
title: Khen công chức hộ tịch
---
```

## Mend
Make two changes of it: first the definition of the type, then, when that has been merged, the records.
"""

from collections.abc import Iterator

from qmsctl.core.base import Base
from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3",)}

_TYPES = ".qms/types/"


def check(library: Library) -> Iterator[Problem]:
    """Every type whose definition differs from that of the base, with what else of it differs."""
    base = library.base
    if base is None:
        return
    redefined = {path: name for path, name in _definitions(library, base) if _redefined(path, library, base)}
    for path, name in sorted(redefined.items()):
        moved = tuple(item.id for item in library.items if item.type.is_a(name) and _moved(item, base))
        if moved:
            yield Problem(
                path,
                1,
                _("the type “{type}” is redefined in the same change as {ids}, which it governs", type=name, ids=moved),
                advice(_("have the definition merged first, in a change of its own")),
            )


def _definitions(library: Library, base: Base) -> Iterator[tuple[str, str]]:
    """The paths of all definitions, now and then, with the names of their types that the base knew."""
    for path in {path for each in (library, *base.libraries) for path in each.files if path.startswith(_TYPES)}:
        name, _slash, file = path.removeprefix(_TYPES).partition("/")
        if file == "type.yaml" and any(each.types.defines(name) for each in base.libraries):
            yield path, name


def _redefined(path: str, library: Library, base: Base) -> bool:
    return all(each.outside.sha256(path) != library.outside.sha256(path) for each in base.libraries)


def _moved(item: Item, base: Base) -> bool:
    """True if a document or record is new or other than it was."""
    return all(before.sha256 != item.sha256 for before in base.items(item.id))
