"""Who acts, and who presses the keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from qmsctl.core.dossier import Basis
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.elsewhere import Elsewhere
from qmsctl.core.office.paper_approver import PaperApprover
from qmsctl.core.text.splice import Value
from qmsctl.core.text.suggest import instead
from qmsctl.core.types.kinds import meant_id
from qmsctl.errors import Refusal
from qmsctl.mend import Hole, Mend, advice, git
from qmsctl.message import _
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, and the one who entered it where that is somebody else."""

    person: str
    entered_by: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """The circumstances of a sign-off: who, when, in which role, on what basis, with what words.

    ``people`` has several persons only for an acknowledgement. ``again`` asks for a sign-off in the place of one that
    does not count; ``instead_of`` is the file of that one where a reopening has undone it. ``approved_by`` is who approved
    the paper that is adopted.
    """

    actor: Actor
    at: datetime
    role: str | None = None
    comment: str = ""
    effective: date | None = None
    basis: Basis | None = None
    capacity: str | None = None
    on_behalf_of: str | None = None
    people: tuple[str, ...] = ()
    again: bool = False
    approved_by: str | PaperApprover | None = None
    instead_of: str | None = None

    def fields(self) -> Mapping[str, Value]:
        """The fields of the sign-off file that do not depend on its subject."""
        by: Value = self.actor.person if len(self.people) < 2 else list(self.people)
        found: dict[str, Value | None] = {
            "by": by,
            "role": self.role,
            "capacity": self.capacity,
            "on_behalf_of": self.on_behalf_of,
            "at": self.at.isoformat(timespec="seconds"),
            "effective": self.effective.isoformat() if self.effective else None,
            "instead_of": self.instead_of,
            "entered_by": self.actor.entered_by,
            "basis": _basis(self.basis) if self.basis else None,
            "approved_by": _approver(self.approved_by) if isinstance(self.approved_by, PaperApprover) else self.approved_by,
        }
        return {key: value for key, value in found.items() if value}


def _approver(named: PaperApprover) -> Mapping[str, Value]:
    found = {"name": named.name, "title": named.title, "body": named.body}
    return {key: value for key, value in found.items() if value}


def _basis(basis: Basis) -> Mapping[str, Value]:
    found = {
        "number": basis.number,
        "date": basis.date.isoformat() if basis.date else None,
        "file": basis.file,
        "sha256": basis.sha256,
    }
    return {key: value for key, value in found.items() if value}


def actor_of(library: Library, email: str | None, by: str | None, beside: Elsewhere | None = None) -> Actor:
    """The person whose e-mail git knows, or the one named by ``--by``, entered by the former.

    ``beside`` is set where the repository's own configuration and the user's own say two things.
    Raises :class:`Refusal` where either is nobody in ``people.yaml``, or where the two e-mails are those of two persons.
    """
    own = library.people.by_email(email) if email else None
    if by is not None and library.people.get(by) is None:
        near, known = meant_id(by, library.names.people, library.names), tuple(person.id for person in library.people.all)
        raise Refusal(
            _("people.yaml has nobody with the id “{person}”", person=by),
            instead(by, near) if near else advice(_("use one of {known}, or add the person to people.yaml", known=known)),
        )
    if email is None:
        known_to_git = git("config", "--global", "user.email", Hole("e-mail"))
        raise Refusal(_("who acts is not known: git has no e-mail of yours"), known_to_git.in_order_to(_("tell git the e-mail that people.yaml has")))
    if own is None:
        raise Refusal(_("who acts is not known: git's e-mail {email} is nobody's in people.yaml", email=email), _known_by(email))
    if beside:
        _same_person(library, beside)
    return Actor(own.id) if by in (None, own.id) else Actor(by, own.id)


def _same_person(library: Library, beside: Elsewhere) -> None:
    """Nobody signs as somebody else because a repository's own configuration says so."""
    here, own = library.people.by_email(beside.here), library.people.by_email(beside.own)
    if own and here and own.id != here.id:
        raise Refusal(
            _(
                "who acts is not certain: this repository's git configuration says {email} ({person}), your own says {beside} ({own})",
                email=beside.here,
                person=here.id,
                beside=beside.own,
                own=own.id,
            ),
            git(*beside.out).in_order_to(_("act as {person}", person=own.id)),
        )


def _known_by(email: str) -> Mend:
    """How git's e-mail comes to be that of a person."""
    known = git("config", "user.email", Hole("e-mail")).in_order_to(_("tell git the e-mail that people.yaml has"))
    return known.or_else(advice(_("add {email} to your line in people.yaml", email=email)))


def choose_role(library: Library, person: str, day: date, wanted: tuple[str, ...]) -> str | None:
    """The first of ``wanted`` the person held on ``day``; else the first role held at all."""
    found = library.people.get(person)
    held = found.roles_on(day) if found else ()
    return next((role for role in wanted if role in held), next(iter(held), None))
