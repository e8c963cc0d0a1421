"""A signature beside a sign-off, read through people.yaml: whose it is, and whether that key may sign.

Keys are judged by the day of the sign-off. A signature that is new in a change is judged by the people the
change began from, so that nobody brings the key along with which he signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from qmsctl.core.dossier import SignOff
from qmsctl.core.keys.ssh_key import PublicKey
from qmsctl.core.keys.ssh_signature import NAMESPACE, Signature
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.office.people import Key, Person
from qmsctl.core.proof.arrival import arrival_day, once_held
from qmsctl.core.signoffs.approval import day_of
from qmsctl.message import Message, _
from qmsctl.value import dataclass


class Fault(StrEnum):
    """Why a signature proves nothing; each has a rule of its own."""

    INVALID = "invalid"
    UNKNOWN = "unknown"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Attestation:
    """A signature file, and the person's key that made it. ``why`` puts the fault in words."""

    signature: Signature
    person: Person | None = None
    key: Key | None = None
    fault: Fault | None = None
    why: Message | None = None


def attestation(signoff: SignOff, library: Library) -> Attestation | None:
    """What the signature beside ``signoff`` is worth; ``None`` where there is none."""
    found = library.outside.signature(signoff.path) if signature_path(signoff) in library.files else None
    if found is None:
        return None
    why = invalid(found)
    if why is not None or found.key is None:
        return Attestation(found, fault=Fault.INVALID, why=why)
    own = [each for office in _judging(found.key, signoff, library) for each in _own(found.key, signoff, office)]
    if not own:
        return Attestation(found, fault=Fault.UNKNOWN, why=_whose(found.key, signoff, library))
    sharing = library.people.sharing(found.key)
    if len(sharing) > 1:
        why = _("the key {key} is that of {names}, so nobody knows whose signature it is", key=found.key.fingerprint, names=tuple(each.name for each in sharing))
        return Attestation(found, fault=Fault.UNKNOWN, why=why)
    known = [key for _person, key in (*own, *_own(found.key, signoff, library))]
    why = _revoked(signoff, known, library) or _outside_period(signoff, [key for _person, key in own], library)
    return Attestation(found, *own[0], Fault.EXPIRED if why else None, why)


def proves(signoff: SignOff, library: Library) -> bool:
    """True if a signature proves that the one who signed is who the sign-off names."""
    found = attestation(signoff, library) if len(signoff.by) == 1 else None
    return found is not None and found.fault is None


def signature_path(signoff: SignOff) -> str:
    """Where the signature of a sign-off lies."""
    return f"{signoff.path}.sig"


def invalid(signature: Signature) -> Message | None:
    """Why a signature is not one of a sign-off at all, whoever made it."""
    if signature.problem is None and signature.namespace != NAMESPACE:
        return _("the signature was made for “{purpose}”, not for “{expected}”", purpose=signature.namespace, expected=NAMESPACE)
    return signature.problem


def _judging(key: PublicKey, signoff: SignOff, library: Library) -> Sequence[Library]:
    """Whose people.yaml says which keys there are; for a new signature none that does not hold on the branch still."""
    base = library.base
    if base is None or not _is_new(signoff, library):
        return (library,)
    return base.offices if base.granted(lambda office: any(_own(key, signoff, office))) else ()


def _is_new(signoff: SignOff, library: Library) -> bool:
    """True for a signature that the change which is judged brings."""
    base = library.base
    return base is not None and bool(base.offices) and not base.holds(signature_path(signoff), library)


def _own(key: PublicKey, signoff: SignOff, office: Library) -> Iterator[tuple[Person, Key]]:
    for person in filter(None, map(office.people.get, signoff.by)):
        yield from ((person, each) for each in person.keys if each.public == key)


def _whose(key: PublicKey, signoff: SignOff, library: Library) -> Message:
    names = tuple(library.people.name(person) for person in signoff.by)
    owner = library.people.by_key(key)
    if owner is None:
        return _("the key {key} is not listed in people.yaml as one of {names}", key=key.fingerprint, names=names)
    if owner.id in signoff.by:
        return _("the key {key} of {owner} is new in this very change", key=key.fingerprint, owner=owner.name)
    return _("the key {key} is that of {owner}, but the sign-off is by {names}", key=key.fingerprint, owner=owner.name, names=names)


def _revoked(signoff: SignOff, keys: Sequence[Key], library: Library) -> Message | None:
    """Why a revocation hits the sign-off: it is later, or nobody can have seen it before."""
    day = day_of(signoff, library.config)
    for revoked in sorted(key.revoked for key in keys if key.revoked):
        if day >= revoked:
            return _("the key was revoked on {revoked}; the sign-off is of {day}", revoked=revoked, day=day)
        seen = _seen(signoff, library)
        if seen is not None and seen >= revoked:
            return _("the key was revoked on {revoked}; the sign-off says {day}, but was not committed before {seen}",
                     revoked=revoked, day=day, seen=seen)
    return None


def _seen(signoff: SignOff, library: Library) -> date | None:
    """The day on which the signature came into git, today if that is still to come; ``None`` if nobody knows."""
    today = library.clock.astimezone(library.config.zone).date()
    if _is_new(signoff, library):
        return once_held(signoff, library) or today
    if not library.outside.history_is_whole():
        return None
    return arrival_day(signature_path(signoff), library) or today


def _outside_period(signoff: SignOff, keys: Sequence[Key], library: Library) -> Message | None:
    day = day_of(signoff, library.config)
    if any(key.period.covers(day) for key in keys):
        return None
    return _("the key is valid {period}; the sign-off is of {day}", period=period_words(keys[0].period), day=day)


def period_words(period: Period) -> Message:
    """The days of a period, as they stand in a sentence."""
    if period.start and period.end:
        return _("from {start} to {end}", start=period.start, end=period.end)
    if period.start:
        return _("from {start}", start=period.start)
    return _("until {end}", end=period.end) if period.end else _("without a limit")
