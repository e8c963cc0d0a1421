"""One submission of a document, read through its sign-offs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.model import Item
from qmsctl.core.office.config import Config
from qmsctl.core.office.people import People
from qmsctl.core.signoffs.approval import MissingSignOff, binds, completed, counts, day_of, held_role, missing
from qmsctl.core.signoffs.order import early
from qmsctl.value import dataclass

_GIVEN_AGAIN = ("author", "review", "approve", "adopt")


@dataclass(frozen=True, slots=True)
class Round:
    """What became of one submission: a dossier read through its sign-offs.

    ``signoffs`` are those since the last return that count; ``approved_on`` is the day of the last
    sign-off the matrix asked for, or that of the paper decision for an adopted text. ``early`` are the paths of
    approvals that came before the review and do not count for that.
    """

    dossier: Dossier
    revision: int
    signoffs: tuple[SignOff, ...]
    returned: SignOff | None
    approved_on: date | None
    effective_on: date | None
    withdrawn_on: date | None
    open_places: tuple[MissingSignOff, ...]
    adopted: bool
    early: frozenset[str] = frozenset()

    @property
    def approvals(self) -> tuple[SignOff, ...]:
        """The sign-offs that approve."""
        return tuple(s for s in self.signoffs if s.meaning in ("approve", "adopt"))

    @property
    def copy(self) -> Item | None:
        """The frozen text."""
        return self.dossier.copy


def read_round(dossier: Dossier, revision: int, config: Config, people: People) -> Round:
    """What became of the submission in ``dossier``."""
    type_name = dossier.type_name
    since, before, returned = _since_return(dossier, type_name, config, people)
    adoption = next((s for s in since if _adopts(s, type_name, config)), None)
    approved_on, approving, places = _approval(type_name, since, adoption, config)
    return Round(
        dossier=dossier,
        revision=revision,
        signoffs=since,
        returned=returned,
        approved_on=None if returned else approved_on,
        effective_on=_effective(dossier, approving, approved_on),
        withdrawn_on=_withdrawn(since, type_name, config),
        open_places=places,
        adopted=adoption is not None,
        early=before,
    )


def _since_return(
    dossier: Dossier, type_name: str, config: Config, people: People
) -> tuple[tuple[SignOff, ...], frozenset[str], SignOff | None]:
    """The sign-offs that count since the last return, the early approvals, and that return while nobody submits again.

    What is approved cannot be returned any more, only withdrawn. Of what one person signed in one meaning and role
    again and again, the latest decides.
    """
    since: dict[tuple[object, ...], SignOff] = {}
    every: list[SignOff] = []
    returned: SignOff | None = None
    is_approved = False
    for signoff in dossier.signoffs:
        if signoff.meaning == "return":
            entitled = returns(signoff, dossier, config, people)
            is_approved = is_approved or (entitled and _is_complete(type_name, since.values(), every, config))
            if entitled and not is_approved:
                since, every, returned = {}, [], signoff
        elif counts(signoff, dossier, config, people):
            every.append(signoff)
            since.pop(_place(signoff), None)
            since[_place(signoff)] = signoff
            returned = None if signoff.meaning == "author" or _is_after(signoff, returned, config) else returned
    before = early(type_name, every, config)
    return tuple(each for each in since.values() if each.path not in before), before, returned


def returns(signoff: SignOff, dossier: Dossier, config: Config, people: People) -> bool:
    """True for a return by somebody who may give one; as long as nothing is approved, what was signed before it counts no more."""
    return signoff.meaning == "return" and binds(signoff, dossier) and _may_return(signoff, dossier.type_name, config, people)


def _is_complete(type_name: str, since: Iterable[SignOff], every: Sequence[SignOff], config: Config) -> bool:
    before = early(type_name, every, config)
    return completed(type_name, [each for each in since if each.path not in before], config)[0] is not None


def _is_after(signoff: SignOff, returned: SignOff | None, config: Config) -> bool:
    """True for an adoption whose paper is later than the return."""
    decided = signoff.basis.date if signoff.meaning == "adopt" and signoff.basis else None
    return returned is not None and decided is not None and decided > day_of(returned, config)


def _place(signoff: SignOff) -> tuple[object, ...]:
    """What a sign-off shares with those that are given again in its place; every other stands for itself."""
    return (signoff.meaning, signoff.by, signoff.role) if signoff.meaning in _GIVEN_AGAIN else (signoff.path,)


def _may_return(signoff: SignOff, type_name: str, config: Config, people: People) -> bool:
    """True if the signer held, on that day, a role that reviews or approves the type."""
    entry = config.matrix(type_name, day_of(signoff, config))
    roles = {role for slot in (*entry.review, *entry.approve) for role in slot} if entry else set()
    return signoff.role in roles and held_role(signoff, config, people)


def _approval(
    type_name: str, since: Sequence[SignOff], adoption: SignOff | None, config: Config
) -> tuple[date | None, Sequence[SignOff], tuple[MissingSignOff, ...]]:
    """The day of approval, the sign-offs up to it, and the places still open."""
    if adoption and adoption.basis and adoption.basis.date:
        return adoption.basis.date, (adoption,), ()
    at, places = completed(type_name, since, config)
    if at is not None:
        return at.astimezone(config.zone).date(), [s for s in since if s.at <= at], ()
    entry = config.matrix(type_name, day_of(since[-1], config)) if since else None
    return None, (), missing(entry, since) if entry else places


def _adopts(signoff: SignOff, type_name: str, config: Config) -> bool:
    """True for an adoption by an adopting role on a named decision that is not later than it."""
    if signoff.meaning != "adopt" or signoff.basis is None:
        return False
    day = day_of(signoff, config)
    entry = config.matrix(type_name, day)
    basis = signoff.basis
    named = bool(basis.number) and basis.date is not None and basis.date <= day
    return named and entry is not None and signoff.role in entry.adopting_roles(config.is_strict_on(day))


def _effective(dossier: Dossier, approving: Sequence[SignOff], approved_on: date | None) -> date | None:
    if approved_on is None or dossier.copy is None:
        return None
    own = dossier.copy.day("effective")
    given = [s.effective for s in approving if s.meaning in ("approve", "adopt") and s.effective]
    return max(day for day in (approved_on, own, *given) if day is not None)


def _withdrawn(since: Sequence[SignOff], type_name: str, config: Config) -> date | None:
    for signoff in since:
        day = day_of(signoff, config)
        entry = config.matrix(type_name, day)
        if signoff.meaning == "withdraw" and entry and any(signoff.role in slot for slot in entry.approve):
            return max(day, signoff.effective or day)
    return None
