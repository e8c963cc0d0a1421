"""The word for a state, and whether it is good, waiting, bad or over."""

from __future__ import annotations

from dataclasses import dataclass

from qmsctl.core.level import Level
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.message import Label, Message, _

GOOD, WAIT, BAD, OFF = "good", "wait", "bad", "off"


@dataclass(frozen=True, slots=True)
class State:
    """A word, and a tone for its colour; the word alone says everything."""

    word: Message | Label
    tone: str


_DOCUMENT = {
    "effective": State(_("in force"), GOOD),
    "approved": State(_("approved, not yet in force"), WAIT),
    "superseded": State(_("superseded"), OFF),
    "withdrawn": State(_("withdrawn"), OFF),
    "in-review": State(_("in review"), WAIT),
    "returned": State(_("returned to its author"), WAIT),
    "draft": State(_("draft"), WAIT),
    "clean": State(_("approved"), GOOD),
    "changed": State(_("changed without a new revision"), BAD),
    "absent": State(_("working text missing"), BAD),
}

_LEVEL = {
    Level.ENTERED: State(_("entered for the signer"), WAIT),
    Level.DECLARED: State(_("declared, not signed"), OFF),
    Level.EVIDENCED: State(_("evidenced by a document"), GOOD),
}


def document_state(status: str) -> State:
    """The state of a document or of one of its revisions."""
    return _DOCUMENT[status]


def level_state(level: Level) -> State:
    """The level of a sign-off."""
    return _LEVEL[level]


def record_state(record: Item, library: Library) -> State:
    """The written state of a record, by the label of its type."""
    state = record.type.states.get(record.status or "")
    if state is None:
        return State(Label({"en": record.status or "?"}), BAD)
    return State(state.label, OFF if library.is_closed(record) else WAIT)
