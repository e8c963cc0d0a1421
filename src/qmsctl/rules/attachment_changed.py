"""A file named with its SHA-256 has changed, or is gone.

## Why
Evidence counts as long as it is the same (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.1 b, 7.5.3.2). Who named a file
wrote down its digest: 64 signs that change with every byte. If they differ, the file of today is not the one
that was looked at, attached or signed for. What is in force keeps its files as they were, also while a new
revision is being written.

## Bad
```text attachments/NC-2026-003/list.csv
ngày,số hồ sơ
```
```md records/nonconformities/NC-2026-003.md
---
id: NC-2026-003
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: reported
evidence: [{path: attachments/NC-2026-003/list.csv, sha256: 4444444444444444444444444444444444444444444444444444444444444444}]
---
```

## Good
```text attachments/NC-2026-003/list.csv
ngày,số hồ sơ
```
```md records/nonconformities/NC-2026-003.md
---
id: NC-2026-003
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: reported
evidence: [{path: attachments/NC-2026-003/list.csv, sha256: 61c7f2ebaeae77d044a625f8478cca1cace8cb0c044f7859378f325a00501e83}]
---
```

## Mend
Take the file back from git. If the new content is meant, give it a name of its own and attach that:
``qmsctl attach ID FILE``.
"""

from collections.abc import Iterator
from typing import NamedTuple

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.source import EntryKind
from qmsctl.core.text.nodes import Mapping, Node, Scalar
from qmsctl.core.text.values import path_problem
from qmsctl.core.types.field import Field
from qmsctl.mend import Hole, Mend, advice, command, take_back
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.1", "7.5.3.2")}

_PATHS = ("path", "file")


class _Named(NamedTuple):
    path: str
    sha256: str
    line: int


def check(library: Library) -> Iterator[Problem]:
    """Compare digests in documents, records, sign-offs, and the copies of what is in force."""
    fields: dict[str, tuple[Field, ...]] = {}
    known: dict[str, str | None] = {}
    for item in _bearers(library):
        if item.type.name not in fields:
            fields[item.type.name] = tuple(f for f in item.type.fields_with("sha256") if f.kind != "sha256")
        for field in fields[item.type.name]:
            node = item.fields.entries.get(field.name)
            for named in _named(node) if node is not None else ():
                message = _message(library, named, known)
                if message:
                    yield Problem(item.path, named.line, message, _mend(item, named, library))


def _mend(item: Item, named: _Named, library: Library) -> Mend:
    """The bytes that were named: of the base where they stood there, else from wherever git has them."""
    base = library.base
    stood = base is not None and any(each.outside.sha256(named.path) == named.sha256 for each in base.libraries)
    back = (
        take_back(named.path, since=base.name)
        if base is not None and stood
        else advice(_("take {path} back from git", path=named.path), undoes=True)
    )
    if item.type.kind == "signoff":
        return back.in_order_to(_("a sign-off is never given another file"))
    return back.or_else(back.then(command("attach", item.id, Hole("file"))).in_order_to(_("to attach the new content under a name of its own")))


def _bearers(library: Library) -> Iterator[Item]:
    yield from library.items
    yield from library.signoff_items
    for subject in library.subjects:
        found = library.standing(subject).in_force
        working = library.by_id.get(subject)
        if found and found.copy and (working is None or working.sha256 != found.copy.sha256):
            yield found.copy


def _named(node: Node) -> Iterator[_Named]:
    """Every mapping below ``node`` that names a file and its digest."""
    if isinstance(node, Scalar):
        return
    if isinstance(node, Mapping):
        path = next((text for key in _PATHS if (text := node.text(key))), None)
        digest = node.text("sha256")
        if path and digest and path_problem(path) is None:
            yield _Named(path, digest, node.key_lines["sha256"])
    for part in node.entries.values() if isinstance(node, Mapping) else node.items:
        yield from _named(part)


def _message(library: Library, named: _Named, known: dict[str, str | None]) -> Message | None:
    if named.path not in known:
        is_file = library.files.get(named.path) is EntryKind.FILE
        known[named.path] = library.outside.sha256(named.path) if is_file else None
    found = known[named.path]
    if found is None:
        return _("{path} is named here with its digest, but there is no such file", path=named.path)
    if found != named.sha256:
        return _("{path} has the digest {found}…; {expected}… was written down",
                 path=named.path, found=found[:12], expected=named.sha256[:12])
    return None
