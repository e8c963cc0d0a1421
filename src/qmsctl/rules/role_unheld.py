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

from collections.abc import Iterator, Mapping

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

AnyRole = tuple[str, ...]
"""One of these roles is enough."""


def check(library: Library) -> Iterator[Problem]:
    """Look for holders of every place of the approval matrix as it is today; what one holder would fill is told once."""
    top = library.parsed_configuration(CONFIG_PATH)
    if top is None:
        return
    vacant: dict[AnyRole, list[tuple[str, int]]] = {}
    for entry, row in zip(library.config.approval, rows(top, "approval"), strict=True):
        if library.config.matrix(entry.type, library.today) is entry:
            for roles in _vacant(library, entry):
                vacant.setdefault(roles, []).append((entry.type, row.line))
    for roles, places in _joined(vacant).items():
        yield Problem(
            CONFIG_PATH,
            places[0][1],
            _("nobody holds the role of {roles} today, and it has to sign: {types}",
              roles=either(role_titles(roles, library)), types=tuple(dict.fromkeys(name for name, _line in places))),
            advice(_("enter the holder in people.yaml, with “role: {role}” and “from”, its first day", role=roles[0])),
        )


def _joined(vacant: Mapping[AnyRole, list[tuple[str, int]]]) -> dict[AnyRole, list[tuple[str, int]]]:
    """The places by whom they want; one of several roles is wanted no more where one of them is wanted by itself."""
    found: dict[AnyRole, list[tuple[str, int]]] = {roles: list(places) for roles, places in vacant.items() if len(roles) == 1}
    for roles, places in vacant.items():
        if len(roles) > 1:
            alone = next(((role,) for role in roles if (role,) in found), roles)
            found.setdefault(alone, []).extend(places)
    ordered = {roles: sorted(places, key=lambda place: place[1]) for roles, places in found.items()}
    return dict(sorted(ordered.items(), key=lambda pair: pair[1][0][1]))


def _vacant(library: Library, entry: MatrixEntry) -> Iterator[AnyRole]:
    for roles in dict.fromkeys((*entry.review, *entry.approve)):
        if roles and not any(library.people.holders(role, library.today) for role in roles):
            yield roles
