"""Taking in what was approved on paper: one sign-off for drafting, review and approval."""

from __future__ import annotations

from qmsctl.core.asked import document
from qmsctl.core.dossier import Basis
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act
from qmsctl.core.lifecycle.document_way import signed_text
from qmsctl.core.lifecycle.once_more import to_give_again
from qmsctl.core.model import Item
from qmsctl.core.signoffs.one_person import sole_holder
from qmsctl.errors import Refusal
from qmsctl.mend import HOLE, Mend, addition, command
from qmsctl.message import _


def adopt(library: Library, subject: str, act: Act) -> Edit:
    """Take in a text approved on paper: one sign-off for drafting, review and approval."""
    working = document(library, subject)
    before = to_give_again(library, subject, "adopt", act, text=working.sha256)
    standing, day = library.standing(subject), act.at.date()
    if before is None and standing.approved and not (standing.working == "draft" and _alone(library, working, act)):
        raise Refusal(
            _("{id} has an approved revision already; only the first can be adopted", id=subject),
            command("revise", subject, change=HOLE).in_order_to(_("raise the revision")),
        )
    if act.basis is None or not act.basis.number or not act.basis.date:
        raise Refusal(
            _("adopting needs the number and the date of the decision on paper"),
            _on_paper(act.basis),
        )
    entry = library.config.matrix(working.type.name, day)
    roles = tuple(sorted(entry.adopting_roles(library.config.is_strict_on(day)))) if entry else ()
    return signed_text(library, working, "adopt", before, act, roles)


def _alone(library: Library, working: Item, act: Act) -> bool:
    """True where the actor alone holds the roles that the text needs: then its later revisions come in on paper, too."""
    day = act.at.date()
    return library.config.is_strict_on(day) and sole_holder(working.type.name, day, library.config, library.people) == act.actor.person


def _on_paper(given: Basis | None) -> Mend:
    """What is missing of the paper: its number, its date, its scan."""
    return addition(
        basis=None if given and given.number else HOLE,
        basis_date=None if given and given.date else HOLE,
        basis_file=None if given and given.file else HOLE,
    )
