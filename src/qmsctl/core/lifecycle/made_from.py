"""What a new file takes over from documents in force: ``made_from`` of a type, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.signoffs.round import Round
from qmsctl.core.text.nodes import texts
from qmsctl.core.text.splice import Value
from qmsctl.core.types.record_type import MadeFrom
from qmsctl.errors import Refusal
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.value import dataclass

_PLACE = regex(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Source:
    """A document that a new file is made from, in the revision in force."""

    item: Item
    round: Round

    @property
    def named(self) -> Mapping[str, str]:
        """Its id, title and revision, for the places of a text."""
        return {"id": self.item.id, "title": self.item.title, "revision": str(self.round.revision)}

    @property
    def proof(self) -> Mapping[str, Value]:
        """Which bytes they were."""
        return {"document": self.item.id, "revision": str(self.round.revision), "sha256": self.item.sha256}


def sources(library: Library, names: Sequence[str]) -> tuple[Source, ...]:
    """The revisions in force of these documents. Raises :class:`Refusal` where one has none."""
    return tuple(_source(library, name) for name in names)


def _source(library: Library, name: str) -> Source:
    if not library.knows(name):
        raise Refusal(_("there is no {id}", id=name), command("list").in_order_to(_("to see what there is")))
    found = library.standing(name).in_force
    text = text_of(found, library)
    if found is None or text is None:
        raise Refusal(
            _("no revision of {id} is in force on {day}", id=name, day=library.today),
            command("show", name).in_order_to(_("to see where it stands")),
        )
    return Source(text, found)


def rows_from(spec: MadeFrom, found: Sequence[Source]) -> tuple[Mapping[str, Value], ...]:
    """The rows that the documents give. Raises :class:`Refusal` for a document that has none."""
    return tuple(row for source in found for row in _rows(spec, source))


def _rows(spec: MadeFrom, source: Source) -> Iterator[Mapping[str, Value]]:
    given = tuple(source.item.block_rows(spec.source_block))
    if not given:
        raise Refusal(
            _("{id} has no rows in the data block “{block}”, from which they are taken", id=source.item.id, block=spec.source_block),
        )
    for row in given:
        words = {**{key: "; ".join(texts(row.entries.get(key))) for key in row.entries}, **source.named}
        yield {column: first_filled(forms, words) for column, forms in spec.columns.items()}


def first_filled(forms: Sequence[str], words: Mapping[str, str]) -> str:
    """The first of the forms whose ``{places}`` all have words, with these; empty where none has."""
    for form in forms:
        places = _PLACE.findall(form)
        if all(words.get(place) for place in places):
            return _PLACE.sub(lambda found: words[found[1]], form)
    return ""
