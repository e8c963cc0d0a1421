"""Two states of a document's text that are to be compared, as people name them: ``2..3``, ``..``, ``2..draft``."""

from __future__ import annotations

import re

from qmsctl.core.asked import document
from qmsctl.core.comparison.chosen_text import not_submitted
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.signoffs.round import Round
from qmsctl.core.signoffs.status import Standing
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import Mend, advice, command
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.value import dataclass

_SPAN = regex(r"(\d{1,9})?\.\.(\d{1,9}|draft)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Revision:
    """A text to compare: a submission's frozen copy, or (``round`` is ``None``) the working text."""

    item: Item
    round: Round | None


def read_span(text: str) -> tuple[str, str]:
    """The two names of ``A..B``, either empty. Raises :class:`UsageError` for anything else."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise UsageError(
            _("“{text}” is no pair of revisions", text=text),
            advice(_("write 2..3, or 2..draft for the working text; .. is what is in force against the one before")),
        )
    return found[1] or "", found[2] or ""


def revision_pair(library: Library, subject: str, span: str = "..") -> tuple[Revision, Revision]:
    """The two texts that ``span`` names. Raises :class:`Refusal` where there is no such text.

    Nothing before ``..`` is what was approved before the new text; nothing after it the working text, or what is in
    force where nothing stands on either side.
    """
    first, last = read_span(span)
    standing = library.standing(subject)
    present = library.by_id.get(subject)
    if not standing.rounds or (present is not None and not present.is_document):
        document(library, subject)
    if last == "draft" or (first and not last):
        new = Revision(document(library, subject), None)
    else:
        new = _submitted(library, standing, int(last)) if last else _latest(library, standing)
    return _submitted(library, standing, int(first)) if first else _earlier(library, standing, new), new


def _latest(library: Library, standing: Standing) -> Revision:
    found = standing.in_force or standing.withdrawn
    if found is None:
        last = max((each.revision for each in standing.rounds), default=None)
        raise Refusal(
            _("no revision of {id} is in force on {day}", id=standing.subject, day=library.today),
            command("show", standing.subject, text=True).in_order_to(_("the draft is all there is; to read it")) if last is None
            else command("diff", standing.subject, f"{last}..draft").in_order_to(_("name what to compare")),
        )
    return _text(library, found)


def _earlier(library: Library, standing: Standing, new: Revision) -> Revision:
    """What was approved last before ``new``."""
    number = new.round.revision if new.round else new.item.revision
    approved = [each for each in standing.approved if number is None or each.revision < number]
    if not approved:
        raise Refusal(
            _("{id} has no approved revision before revision {revision}", id=standing.subject, revision=number or "?"),
            _later(standing, number) or command("history", standing.subject).in_order_to(_("to see what there is")),
        )
    return _text(library, approved[-1])


def _later(standing: Standing, number: int | None) -> Mend | None:
    """The command that compares a revision with what comes after it: one that was approved or submitted, else the draft."""
    later = [each.revision for each in standing.rounds if number is not None and each.revision > number]
    if later:
        return command("diff", standing.subject, f"{number}..{later[-1]}").in_order_to(_("what comes after it"))
    if number is not None and standing.draft is not None and standing.draft > number:
        return command("diff", standing.subject, f"{number}..draft").in_order_to(_("what comes after it"))
    return None


def _submitted(library: Library, standing: Standing, number: int) -> Revision:
    found = standing.revision(number)
    if found is None or found.copy is None:
        raise not_submitted(standing, number)
    return _text(library, found)


def _text(library: Library, found: Round) -> Revision:
    copy = found.copy
    assert copy is not None  # the callers ask for rounds with a copy
    return Revision(copy, found)
