"""Nobody holds a role that has to review or approve today.

## Why
Responsibilities have to be assigned (ISO 9001:2008, 5.5.1; ISO 9001:2015, 5.3). When a leader leaves and no
successor is entered, whatever waits for that signature waits in silence. Where any one of several roles may
sign, one holder is enough. However many types wait for a role, it is told once.

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
from qmsctl.core.duties.vacancies import vacancies
from qmsctl.core.library import Library
from qmsctl.core.mends.entering import enter_holder
from qmsctl.core.office.config import DEFAULT
from qmsctl.core.proof.holders import either, role_titles
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.message import Label, Message, _

SEVERITY = Severity.WARNING
CALENDAR = True
OFFICE = True
CLAUSES = {"iso9001-2008": ("5.5.1",), "iso9001-2015": ("5.3",)}


def check(library: Library) -> Iterator[Problem]:
    """Look for holders of every place of the approval matrix as it is today."""
    if library.parsed_configuration(CONFIG_PATH) is None:
        return
    for each in vacancies(library):
        yield Problem(
            CONFIG_PATH,
            each.line,
            _("nobody holds the role of {roles} today, and it has to sign: {types}", roles=either(role_titles(each.roles, library)), types=tuple(_type_words(name, library) for name in each.types)),
            enter_holder(each.roles[0]),
        )


def _type_words(name: str, library: Library) -> Label | Message | str:
    """A line of the matrix as people call it."""
    found = library.types.get(name)
    return found.label if found else _("types with no line of their own") if name == DEFAULT else name
