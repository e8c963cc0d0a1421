"""The quality manual and qms.yaml declare different clauses not applicable.

## Why
The manual states the scope of the system and each exclusion (ISO 9001:2008, 4.2.2 a), and it is what the
leader signs. The checks and the coverage report go by ``qms.yaml``. Where the two differ, the office shows one
scope and works by another.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An}
standards: [iso9001-2008]
not_applicable:
  - {standard: iso9001-2008, clause: "7.3", reason: Phường không thiết kế dịch vụ mới}
```
```md documents/manual/STCL.md
---
id: STCL
type: manual
title: Sổ tay chất lượng
not_applicable: [7.3, 7.6]
---
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An}
standards: [iso9001-2008]
not_applicable:
  - {standard: iso9001-2008, clause: "7.3", reason: Phường không thiết kế dịch vụ mới}
```
```md documents/manual/STCL.md
---
id: STCL
type: manual
title: Sổ tay chất lượng
not_applicable: [7.3]
---
```

## Mend
Decide which of the two is right. Add the clause to ``qms.yaml`` with its reason, or correct the manual:
``qmsctl revise STCL --change "…"``.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.standards.applicability import split_clause
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
CLAUSES = {"iso9001-2008": ("1.2", "4.2.2")}

_EDITION = "iso9001-2008"
_FIELD = "not_applicable"


def check(library: Library) -> Iterator[Problem]:
    """Compare the field of every manual that is not withdrawn with the configuration."""
    if not any(standard.id == _EDITION for standard in library.standards):
        return
    for manual in library.by_type.get("manual", ()):
        standing = library.standing(manual.id)
        if not (standing.withdrawn and standing.is_clean):
            yield from _compare(library, manual)


def _compare(library: Library, manual: Item) -> Iterator[Problem]:
    configured = {entry.clause: entry.line for entry in library.config.not_applicable if entry.standard == _EDITION}
    stated: dict[str, int] = {}
    for scalar in manual.scalars(_FIELD):
        standard, number = split_clause(scalar.text, library.standards)
        if standard is not None and standard.id == _EDITION:
            stated[number] = scalar.line
    for clause, line in stated.items():
        if clause not in configured:
            message = _("{id} declares clause {clause} not applicable, qms.yaml does not", id=manual.id, clause=clause)
            listed = advice(_("add the clause to not_applicable in qms.yaml"))
            yield Problem(manual.path, line, message, listed.or_else(mend_field(library, manual, _FIELD)))
    for clause, line in configured.items():
        if clause not in stated:
            message = _("clause {clause} is declared not applicable here, but not in {id}", clause=clause, id=manual.id)
            yield Problem(CONFIG_PATH, line, message, mend_field(library, manual, _FIELD))
