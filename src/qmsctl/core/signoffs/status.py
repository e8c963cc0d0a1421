"""The status of a document, derived from its dossiers. It is never written anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from qmsctl.core.dossier import Dossier
from qmsctl.core.model import Item
from qmsctl.core.office.config import Config
from qmsctl.core.office.people import People
from qmsctl.core.signoffs.one_person import adopts_alone
from qmsctl.core.signoffs.round import Round, read_round
from qmsctl.value import dataclass, replace


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
    def adopted(self) -> int | None:
        """The revision of the working text, where it was approved on paper and adopted from there."""
        found = (r.revision for r in self.approved if r.adopted and r.copy and r.copy.sha256 == self.sha256)
        return next(found, None) if self.is_clean else None

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
    past: bool,
) -> Standing:
    """Derive the standing of a document at ``now`` from its dossiers and its working text.

    ``past`` says that ``now`` lies behind: a working text that came after a later submission was not there yet.
    """
    if not dossiers:
        return _unsubmitted(subject, working)
    if past and working and _is_later(working, dossiers):
        working = None
    today = now.astimezone(config.zone).date()
    found = (read_round(d, d.revision, config, people) for d in dossiers if d.revision is not None and d.signoffs)
    rounds = _without_late_adoptions(sorted(found, key=lambda r: (r.revision, r.dossier.signoffs[0].at)), config, people)
    approved = [r for r in rounds if r.approved_on is not None]
    begun = [r for r in approved if r.effective_on and r.effective_on <= today]
    highest = begun[-1] if begun else None
    gone = bool(highest and highest.withdrawn_on and highest.withdrawn_on <= today)
    later = [r for r in approved if not highest or r.revision > highest.revision]
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


def _is_later(working: Item, dossiers: Sequence[Dossier]) -> bool:
    """True if the text came after a dossier that nobody had signed yet: one of its revision, or of one before."""
    number = working.revision
    return any(not d.signoffs and d.revision is not None and number is not None and d.revision <= number for d in dossiers)


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


def _without_late_adoptions(rounds: Sequence[Round], config: Config, people: People) -> list[Round]:
    """The rounds, with no approval by an adoption that is not the first approval of all, unless one person holds all the roles."""
    first = min((r.dossier.signoffs[0].at for r in rounds if r.approved_on is not None), default=None)
    return [
        replace(r, approved_on=None, effective_on=None, adopted=False)
        if r.adopted and first is not None and r.dossier.signoffs[0].at > first and not _alone(r, config, people)
        else r
        for r in rounds
    ]


def _alone(found: Round, config: Config, people: People) -> bool:
    return any(adopts_alone(each, found.dossier.type_name, config, people) for each in found.signoffs)


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
