"""A change ends the last key with which the configuration can be signed.

## Why
Under `configuration: signed` only a person who approves, with a key, can have the configuration changed. Whoever revokes
or ends the last such key, or the last role of somebody who has one, locks the office out of its own rules, today or on
the day when the period runs out (ISO 9001:2008, 5.5.1; ISO 9001:2015, 5.3). A key follows another: the new one is entered
first, then the old one is ended.

## Bad
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01}]}
```
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
roles: [{id: director, title: Chủ tịch}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director]}
configuration: signed
```
```base
```
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01, until: 2026-06-30}]}
```

## Good
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01}]}
```
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
roles: [{id: director, title: Chủ tịch}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director]}
configuration: signed
```
```base
```
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01, until: 2026-06-30}, {key: ssh-ed25519 AAAA…binh2, from: 2026-06-01}]}
```

## Mend
Enter the key that takes its place in the same change, or the role and key of the successor. An office that no longer
wants its configuration signed takes `configuration: signed` out, and signs that.
"""

from collections.abc import Iterator
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.proof.configuration import is_signed, signers, turning_days
from qmsctl.core.reading import PEOPLE_PATH
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
OFFICE = True
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("5.5.1",), "iso9001-2015": ("5.3",)}


def check(library: Library) -> Iterator[Problem]:
    """The first day on which nobody can sign, though by every state the change began from somebody could."""
    accepted = _accepted(library) if is_signed(library) else ()
    if not accepted:
        return
    days = turning_days((library, *accepted), library.today)
    day = next((day for day in days if not _can_sign(library, day) and all(_can_sign(office, day) for office in accepted)), None)
    if day is not None:
        yield Problem(
            PEOPLE_PATH,
            1,
            _("with this change nobody can sign the configuration from {day} on", day=day),
            advice(_("enter the key that takes the place of the one that ends, of somebody who approves, in the same change")),
        )


def _accepted(library: Library) -> tuple[Library, ...]:
    if library.before is not None:
        return (library.before,)
    return library.base.offices if library.base else ()


def _can_sign(office: Library, day: date) -> bool:
    return any(signers(office, day))
