"""What an adoption says of its paper: who approved it, and whether it is later than what became of the text here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.office.paper_approver import PaperApprover
from qmsctl.core.proof.filing import type_of
from qmsctl.core.signoffs.approval import binds, day_of

_HERE = ("author", "return")


def approver_held(signoff: SignOff, dossier: Dossier, library: Library) -> bool:
    """True if whoever approved the paper held an approving role on its day; whoever adopts, where nobody else is named.

    Of a name as the paper has it, of another body or another time, nothing is known.
    """
    named, basis = signoff.approved_by, signoff.basis
    if isinstance(named, PaperApprover) or basis is None or basis.date is None:
        return False
    roles, people = approving_roles(signoff, dossier, library), library.people
    found = (people.get(each) for each in ((named,) if named else signoff.by))
    return any(person is not None and any(person.held(role, basis.date) for role in roles) for person in found)


def approving_roles(signoff: SignOff, dossier: Dossier, library: Library) -> tuple[str, ...]:
    """The roles that approved such a text on the day of the paper, or where no matrix says so, on that of the adoption."""
    kind, decided = type_of(dossier, library), signoff.basis.date if signoff.basis else None
    days = (day for day in (decided, day_of(signoff, library.config)) if day is not None)
    entries = (library.config.matrix(kind.name, day) for day in days if kind)
    return next((tuple(sorted(entry.approving_roles)) for entry in entries if entry), ())


def treated_here(signoff: SignOff, dossier: Dossier, library: Library) -> SignOff | None:
    """The last submission or return here, before the adoption, of a text with its revision or one before."""
    return max(_treated(signoff, dossier, library), key=lambda each: each.at, default=None)


def is_older(decided: date, treated: SignOff, library: Library) -> bool:
    """True for a paper that cannot be the answer to what was submitted, or returned, here: that of a returned text is of a later day."""
    day = day_of(treated, library.config)
    return decided <= day if treated.meaning == "return" else decided < day


def is_overtaken(signoff: SignOff, dossier: Dossier, library: Library) -> bool:
    """True for an adoption of a text that was submitted here, with no later paper by somebody who may approve it."""
    treated = treated_here(signoff, dossier, library) if signoff.meaning == "adopt" else None
    decided = signoff.basis.date if signoff.basis else None
    return treated is not None and decided is not None and (is_older(decided, treated, library) or not approver_held(signoff, dossier, library))


def _treated(adoption: SignOff, dossier: Dossier, library: Library) -> Iterator[SignOff]:
    own = dossier.revision or 0
    for each in library.dossiers.get(dossier.subject, ()):
        if each.revision is not None and each.revision <= own:
            yield from (s for s in each.of(*_HERE) if s.at < adoption.at and binds(s, each))
