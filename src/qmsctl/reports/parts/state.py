"""The word for a state, and whether it is good, waiting, bad or over."""

from __future__ import annotations

from functools import cache

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.level import Level
from qmsctl.core.signoffs.status_labels import document_status, level_words
from qmsctl.message import Label, Message
from qmsctl.value import dataclass

GOOD, WAIT, BAD, OFF = "good", "wait", "bad", "off"


@dataclass(frozen=True, slots=True)
class State:
    """A word, and a tone for its colour; the word alone says everything."""

    word: Message | Label
    tone: str


_DOCUMENT_TONES = {
    "effective": GOOD,
    "approved": WAIT,
    "in-review": WAIT,
    "returned": WAIT,
    "draft": WAIT,
    "changed": BAD,
    "absent": BAD,
}
_LEVEL_TONES = {Level.ENTERED: WAIT, Level.DECLARED: OFF, Level.EVIDENCED: GOOD, Level.SIGNED: GOOD}


@cache
def document_state(status: str) -> State:
    """The state of a document or of one of its revisions."""
    return State(document_status(status), _DOCUMENT_TONES.get(status, OFF))


def level_state(level: Level) -> State:
    """The level of a sign-off."""
    return State(level_words(level), _LEVEL_TONES[level])


def record_state(record: Item, library: Library) -> State:
    """The written state of a record, by the label of its type."""
    state = record.type.states.get(record.status or "")
    if state is None:
        return State(Label({"en": record.status or "?"}), BAD)
    return State(state.label, OFF if library.is_closed(record) else WAIT)
