"""How far a text has been committed to: what is still being written may have gaps, what is signed may not."""

from __future__ import annotations

from enum import Enum

from qmsctl.core.library import Library
from qmsctl.core.model import Item


class Commitment(Enum):
    """``WRITTEN`` by somebody and not signed yet, ``SIGNED`` and still going on, ``FINAL``, or ``GIVEN_UP``."""

    WRITTEN = "written"
    SIGNED = "signed"
    FINAL = "final"
    GIVEN_UP = "given up"


def commitment(item: Item, library: Library) -> Commitment:
    """A document is final once it is submitted; a record as far as its state asks for a sign-off."""
    if item.is_document:
        drafting = library.standing(item.id).working in ("draft", "returned", "absent")
        return Commitment.WRITTEN if drafting else Commitment.FINAL
    state = item.type.states.get(item.status or "")
    if state is None or not (state.final or state.signoff):
        return Commitment.WRITTEN
    if not state.final:
        return Commitment.SIGNED
    return Commitment.GIVEN_UP if item.is_given_up else Commitment.FINAL
