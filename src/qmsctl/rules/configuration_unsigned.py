"""The configuration was changed, and nobody who approves has signed it as it is now.

## Why
`qms.yaml`, `people.yaml` and the office's own types in `.qms/types` decide whose sign-off counts, and for what. Who can
change them can do everything else in a second step. An office that has chosen `configuration: signed` has every change
of them approved with a key: the sign-off `configuration` of the next number binds the SHA-256 of all these files as they
are after the change (ISO 9001:2008, 4.2.3 and 5.5.1; ISO 9001:2015, 5.3 and 7.5.3). It is made in a role that approves,
with a key that was known before the change; so is the one by which the choice is made, or given up. Where two changes
have been merged, their outcome is signed anew. Between two signatures nobody else is held up: a change that leaves these
files alone needs none.

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
roles: [{id: director, title: Chủ tịch}, {id: clerk, title: Công chức}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director]}
configuration: signed
```
```configured 1
binh director 2026-05-20T08:00:00+07:00 key=binh
```
```base
```
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01}]}
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: lanh-dao, roles: [{role: clerk, from: 2026-06-01}]}
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
roles: [{id: director, title: Chủ tịch}, {id: clerk, title: Công chức}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director]}
configuration: signed
```
```configured 1
binh director 2026-05-20T08:00:00+07:00 key=binh
```
```base
```
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}],
     keys: [{key: ssh-ed25519 AAAA…binh, from: 2025-01-01}]}
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: lanh-dao, roles: [{role: clerk, from: 2026-06-01}]}
```
```configured 2
binh director 2026-06-01T08:00:00+07:00 key=binh
```

## Mend
Somebody who approves looks at the difference (`git diff` of these files) and signs it, in the same change: `qmsctl approve configuration --commit`.
A key that is new is entered in `people.yaml` and accepted first, in a change of its own that an older key signs; the
older key is ended with `until` in that same change or later, or `revoked` in one that the new key signs. Where all keys are lost, the
administrator of the server names the commit he accepts, once: `git config qmsctl.acceptedConfiguration COMMIT` in the
bare repository.
"""

from collections.abc import Iterator, Sequence

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.proof.configuration import (
    Manifest,
    different,
    is_brought,
    is_signed,
    last_number,
    listed,
    manifest,
    manifest_digest,
    newest,
    number,
    signers,
    why_not,
)
from qmsctl.core.reading import CONFIG_PATH, CONFIGURATION
from qmsctl.mend import Hole, Mend, advice, command
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
OFFICE = True
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "5.5.1"), "iso9001-2015": ("5.3", "7.5.3")}


def check(library: Library) -> Iterator[Problem]:
    """The files as they are against the newest sign-off on them; in a change of them, against one that it brings."""
    accepted = _accepted(library)
    if not is_signed(library) and not any(is_signed(office) for office in accepted):
        return
    own = manifest(library)
    if library.outside.accepted_configuration() == own:
        return
    changed = _changed(library, own)
    if changed:
        yield from _brought(library, own, changed, accepted)
    elif is_signed(library):
        yield from _as_it_is(library, own, accepted)


def _accepted(library: Library) -> tuple[Library, ...]:
    """The offices by which the change is judged; none where only an edit is."""
    return library.base.asking if library.base and library.before is None else ()


def _changed(library: Library, own: Manifest) -> tuple[str, ...]:
    """The files that the change alters: none where they are all as on the branch it goes to, or as in each state it began from."""
    base = library.base if library.before is None else None
    if base is None or (base.tip is not None and manifest(base.tip) == own):
        return ()
    offices = base.offices or base.asking
    return max((different(manifest(office), own) for office in offices), key=len, default=())


def _brought(library: Library, own: Manifest, changed: tuple[str, ...], accepted: tuple[Library, ...]) -> Iterator[Problem]:
    """What a change lacks: a sign-off of a higher number than all that were there, on the files as it leaves them."""
    before = max(last_number(office.configuration_signoffs) for office in accepted)
    new = [each for each in newest(library) if is_brought(each, library) and number(each) > before]
    found = tuple(_judged(library, own, new, _("this change alters {files}, and nobody has signed the configuration as it leaves it", files=changed)))
    yield from found
    if not found:
        names = tuple(library.people.name(each.person) for each in new if why_not(each, library) is None)
        signed = _("this change alters {files}, signed as number {number} by {names}", files=changed, number=number(new[0]), names=names)
        yield Problem(CONFIG_PATH, library.key_line("configuration"), signed, severity=Severity.NOTE)


def _as_it_is(library: Library, own: Manifest, accepted: tuple[Library, ...]) -> Iterator[Problem]:
    """What the files as they are lack; what was so before the change, or what an edit makes of them, is for somebody to sign."""
    last = newest(library)
    was_so = bool(accepted) and not any(is_brought(each, library) for each in last)
    waits = was_so or (library.before is not None and manifest(library.before) != own)
    message = _("nobody has signed the configuration yet")
    if last:
        message = _("{files} changed since the configuration was signed as number {number}",
                    files=different(listed(last[-1], library), own) or (CONFIGURATION,), number=number(last[-1]))
    yield from _judged(library, own, last, message, Severity.WARNING if waits else None)


def _judged(
    library: Library, own: Manifest, signoffs: Sequence[SignOff], otherwise: Message, severity: Severity | None = None
) -> Iterator[Problem]:
    """Nothing where one of ``signoffs`` is on these files and counts; else why none does, or ``otherwise`` where none is on them."""
    on_these = [each for each in signoffs if each.sha256 == manifest_digest(own)]
    faults = [(each, why) for each in on_these if (why := why_not(each, library)) is not None]
    if on_these and len(faults) < len(on_these):
        return
    for signoff, why in faults:
        message = _("the sign-off of the configuration as number {number} does not count: {reason}", number=number(signoff), reason=why)
        yield Problem(signoff.path, 0, message, _another(), severity)
    if not faults:
        yield Problem(CONFIG_PATH, library.key_line("configuration"), otherwise, _mend(library), severity)


def _mend(library: Library) -> Mend:
    """Signed by those who can, by the keys that were accepted."""
    known = _accepted(library) or (library,)
    people = dict.fromkeys(person.id for office in known for person, _key in signers(office, library.today))
    signed = command("approve", CONFIGURATION, sign=True, commit=True)
    by = signed.done_by([(person, library.people.name(person)) for person in people]) if people else signed
    return by.or_else(advice(_("enter a new key in people.yaml first, and have that change accepted by itself; then sign with it")))


def _another() -> Mend:
    """What follows a sign-off that does not count: one of an approver whose key was known."""
    return command("approve", CONFIGURATION, key=Hole("file"), commit=True).in_order_to(
        _("with a key of somebody who approves, known before this change")
    )
