"""Sign-offs as a reader sees them: who, in which role, when, and how strongly backed."""

from __future__ import annotations

from datetime import date, datetime

from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.office.people import Key
from qmsctl.core.proof.attestation import attestation, period_words
from qmsctl.core.proof.filing import signoff_at
from qmsctl.core.proof.level import Level, level
from qmsctl.core.proof.worth import taken_up
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.signoffs.round import Round
from qmsctl.message import Label, Message, _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.paper_approver import Approver, approver, one_person
from qmsctl.reports.parts.state import State, level_state
from qmsctl.value import dataclass

_MANY_TIMES = ("acknowledge", "reopen")
"""What the same person may sign several times without taking anything back."""


@dataclass(frozen=True, slots=True)
class SignedWith:
    """The key of the signature beside a sign-off: its fingerprint, its days, and why it proves nothing, if so.

    ``fingerprint`` is empty where the signature cannot be read, ``valid`` where the key is nobody's.
    """

    fingerprint: str
    valid: Message | str
    fault: Message | None


@dataclass(frozen=True, slots=True)
class Signature:
    """One sign-off. ``capacity`` and ``on_behalf_of`` are of a signer who stands in for another.

    ``again`` is the day of the sign-off that was given in its place, ``approver`` who approved the paper that was adopted,
    ``one_person`` says where the signer stands for another as well.
    """

    meaning: Label
    meaning_id: str
    name: str
    role: str
    capacity: Label | None
    on_behalf_of: str
    day: date
    moment: datetime
    level: Level
    level_state: State
    key: SignedWith | None
    entered_by: str
    basis: Message | str
    again: date | None = None
    approver: Approver | None = None
    one_person: Message | None = None


def signature(signoff: SignOff, library: Library) -> Signature:
    """A sign-off with its names and level; the moment is in the office's time zone."""
    reached = level(signoff, library)
    return Signature(
        meaning=_meaning(signoff, library),
        meaning_id=signoff.meaning,
        name=naming.people(library, signoff.by),
        role=naming.role(library, signoff.role) if signoff.role else "",
        capacity=value_label(library, "capacity", signoff.capacity) if signoff.capacity else None,
        on_behalf_of=naming.holder(library, signoff.on_behalf_of) if signoff.on_behalf_of else "",
        day=day_of(signoff, library.config),
        moment=signoff.at.astimezone(library.config.zone),
        level=reached,
        level_state=level_state(reached),
        key=_key(signoff, library),
        entered_by=naming.person(library, signoff.entered_by) if signoff.entered_by else "",
        basis=_basis(signoff),
        again=_again(signoff, library),
        approver=approver(signoff, library),
        one_person=one_person(signoff, library),
    )


def _again(signoff: SignOff, library: Library) -> date | None:
    place = signoff_at(signoff.path, library) if signoff.meaning not in _MANY_TIMES else None
    later = taken_up(*place, library) if place else None
    return day_of(later, library.config) if later else None


def _key(signoff: SignOff, library: Library) -> SignedWith | None:
    found = attestation(signoff, library)
    if found is None:
        return None
    made_by, entry = found.signature.key, found.key
    return SignedWith(
        fingerprint=made_by.fingerprint if made_by else "",
        valid=_days_of(entry) if entry else "",
        fault=found.why,
    )


def _days_of(entry: Key) -> Message:
    if entry.revoked is None:
        return _("valid {period}", period=period_words(entry.period))
    return _("valid {period}, revoked on {revoked}", period=period_words(entry.period), revoked=entry.revoked)


def _meaning(signoff: SignOff, library: Library) -> Label:
    """The word of a meaning; a record is closed in the state it went to, such as “not accepted”."""
    type_ = library.type_of(signoff.subject) if signoff.meaning == "close" else None
    state = type_.states.get(signoff.state or "") if type_ else None
    return state.label if state else value_label(library, "meaning", signoff.meaning)


def value_label(library: Library, field: str, value: str) -> Label:
    """The label of a value of a sign-off's field, as the type gives it."""
    type_ = library.types.get("signoff")
    known = type_.fields[field].values if type_ and field in type_.fields else {}
    return known.get(value) or Label({"en": value})


def _basis(signoff: SignOff) -> Message | str:
    basis = signoff.basis
    if basis is None:
        return ""
    if basis.number and basis.date:
        return _("No. {number} of {date}", number=basis.number, date=basis.date)
    return basis.number or basis.file or ""


@dataclass(frozen=True, slots=True)
class Approvals:
    """The sign-offs of a round by the places of the approval block.

    An adoption stands for all three.
    """

    authors: tuple[Signature, ...]
    reviewers: tuple[Signature, ...]
    approvers: tuple[Signature, ...]

    @property
    def all(self) -> tuple[Signature, ...]:
        """Author, review and approval, in this order."""
        return (*self.authors, *self.reviewers, *self.approvers)


def approvals(found: Round | None, library: Library) -> Approvals:
    """The approval block of a round; empty where there is no round."""
    signed = tuple(signature(s, library) for s in found.signoffs) if found else ()

    def of(*meanings: str) -> tuple[Signature, ...]:
        return tuple(each for each in signed if each.meaning_id in meanings)

    return Approvals(of("author"), of("review"), of("approve", "adopt"))
