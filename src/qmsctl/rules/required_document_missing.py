"""The system lacks a document that the standard asks for.

## Why
Each edition names documents that have to be there: in 2008 a manual, a policy, objectives and six written
procedures (4.2.1, 4.2.2, 5.3, 5.4.1, 4.2.3, 4.2.4, 8.2.2, 8.3, 8.5.2, 8.5.3); in 2015 scope, policy and
objectives (4.3, 5.2.2, 6.2.1). A document answers a clause by naming it, or one above it, under `clauses`; a
manual, a policy and a plan of objectives also by their type. One document may answer several. What counts is the
text in force: a clause that only a draft names is not answered yet.

No such document is an error, one that is not in force yet a warning. A clause the office does not apply
asks for nothing.

## Bad
```yaml qms.yaml
organization: {name: Công ty Sao Mai}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2015]
```

## Good
```yaml qms.yaml
organization: {name: Công ty Sao Mai}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2015]
approval: [{from: 2025-01-01, type: default, approve: [director]}]
```
```md documents/manual/STCL.md
---
id: STCL
type: manual
title: Sổ tay chất lượng
revision: 1
owner: lan
clauses: ["4.3"]
---
```
```dossier STCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
```md documents/objectives/MTCL-2026.md
---
id: MTCL-2026
type: objectives-plan
title: Mục tiêu chất lượng năm 2026
revision: 1
owner: lan
---
```
```dossier MTCL-2026
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```

## Mend
Write it: `qmsctl new procedure --title "…" --set clauses=4.2.3`, then submit it and have it approved. If a
document is there and only does not say so, add the clause to its `clauses` in the next revision. For a draft
the message names the next step: to fill in what the template asks, `qmsctl submit` or `qmsctl approve`.
"""

from collections.abc import Iterator, Sequence

from qmsctl.core.coverage.requirement import DOCUMENTS, RequiredDocument, required_documents
from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.begin import begin
from qmsctl.core.mends.field_mend import give
from qmsctl.core.mends.signing_command import on_to_approval
from qmsctl.core.proof.bearing import bearing, but_for_drafts, issued
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.standards.standard import RequiredItem, Standard
from qmsctl.core.text.ids import IdPattern
from qmsctl.mend import HOLE, Mend, command
from qmsctl.message import _

SEVERITY = Severity.ERROR
OFFICE = True
takes = bearing
DRAFTS = False
_ALWAYS = "always"
CLAUSES = {
    "iso9001-2008": ("4.2.1", "4.2.2", "4.2.3", "4.2.4", "5.3", "5.4.1", "8.2.2", "8.3", "8.5.2", "8.5.3"),
    "iso9001-2015": ("4.3", "5.2.2", "6.2.1", "7.5.1"),
}


def words(library: Library, name: str) -> object:
    """All there is of what may answer a clause, and of anything else what was issued; whether the id is free."""
    item = library.by_id.get(name)
    asked = (required for standard in library.standards for required in standard.required if required.when == _ALWAYS and required.kind in DOCUMENTS)
    own = (item.sha256, but_for_drafts(library, name)) if item is not None and any(item.type.name in each.served_by for each in asked) else None
    return item is None, own, library.standing(name).working, issued(library, name)


def check(library: Library) -> Iterator[Problem]:
    """Every document or procedure that a chosen edition always asks for."""
    if not library.standards:
        return
    line = library.key_line("standards")
    waiting: dict[tuple[str, str], list[RequiredDocument]] = {}
    for found in required_documents(library, library.standards):
        if found.required.when != _ALWAYS or found.in_force or found.coming:
            continue
        if found.items:
            waiting.setdefault((found.items[0].id, found.standard.title), []).append(found)
        else:
            yield _missing(found.required, found.standard, line, library)
    for each in waiting.values():
        yield _not_in_force(each, library)


def _missing(required: RequiredItem, standard: Standard, line: int, library: Library) -> Problem:
    return Problem(
        CONFIG_PATH,
        line,
        _(
            "{standard}, {clause}, asks for: {name}; no document of the type {types} names this clause",
            standard=standard.title,
            clause=required.clause,
            name=required.name,
            types=required.served_by,
        ),
        _write_it(required, library),
    )


def _write_it(required: RequiredItem, library: Library) -> Mend | None:
    """A new document; where there can be only one of its type and it is there, that one."""
    kind = library.types.get(required.served_by[0])
    pattern = IdPattern.parse(kind.id_pattern) if kind else None
    if kind is None or pattern is None:
        return None
    only = "" if pattern.counts else pattern.fill(0, library.today.year)
    if only not in library.by_id:
        return begin(kind, {"clauses": required.clause}, library)
    if library.standing(only).working in ("clean", "changed"):
        return command("revise", only, change=HOLE).in_order_to(_("bring it up to date"))
    return give(library.by_id[only], "clauses", required.clause, more=True)


def _not_in_force(found: Sequence[RequiredDocument], library: Library) -> Problem:
    """What one document would answer, however many clauses that are."""
    item = found[0].items[0]
    standing = library.standing(item.id)
    return Problem(
        item.path,
        item.line("revision"),
        _(
            "{id} answers {standard}, {clause}, but is not in force yet",
            id=item.id,
            standard=found[0].standard.title,
            clause=tuple(dict.fromkeys(each.required.clause for each in found)),
        ),
        on_to_approval(item, library),
        Severity.WARNING,
        Stricter(library.today) if standing.in_force or standing.coming else None,
    )
