"""A procedure as it is asked for, and as it was approved before."""

from __future__ import annotations

from qmsctl.core.comparison.chosen_text import chosen
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.procedures.steps import BLOCK
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.signoffs.round import Round
from qmsctl.errors import Refusal
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class ProcedureText:
    """A text of a procedure; without a ``round`` it is the working text."""

    item: Item
    round: Round | None

    @property
    def revision(self) -> int | None:
        """The revision it is, or is to become."""
        return self.round.revision if self.round else self.item.revision


def procedure_texts(library: Library, subject: str, revision: int | None) -> tuple[ProcedureText, ProcedureText | None]:
    """The revision asked for, else that in force, else the working text; and what was approved before it.

    Raises :class:`Refusal` where there is no such text, or where its type has no steps.
    """
    item, found = chosen(library, subject, revision)
    if BLOCK not in item.type.blocks:
        raise Refusal(
            _("{id} is a “{type}”, which has no steps", id=subject, type=item.type.label),
            command("list", "procedure").in_order_to(_("to see the procedures")),
        )
    text = ProcedureText((text_of(found, library) if found else None) or item, found)
    earlier = [each for each in library.standing(subject).approved if text.revision is None or each.revision < text.revision]
    before = text_of(earlier[-1], library) if earlier else None
    return text, ProcedureText(before, earlier[-1]) if before else None
