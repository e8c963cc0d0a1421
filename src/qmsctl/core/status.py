"""The status of a document, derived from its dossiers. It is never written anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from qmsctl.core.approval import MissingSignOff, binds, completed, counts, day_of, held_role, missing
from qmsctl.core.config import Config, People
from qmsctl.core.model import Dossier, Item, SignOff


@dataclass(frozen=True, slots=True)
class Round:
    """What became of one submission: a dossier read through its sign-offs.

    ``signoffs`` are those since the last return that count; ``approved_on`` is the day of the last
    sign-off the matrix asked for, or that of the paper decision for an adopted text.
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

    @property
    def approvals(self) -> tuple[SignOff, ...]:
        """The sign-offs that approve."""
        return tuple(s for s in self.signoffs if s.meaning in ("approve", "adopt"))

    @property
    def copy(self) -> Item | None:
        """The frozen text."""
        return self.dossier.copy


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a document stands on a day.

    ``working`` compares the working text with the dossiers: ``clean`` (the bytes of its approved
    revision), ``changed`` (other bytes under an approved revision), ``in-review``, ``returned``,
    ``draft``, or ``absent``. ``draft`` is the revision under way, if any; ``sha256`` is of the working text.
    """

    subject: str
    rounds: tuple[Round, ...]
    in_force: Round | None
    coming: Round | None
    withdrawn: Round | None
    working: str
    draft: int | None
    sha256: str | None = None

    @property
    def is_clean(self) -> bool:
        """True if the working text is that of an approved revision."""
        return self.working == "clean"

    @property
    def approved(self) -> tuple[Round, ...]:
        """The approved revisions, in order."""
        return tuple(r for r in self.rounds if r.approved_on is not None)

    @property
    def status(self) -> str:
        """``effective``, ``withdrawn``, ``approved`` (not yet in force), or that of the draft."""
        if self.in_force:
            return "effective"
        if self.withdrawn:
            return "withdrawn"
        return "approved" if self.coming else self.working

    def status_of(self, found: Round) -> str:
        """Where one of its rounds stands: as ``status``, or ``superseded``."""
        if found is self.in_force:
            return "effective"
        if found is self.withdrawn:
            return "withdrawn"
        last = self.in_force or self.withdrawn
        if last is not None and found.revision <= last.revision:
            return "superseded"
        if found.approved_on is not None:
            return "approved"
        return "returned" if found.returned else "in-review"

    @property
    def under_way(self) -> Round | None:
        """The submission of the working text while it is in review or returned."""
        if self.working not in ("in-review", "returned"):
            return None
        found = [r for r in self.rounds if r.copy and r.copy.sha256 == self.sha256]
        return found[-1] if found else None

    def revision(self, number: int) -> Round | None:
        """The approved dossier of a revision, else its latest submission."""
        found = [r for r in self.rounds if r.revision == number]
        return next((r for r in found if r.approved_on), found[-1] if found else None)


def standing(
    subject: str,
    working: Item | None,
    dossiers: Sequence[Dossier],
    config: Config,
    people: People,
    now: datetime,
    *,
    past: bool = False,
) -> Standing:
    """Derive the standing of a document at ``now`` from its dossiers and its working text.

    ``past`` says that ``now`` lies behind: a working text submitted only later was not there yet.
    """
    if not dossiers:
        return _unsubmitted(subject, working)
    if past and working and any(d.copy and d.copy.sha256 == working.sha256 and not d.signoffs for d in dossiers):
        working = None
    today = now.astimezone(config.zone).date()
    found = (_round(d, d.revision, config, people) for d in dossiers if d.revision is not None and d.signoffs)
    rounds = _without_late_adoptions(sorted(found, key=lambda r: (r.revision, r.dossier.signoffs[0].at)))
    approved = [r for r in rounds if r.approved_on is not None]
    begun = [r for r in approved if r.effective_on and r.effective_on <= today]
    highest = begun[-1] if begun else None
    gone = bool(highest and highest.withdrawn_on and highest.withdrawn_on <= today)
    later = [r for r in approved if r not in begun and (not highest or r.revision > highest.revision)]
    state = _working(working, rounds)
    return Standing(
        subject=subject,
        rounds=tuple(rounds),
        in_force=None if gone else highest,
        coming=later[-1] if later else None,
        withdrawn=highest if gone else None,
        working=state,
        draft=working.revision if working and state in ("draft", "in-review", "returned") else None,
        sha256=working.sha256 if working else None,
    )


def _unsubmitted(subject: str, working: Item | None) -> Standing:
    return Standing(
        subject=subject,
        rounds=(),
        in_force=None,
        coming=None,
        withdrawn=None,
        working="draft" if working else "absent",
        draft=working.revision if working else None,
        sha256=working.sha256 if working else None,
    )


def _round(dossier: Dossier, revision: int, config: Config, people: People) -> Round:
    type_name = dossier.copy.type.name if dossier.copy else ""
    since, returned = _since_return(dossier, type_name, config, people)
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
    )


def _since_return(
    dossier: Dossier, type_name: str, config: Config, people: People
) -> tuple[tuple[SignOff, ...], SignOff | None]:
    """The sign-offs that count since the last return, and that return while nobody submits again.

    What is approved cannot be returned any more, only withdrawn.
    """
    since: list[SignOff] = []
    returned: SignOff | None = None
    for signoff in dossier.signoffs:
        if signoff.meaning == "return":
            entitled = binds(signoff, dossier) and _may_return(signoff, type_name, config, people)
            if entitled and completed(type_name, since, config)[0] is None:
                since, returned = [], signoff
        elif counts(signoff, dossier, config, people):
            since.append(signoff)
            returned = None if signoff.meaning == "author" else returned
    return tuple(since), returned


def _may_return(signoff: SignOff, type_name: str, config: Config, people: People) -> bool:
    """True if the signer held, on that day, a role that reviews or approves the type."""
    entry = config.matrix(type_name, day_of(signoff, config))
    roles = {role for slot in (*entry.review, *entry.approve) for role in slot} if entry else set()
    return signoff.role in roles and held_role(signoff, config, people)


def _without_late_adoptions(rounds: Sequence[Round]) -> list[Round]:
    """The rounds, with no approval by an adoption that is not the first approval of all."""
    first = min((r.dossier.signoffs[0].at for r in rounds if r.approved_on is not None), default=None)
    return [
        replace(r, approved_on=None, effective_on=None, adopted=False)
        if r.adopted and first is not None and r.dossier.signoffs[0].at > first
        else r
        for r in rounds
    ]


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
    return named and entry is not None and signoff.role in entry.adopting_roles


def _effective(dossier: Dossier, approving: Sequence[SignOff], approved_on: date | None) -> date | None:
    if approved_on is None:
        return None
    own = dossier.copy.day("effective") if dossier.copy else None
    given = [s.effective for s in approving if s.meaning in ("approve", "adopt") and s.effective]
    return max(day for day in (approved_on, own, *given) if day is not None)


def _withdrawn(since: Sequence[SignOff], type_name: str, config: Config) -> date | None:
    for signoff in since:
        day = day_of(signoff, config)
        entry = config.matrix(type_name, day)
        if signoff.meaning == "withdraw" and entry and any(signoff.role in slot for slot in entry.approve):
            return max(day, signoff.effective or day)
    return None


def _working(working: Item | None, rounds: Sequence[Round]) -> str:
    if working is None:
        return "absent"
    same_revision = [r for r in rounds if r.revision == working.revision]
    for each in same_revision:
        if each.approved_on is not None:
            return "clean" if each.copy and each.copy.sha256 == working.sha256 else "changed"
    for each in reversed(same_revision):
        if each.copy and each.copy.sha256 == working.sha256:
            return "returned" if each.returned else "in-review"
    return "draft"
