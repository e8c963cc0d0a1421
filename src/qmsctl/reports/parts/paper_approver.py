"""Who approved the paper of an adoption, as a reader sees them; and where several signers are one person."""

from __future__ import annotations

from datetime import date

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.office.paper_approver import PaperApprover
from qmsctl.core.proof.filing import signoff_at, type_of
from qmsctl.core.proof.paper import approving_roles
from qmsctl.core.signoffs.approval import authors
from qmsctl.core.signoffs.one_person import stands_alone
from qmsctl.message import Message, _
from qmsctl.reports.parts import naming
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Approver:
    """Who approved a paper: name, title and body, and the day of the paper."""

    name: str
    title: str
    day: date | None

    @property
    def words(self) -> str:
        """Name and title in one line."""
        return ", ".join(filter(None, (self.name, self.title)))


def approver(signoff: SignOff, library: Library) -> Approver | None:
    """Who is said to have approved the paper; a person of the office with the approving role of that day."""
    named, day = signoff.approved_by, signoff.basis.date if signoff.basis else None
    if named is None or signoff.meaning != "adopt":
        return None
    if isinstance(named, PaperApprover):
        return Approver(named.name, ", ".join(filter(None, (named.title, named.body))), day)
    return Approver(naming.person(library, named), _role(named, day, signoff, library), day)


def _role(name: str, day: date | None, signoff: SignOff, library: Library) -> str:
    person, place = library.people.get(name), signoff_at(signoff.path, library)
    if person is None or place is None or day is None:
        return ""
    held = (role for role in approving_roles(*place, library) if person.held(role, day))
    return next((naming.role(library, role) for role in held), "")


def one_person(signoff: SignOff, library: Library) -> Message | None:
    """What is to be said where one person stands for two: a reviewer who wrote the text, or the only holder of all the roles."""
    place = signoff_at(signoff.path, library) if signoff.meaning in ("review", "adopt") else None
    if place is None:
        return None
    if signoff.meaning == "review":
        return None if authors(place[1], library.config).isdisjoint(signoff.by) else _("also the author")
    return _("one person") if stands_alone(signoff, _type(place[1], library), library.config, library.people) else None


def _type(dossier: Dossier, library: Library) -> str:
    kind = type_of(dossier, library)
    return kind.name if kind else ""
