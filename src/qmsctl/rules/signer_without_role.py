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
enter the role with its days in `people.yaml` — a change that others should look at. The signature of the right
person, `qmsctl approve ID --again`, takes the place of the wrong one, which stays beside it as a trace.
"""

from collections.abc import Iterator
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_anew
from qmsctl.core.proof.filing import all_dossiers, line_of, meaning_of
from qmsctl.core.proof.grown import states
from qmsctl.core.proof.holders import role_title, role_titles
from qmsctl.core.proof.roles_asked import roles_asked
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of
from qmsctl.mend import Mend, advice
from qmsctl.message import Message, _, either

SEVERITY = Severity.ERROR
TAKEN_UP = True
IGNORABLE = False
OFFICE = True
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "5.5.1"), "iso9001-2015": ("5.3", "7.5.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every sign-off whose role is not one of those asked for, or was not held; reading needs no role."""
    for dossier in all_dossiers(library):
        for signoff in dossier.signoffs:
            if signoff.meaning != "acknowledge":
                asked = roles_asked(signoff, dossier, library)
                yield from _wrong_role(signoff, dossier, asked, day_of(signoff, library.config), library)


def _wrong_role(signoff: SignOff, dossier: Dossier, asked: tuple[str, ...], day: date, library: Library) -> Iterator[Problem]:
    if asked and signoff.role not in asked:
        yield _problem(signoff, _not_asked(signoff, asked, library), _mend(signoff, dossier, asked, library), library)
    elif signoff.role is not None:
        for person in signoff.by:
            holder = library.people.get(person)
            if holder is None or not holder.held(signoff.role, day):
                name, title = library.people.name(person), role_title(signoff.role, library)
                message = _("{name} did not hold the role “{role}” on {day}", name=name, role=title, day=day)
                yield _problem(signoff, message, _mend(signoff, dossier, (signoff.role,), library), library)


def _not_asked(signoff: SignOff, asked: tuple[str, ...], library: Library) -> Message:
    name = library.people.name(signoff.person)
    meaning = meaning_of(signoff, library)
    roles = either(tuple(dict.fromkeys(role_titles(asked, library))))
    if signoff.role is None:
        return _(
            "{name} without a role cannot sign {id} as “{meaning}”; needed role: {roles}",
            name=name, id=signoff.subject, meaning=meaning, roles=roles,
        )
    return _(
        "{name} in the role “{role}” cannot sign {id} as “{meaning}”; needed role: {roles}",
        name=name, id=signoff.subject, meaning=meaning, role=role_title(signoff.role, library), roles=roles,
    )


def _problem(signoff: SignOff, message: Message, mend: Mend, library: Library) -> Problem:
    return Problem(signoff.path, line_of(signoff, library, "role", "by"), message, mend)


def _mend(signoff: SignOff, dossier: Dossier, roles: tuple[str, ...], library: Library) -> Mend:
    """Those who hold one of the roles may sign; the signer too, where only another role was named."""
    unknown = next((person for person in signoff.by if library.people.get(person) is None), None)
    if unknown is not None:
        back = advice(_("enter {person} in people.yaml again, as before; whoever leaves is ended there with “until”, never taken out", person=unknown))
        accepted = any(office.people.get(unknown) for office in states(library))
        return back if accepted else _by_holders(signoff, dossier, roles, library).or_else(back)
    signer = library.people.get(signoff.person)
    held = next((role for role in roles if signer and signer.held(role, library.today)), None)
    if signer and held:
        return signed_anew(signoff, dossier, role=held).done_by([(signer.id, signer.name)])
    return _by_holders(signoff, dossier, roles, library)


def _by_holders(signoff: SignOff, dossier: Dossier, roles: tuple[str, ...], library: Library) -> Mend:
    holders = dict.fromkeys((person.id, person.name) for role in roles for person in library.people.holders(role, library.today))
    if not holders:
        return advice(_("enter the holder in people.yaml, with “role: {role}” and “from”, its first day", role=roles[0]))
    return signed_anew(signoff, dossier).done_by(holders)
