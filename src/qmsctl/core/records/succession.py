"""Which document takes the place of which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.core.types.field import Field
from qmsctl.value import dataclass

BEFORE = "earlier"
"""The order of a reference to what a text takes the place of."""


@dataclass(frozen=True, slots=True)
class Succession:
    """A text in force since ``since`` takes the place of the document ``replaced``, as its ``field`` says."""

    text: Item
    field: Field
    replaced: str
    since: date


def successions(library: Library) -> Iterator[Succession]:
    """Every document that a text in force takes the place of, by the id of the text."""
    for text in texts_in_force(library):
        in_force = library.standing(text.id).in_force
        since = in_force.effective_on if in_force else None
        for field in text.type.fields.values() if since else ():
            if field.order == BEFORE and since:
                replaced = (name for name in text.texts(field.name) if name != text.id and _is_document(name, library))
                yield from (Succession(text, field, name, since) for name in dict.fromkeys(replaced))


def _is_document(name: str, library: Library) -> bool:
    kind = library.type_of(name)
    return kind is not None and kind.kind == "document"


def successors(library: Library) -> Mapping[str, tuple[str, ...]]:
    """What takes the place of each document that has been replaced."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in successions(library):
        found[each.replaced].append(each.text.id)
    return {name: tuple(texts) for name, texts in found.items()}
