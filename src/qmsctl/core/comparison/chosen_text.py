"""The text of a document or record that somebody asks for by its id."""

from __future__ import annotations

from qmsctl.core.asked import item
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.disposal import destroyed
from qmsctl.core.signoffs.round import Round
from qmsctl.core.signoffs.status import Standing
from qmsctl.errors import Refusal
from qmsctl.mend import advice, command
from qmsctl.message import _


def chosen(library: Library, subject: str, revision: int | None) -> tuple[Item, Round | None]:
    """The text to show and its round: the asked-for revision, else that in force, else the working text.

    Of a record that was destroyed it is the one signed last.
    Raises :class:`Refusal` where there is no such text.
    """
    standing = library.standing(subject)
    if revision is None:
        round_ = standing.in_force or standing.withdrawn or standing.coming
        if round_ is None or round_.copy is None:
            return _destroyed(library, subject) or item(library, subject), None
        return round_.copy, round_
    round_ = standing.revision(revision)
    if round_ is None or round_.copy is None:
        raise not_submitted(standing, revision)
    return round_.copy, round_


def not_submitted(standing: Standing, revision: int) -> Refusal:
    """There is no such revision; the mend names those that there are."""
    known = tuple(str(each) for each in sorted({each.revision for each in standing.rounds}))
    seen = command("show", standing.subject).in_order_to(_("to see how it stands"))
    return Refusal(
        _("{id} has no revision {revision} that was submitted", id=standing.subject, revision=revision),
        advice(_("it has: {known}", known=known)) if known else seen,
    )


def _destroyed(library: Library, subject: str) -> Item | None:
    found = destroyed(library).get(subject) if subject not in library.by_id else None
    if found is None or found.copy is not None:
        return found.copy if found else None
    raise Refusal(
        _("{id} was destroyed on {day}; nobody had signed it, so that nothing of it is left", id=subject, day=found.day),
        command("show", found.disposal.id).in_order_to(_("to see by whose approval")),
    )
