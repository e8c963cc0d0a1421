"""What repeats what, and in which respect, in words."""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.repeats import Likeness, Repeat
from qmsctl.message import Message, _

_MOST = 3


def told(found: Sequence[Repeat], library: Library) -> tuple[Message, ...]:
    """The others with what they share, the most alike first; of many only a few."""
    named = tuple(_("{id} ({what})", id=each.other.id, what=shared(each, library)) for each in found[:_MOST])
    rest = len(found) - len(named)
    return (*named, _("{count} more", count=rest)) if rest else named


def shared(repeat: Repeat, library: Library) -> tuple[Message, ...]:
    """In what two nonconformities are alike."""
    return tuple(_likeness(repeat.other, each, library) for each in repeat.same)


def _likeness(other: Item, likeness: Likeness, library: Library) -> Message:
    match likeness.field:
        case "cause_category":
            return _("same kind of cause: {value}", value=other.value_label("cause_category"))
        case "unit":
            unit = library.config.unit(likeness.value)
            return _("same unit: {value}", value=unit.name if unit else likeness.value)
        case _:
            return _("same document: {value}", value=likeness.value)
