"""Nobody holds a role that has to review or approve today.

## Why
Responsibilities have to be assigned (ISO 9001:2008, 5.5.1; ISO 9001:2015, 5.3). When a leader leaves and no
successor is entered, whatever waits for that signature waits in silence. Where any one of several roles may
sign, one holder is enough.

## Bad
```yaml people.yaml
people:
  - {id: duc, name: Trịnh Minh Đức, roles: [{role: director, from: 2025-01-01, until: 2025-12-31}]}
```

## Good
```yaml people.yaml
people:
  - {id: duc, name: Trịnh Minh Đức, roles: [{role: director, from: 2025-01-01, until: 2025-12-31}]}
  - {id: binh, name: Trần Thị Bình, roles: [{role: director, from: 2026-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, roles: [{role: qmr, from: 2025-01-01}]}
```

## Mend
Enter the holder in ``people.yaml`` with the first day, or change the approval in ``qms.yaml`` by a new entry
with its ``from``.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.office.config_reader import rows
from qmsctl.core.office.matrix import MatrixEntry
from qmsctl.core.proof.holders import either, role_titles
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.WARNING
CALENDAR = True
OFFICE = True
CLAUSES = {"iso9001-2008": ("5.5.1",), "iso9001-2015": ("5.3",)}


def check(library: Library) -> Iterator[Problem]:
    """Look for holders of every place of the approval matrix as it is today."""
    top = library.parsed_configuration(CONFIG_PATH)
    if top is None:
        return
    for entry, row in zip(library.config.approval, rows(top, "approval"), strict=True):
        if library.config.matrix(entry.type, library.today) is not entry:
            continue
        for roles in _vacant(library, entry):
            yield Problem(
                CONFIG_PATH,
                row.line,
                _("“{type}” has to be signed by {roles}, but nobody holds the role today",
                  type=entry.type, roles=either(role_titles(roles, library))),
                advice(_("enter the holder in people.yaml, with “role: {role}” and “from”, its first day", role=roles[0])),
            )


def _vacant(library: Library, entry: MatrixEntry) -> Iterator[tuple[str, ...]]:
    for roles in dict.fromkeys((*entry.review, *entry.approve)):
        if roles and not any(library.people.holders(role, library.today) for role in roles):
            yield roles
