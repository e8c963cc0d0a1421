"""Nobody is the management representative for quality.

## Why
ISO 9001:2008, 5.5.2, asks top management to appoint one of its members who sees to the quality
management system and reports on it; in an agency, the “đại diện lãnh đạo về chất lượng”. The system knows
this person as the holder of the role `qmr`. (ISO 9001:2015 shares these tasks out, 5.3, and asks for no
such title; the rule then says nothing.)

## Bad
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, roles: [{role: director, from: 2025-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, roles: [{role: qmr, from: 2025-01-01, until: 2026-05-31}]}
```

## Good
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, roles: [{role: director, from: 2025-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, roles: [{role: qmr, from: 2025-01-01}]}
```

## Mend
Have the head of the office appoint somebody, and enter it in `people.yaml`: `roles: [{role: qmr, from:
2026-06-01}]`. If the role is missing in `qms.yaml`, add it under `roles` with its title.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.reading import CONFIG_PATH, PEOPLE_PATH
from qmsctl.mend import Mend, advice
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
CALENDAR = True
OFFICE = True
CLAUSES = {"iso9001-2008": ("5.5.2",)}

_EDITION = "iso9001-2008"
_ROLE = "qmr"


def check(library: Library) -> Iterator[Problem]:
    """Look for the role, then for somebody who holds it today."""
    if _EDITION not in library.config.standards:
        return
    if library.config.role(_ROLE) is None:
        yield _problem(
            library,
            CONFIG_PATH,
            "roles",
            _("there is no role “{role}”, the management representative of ISO 9001:2008, 5.5.2", role=_ROLE),
            advice(_("add “id: {role}” with its title under “roles” in qms.yaml", role=_ROLE)),
        )
    elif not library.people.holders(_ROLE, library.today):
        yield _problem(
            library,
            PEOPLE_PATH,
            "people",
            _("nobody holds the role “{role}” on {day}", role=_ROLE, day=library.today),
            advice(_("enter the holder in people.yaml, with “role: {role}” and “from”, its first day", role=_ROLE)),
        )


def _problem(library: Library, path: str, key: str, message: Message, mend: Mend) -> Problem:
    return Problem(path, library.key_line(key, path), message, mend)
