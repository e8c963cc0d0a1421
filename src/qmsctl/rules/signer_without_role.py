"""Somebody signed in a role he did not hold, or without the role that was asked for.

## Why
A signature counts because of the office the signer holds (ISO 9001:2008, 4.2.3 and 5.5.1; ISO 9001:2015,
7.5.2 and 5.3). Held is what `people.yaml` says for the very day of the signature: a later departure
changes nothing, a later appointment mends nothing. Which role a review, an approval, an adoption or a
withdrawal needs stands in the approval matrix; which one closes or reopens a record, in its type.

## Bad
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
approve minh director 2026-01-06T08:00:00+07:00
```

## Good
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

## Mend
Let somebody sign who holds the role. If the person did hold it and only the file does not say so,
enter the role with its days in `people.yaml` — a change that others should look at. A wrong sign-off
that has not been merged yet is simply taken out again.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from qmsctl.core.approval import by_author, day_of
from qmsctl.core.config import ANY_ROLE
from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.filing import Filed, filed, type_of
from qmsctl.core.holders import role_title, role_titles
from qmsctl.core.library import Library
from qmsctl.core.record_type import RecordType
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("4.2.3", "5.5.1"), "iso9001-2015": ("5.3", "7.5.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every sign-off whose role is not one of those asked for, or was not held."""
    for found in filed(library):
        day = day_of(found.signoff, library.config)
        kind = type_of(found.dossier, library)
        asked = _asked(found, kind, day, library) if kind else ()
        role = found.signoff.role
        if asked and role not in asked:
            yield _problem(found, _not_asked(found, asked, library), asked, library)
        elif role is not None:
            for person in found.signoff.by:
                holder = library.people.get(person)
                if holder is None or not holder.held(role, day):
                    name = library.people.name(person)
                    title = role_title(role, library)
                    message = _("{name} did not hold the role “{role}” on {day}", name=name, role=title, day=day)
                    yield _problem(found, message, (role,), library)


def _asked(found: Filed, kind: RecordType, day: date, library: Library) -> tuple[str, ...]:
    """The roles of which the sign-off needs one; empty where it needs none."""
    signoff = found.signoff
    if kind.kind != "document":
        return _asked_by_state(found, kind)
    entry = library.config.matrix(kind.name, day)
    if entry is None:
        return ()
    match signoff.meaning:
        case "review":
            return _roles(entry.review)
        case "approve" | "withdraw":
            return _roles(entry.approve)
        case "adopt":
            return tuple(sorted(entry.adopting_roles))
        case "return" if not by_author(signoff, found.dossier):
            return _roles((*entry.review, *entry.approve))
        case _:
            return ()


def _asked_by_state(found: Filed, kind: RecordType) -> tuple[str, ...]:
    if found.signoff.meaning == "reopen":
        return kind.reopening.roles if kind.reopening else ()
    state = kind.states.get(found.dossier.state)
    wanted = state.signoff if state else None
    return wanted.roles if wanted and wanted.meaning == found.signoff.meaning else ()


def _roles(slots: Iterable[ANY_ROLE]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(role for slot in slots for role in slot))


def _not_asked(found: Filed, asked: tuple[str, ...], library: Library) -> Message:
    name = library.people.name(found.signoff.person)
    roles = role_titles(asked, library)
    if found.signoff.role is None:
        return _(
            "{name} signed {id} as “{meaning}” without a role; it needs one of {roles}",
            name=name, id=found.dossier.subject, meaning=found.meaning, roles=roles,
        )  # fmt: skip
    return _(
        "{name} signed {id} as “{meaning}” in the role “{role}”; it needs one of {roles}",
        name=name, id=found.dossier.subject, meaning=found.meaning,
        role=role_title(found.signoff.role, library), roles=roles,
    )  # fmt: skip


def _problem(found: Filed, message: Message, roles: tuple[str, ...], library: Library) -> Problem:
    holders = [person.name for role in roles for person in library.people.holders(role, library.today)]
    names = tuple(dict.fromkeys(holders)) or ("—",)
    line = found.file.line("role" if found.signoff.role else "by")
    return Problem(found.file.path, line, message, _("one of these may sign it: {names}", names=names))
