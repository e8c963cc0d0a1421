"""The approval block of a printed document: who drafted, reviewed and approved it, when, and how that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.matrix import ANY_ROLE
from qmsctl.core.proof.level import Level
from qmsctl.core.proof.paper import approving_roles
from qmsctl.core.signoffs.round import Round
from qmsctl.message import Message, _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.signatures import Signature, approvals, signature
from qmsctl.value import dataclass

_ON_PAPER = _("on the paper")


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody of the approval block, or a place that is still open.

    ``acting`` are the words before the position of one who stands in for another. ``how`` says what the sign-off is worth;
    where that is no signature, ``ink`` leaves room for one.
    """

    position: Message | str
    name: str = ""
    day: date | None = None
    how: Message | str = ""
    ink: bool = True
    acting: Message | None = None


@dataclass(frozen=True, slots=True)
class Adoption:
    """Who took a text that had been approved on paper into the system, apart from who approved it."""

    name: str
    position: str
    day: date
    how: Message


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper by which a text was issued; ``is_decision`` where its number says it is one."""

    number: str
    day: date
    is_decision: bool


@dataclass(frozen=True, slots=True)
class SigningPlaces:
    """The three places of the block, and what stands below it."""

    drafted: tuple[Signer, ...]
    reviewed: tuple[Signer, ...]
    approved: tuple[Signer, ...]
    adopted: Adoption | None
    decision: Decision | None


def signing_places(item: Item, found: Round | None, library: Library) -> SigningPlaces:
    """The block of a text; of a draft, with the places that will have to be filled."""
    signed = approvals(found, library)
    adoption = next((each for each in found.approvals if each.meaning == "adopt"), None) if found else None
    if found is not None and adoption is not None:
        return _of_paper(found, adoption, library)
    open_ = dict(_open(item, found, library))
    return SigningPlaces(
        drafted=tuple(_signer(each) for each in signed.authors) or (Signer(""),),
        reviewed=(*(_signer(each) for each in signed.reviewers), *_vacant(open_.get("review", ()), library)),
        approved=(*(_signer(each) for each in signed.approvers), *_vacant(open_.get("approve", ()), library)),
        adopted=None,
        decision=_decision(found.approvals) if found else None,
    )


def _open(item: Item, found: Round | None, library: Library) -> Iterator[tuple[str, tuple[ANY_ROLE, ...]]]:
    entry = library.config.matrix(item.type.name, library.today)
    for meaning in ("review", "approve"):
        if found is not None:
            yield meaning, tuple(each.roles for each in found.open_places if each.meaning == meaning)
        elif entry is not None:
            yield meaning, entry.review if meaning == "review" else entry.approve


def _vacant(places: Iterable[ANY_ROLE], library: Library) -> Iterator[Signer]:
    return (Signer(_or(roles, library)) for roles in places)


def _or(roles: Iterable[str], library: Library) -> Message | str:
    """The titles of roles of which one is enough, in the order of the office."""
    order = {role.id: place for place, role in enumerate(library.config.roles)}
    titles = [naming.role(library, role) for role in sorted(roles, key=lambda role: (order.get(role, len(order)), role))]
    found: Message | str = titles[0] if titles else ""
    for title in titles[1:]:
        found = _("{one} or {other}", one=found, other=title)
    return found


def _signer(found: Signature) -> Signer:
    acting = _("{capacity} {person}", capacity=found.capacity, person=found.on_behalf_of) if found.capacity else None
    return Signer(found.role, found.name, found.day, backing(found), found.level in (Level.ENTERED, Level.DECLARED), acting)


def backing(found: Signature) -> Message:
    """What a sign-off is worth, in words for a paper."""
    match found.level:
        case Level.SIGNED:
            return _("confirmed in the system with an OpenSSH key")
        case Level.EVIDENCED if found.basis:
            return _("evidenced in writing: {basis}", basis=found.basis)
        case Level.EVIDENCED:
            return _("evidenced in writing")
        case Level.ENTERED:
            return _("entered in the system by {person}, not signed", person=found.entered_by)
        case Level.DECLARED:
            return _("recorded in the system, not signed")


def _of_paper(found: Round, adoption: SignOff, library: Library) -> SigningPlaces:
    here = signature(adoption, library)
    return SigningPlaces(
        drafted=(Signer(_ON_PAPER, ink=False),),
        reviewed=(Signer(_ON_PAPER, ink=False),),
        approved=(_paper_approver(here, found, adoption, library),),
        adopted=Adoption(here.name, here.role, here.day, backing(here)),
        decision=_decision((adoption,)),
    )


def _paper_approver(here: Signature, found: Round, adoption: SignOff, library: Library) -> Signer:
    """Who approved the paper; where nobody says so, in which position the office's rules have it done."""
    how = _("signed on paper: {basis}", basis=here.basis)
    if here.approver is not None:
        return Signer(here.approver.title, here.approver.name, here.approver.day, how, ink=False)
    roles = _or(approving_roles(adoption, found.dossier, library), library)
    return Signer(roles, "", adoption.basis.date if adoption.basis else None, how, ink=False)


def _decision(signoffs: Iterable[SignOff]) -> Decision | None:
    """The paper an approval rests on, the last one named."""
    named = [each.basis for each in signoffs if each.basis and each.basis.number and each.basis.date]
    if not named:
        return None
    number, day = named[-1].number, named[-1].date
    assert number is not None  # only such are taken
    assert day is not None
    return Decision(number, day, "QĐ" in number.upper() or "DECISION" in number.upper())
