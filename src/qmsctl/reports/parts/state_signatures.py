"""Who signed a record on its way: the sign-offs of its states, oldest first."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import signed_states
from qmsctl.message import Label
from qmsctl.reports.parts.signatures import Signature, signature
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class StateSignature:
    """A state that was signed; ``undone`` where a reopening has taken it back."""

    id: str
    state: Label
    signature: Signature
    undone: bool


def state_signatures(record: Item, library: Library) -> tuple[StateSignature, ...]:
    """The sign-offs that the states of a record asked for."""
    return tuple(
        StateSignature(each.state.id, each.state.label, signature(each.signoff, library), each.reopened is not None)
        for each in signed_states(record, library)
    )
