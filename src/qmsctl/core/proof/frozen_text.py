"""The text of a submission, with the facts of its body, which are not read with its dossier."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.sections.typed_body import typed_body
from qmsctl.core.signoffs.round import Round
from qmsctl.core.text.text_file import TextFile, cut
from qmsctl.value import replace


def file_of(item: Item, library: Library) -> TextFile:
    """The file an item was read from, cut into front matter and body."""
    return cut(library.outside.read(item.path))


def with_body(copy: Item, library: Library) -> Item:
    """A frozen copy with the facts of its body.

    The working text stands in where it has the same bytes, for it has been read already.
    """
    working = library.by_id.get(copy.id)
    if working and working.sha256 == copy.sha256:
        return working
    known = library.frozen_texts.get(copy.path)
    if known is None or known[0] is not copy:
        file = file_of(copy, library)
        known = copy, replace(copy, body=typed_body(file.text, file.body_start, file.body_line, copy.type))
        library.frozen_texts[copy.path] = known
    return known[1]


def text_of(found: Round | None, library: Library) -> Item | None:
    """The frozen text of a round with the facts of its body."""
    return with_body(found.copy, library) if found and found.copy else None


def texts_in_force(library: Library) -> Iterator[Item]:
    """Every document in force, by id, as it was approved."""
    for subject in sorted(library.dossiers):
        working = library.by_id.get(subject)
        item = text_of(library.standing(subject).in_force, library) if working is None or working.is_document else None
        if item is not None:
            yield item
