"""A type is redefined in the same change as what it governs.

## Why
A type says which fields a record must have and what must be true before it is closed. Whoever may loosen it in
the same breath can close anything (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3). A new definition is looked at
and accepted for itself; after that the records follow it. What counts is the definition where the change began and
the one on the branch it goes to. A type that is new in the change may bring its first records with it.

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

from collections.abc import Iterator, Sequence

from qmsctl.core.base import Base
from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.mend import Mend, advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3",)}

_TYPES = ".qms/types/"


def check(library: Library) -> Iterator[Problem]:
    """Every type whose definition differs from that of the base, or of the branch the change goes to, with what it governs."""
    base = library.base
    if base is None:
        return
    for path, name in sorted(_definitions(library, base)):
        here = _redefined(path, library, base.libraries)
        if not here and not (base.tip and _redefined(path, library, (base.tip,))):
            continue
        moved = tuple(item.id for item in library.items if item.type.is_a(name) and base.is_moved(item))
        if moved:
            yield Problem(path, 1, *(_here if here else _behind)(name, moved))


def _here(name: str, moved: tuple[str, ...]) -> tuple[Message, Mend]:
    return (
        _("the type “{type}” is redefined in the same change as {ids}, which it governs", type=name, ids=moved),
        advice(_("have the definition merged first, in a change of its own")),
    )


def _behind(name: str, moved: tuple[str, ...]) -> tuple[Message, Mend]:
    return (
        _("the type “{type}” is another on the branch that {ids} are to go to", type=name, ids=moved),
        advice(_("bring this branch up to date with it, so that they are judged by the definition that counts there")),
    )


def _definitions(library: Library, base: Base) -> Iterator[tuple[str, str]]:
    """The paths of all definitions, now and then, with the names of their types that were known before."""
    accepted = (*base.libraries, *((base.tip,) if base.tip else ()))
    for path in {path for each in (library, *accepted) for path in each.files if path.startswith(_TYPES)}:
        name, _slash, file = path.removeprefix(_TYPES).partition("/")
        if file == "type.yaml" and any(each.types.defines(name) for each in accepted):
            yield path, name


def _redefined(path: str, library: Library, accepted: Sequence[Library]) -> bool:
    return all(each.outside.sha256(path) != library.outside.sha256(path) for each in accepted)
