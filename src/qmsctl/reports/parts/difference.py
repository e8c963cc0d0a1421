"""Two texts of a document against each other: fields, passages, and data blocks row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from qmsctl.core.comparison.differences import changed_fields
from qmsctl.core.comparison.passages import Compared, Passage, compared, passages, unwrapped
from qmsctl.core.comparison.revision_pair import Revision
from qmsctl.core.comparison.row_changes import rows_of
from qmsctl.core.comparison.word_changes import DELETED, INSERTED, SAME, Words, word_changes
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_text import file_of, text_of
from qmsctl.core.text.text_file import TextFile
from qmsctl.core.types.field import Field
from qmsctl.message import Label, Message
from qmsctl.reports.parts.document_text import Text, stretch
from qmsctl.reports.parts.field_changes import CHANGED, FieldChange, TableChange, field_change, table_change
from qmsctl.reports.parts.revision_chain import reason
from qmsctl.reports.parts.signatures import Approvals, approvals
from qmsctl.reports.parts.state import State, document_state
from qmsctl.value import dataclass

_OF_THE_HEADER = frozenset({"id", "type", "revision", "change", "editorial", "answers"})


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts: which it is, why there is it, who approved it."""

    revision: int | None
    state: State
    effective: date | None
    change: Message | str
    answers: tuple[str, ...]
    approvals: Approvals
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the body, below the heading ``heading``.

    ``text`` is set where all of it stays, goes or comes: Markdown with its data blocks. ``words`` are those of
    a passage that was changed, ``table`` is a data block that was.
    """

    kind: str
    heading: str
    text: Text | None = None
    words: tuple[Words, ...] = ()
    table: TableChange | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two texts of one document; ``parts`` are all of the body, in the order of a reader."""

    id: str
    title: str
    type_label: Label
    old: Side
    new: Side
    fields: tuple[FieldChange, ...]
    parts: tuple[Part, ...]

    @property
    def is_none(self) -> bool:
        """True if nothing that is compared differs."""
        return not self.fields and all(part.kind == SAME for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Source:
    """A text with its file, and the library that names what it mentions."""

    item: Item
    file: TextFile
    library: Library

    def text(self, first: Passage, last: Passage) -> Text:
        return stretch(self.item, self.file, first.start, last.end, self.library)


def difference(library: Library, old: Revision, new: Revision) -> Difference:
    """What ``new`` changes in ``old``."""
    here, there = _source(library, old), _source(library, new)
    return Difference(
        id=new.item.id,
        title=new.item.title,
        type_label=new.item.type.label,
        old=_side(library, old),
        new=_side(library, new),
        fields=tuple(_fields(library, old.item, new.item)),
        parts=tuple(_parts(here, there)),
    )


def compared_text(library: Library, found: Revision) -> Item:
    """The text of a revision: its frozen copy, else the working text."""
    return (text_of(found.round, library) if found.round else None) or found.item


def _source(library: Library, found: Revision) -> _Source:
    item = compared_text(library, found)
    return _Source(item, file_of(item, library), library)


def _side(library: Library, found: Revision) -> Side:
    standing = library.standing(found.item.id)
    status = standing.status_of(found.round) if found.round else standing.working
    return Side(
        revision=found.round.revision if found.round else found.item.revision,
        state=document_state(status),
        effective=found.round.effective_on if found.round else found.item.day("effective"),
        change=reason(found.round) if found.round else found.item.text("change") or "",
        answers=found.item.texts("answers"),
        approvals=approvals(found.round, library),
        path=found.item.path,
        sha256=found.item.sha256,
    )


def _fields(library: Library, old: Item, new: Item) -> Iterator[FieldChange]:
    for name in changed_fields(new, old):
        if name not in _OF_THE_HEADER:
            field = new.type.fields.get(name) or old.type.fields.get(name) or Field(name, "text", Label({"en": name}))
            yield field_change(library, field, old.node(name), new.node(name))


def _parts(old: _Source, new: _Source) -> Iterator[Part]:
    heading = ""
    pairs = compared(passages(old.item, old.file), passages(new.item, new.file))
    for kind, run in groupby(pairs, key=_kind):
        found = list(run)
        if kind == CHANGED:
            for each in found:
                yield _changed(new, each, heading)
        else:
            source, side = (old, 0) if kind == DELETED else (new, 1)
            there = [passage for each in found if (passage := each[side])]
            yield Part(kind, heading, source.text(there[0], there[-1]))
        heading = _last_heading(found) or heading


def _kind(pair: Compared) -> str:
    if pair.is_same:
        return SAME
    return CHANGED if pair.old and pair.new else DELETED if pair.old else INSERTED


def _last_heading(found: Sequence[Compared]) -> str:
    """The last heading among these passages, without its marks."""
    texts = (passage.text for pair in reversed(found) if (passage := pair.new or pair.old))
    lines = (line for text in texts for line in text.split("\n") if line.startswith("#"))
    return next(lines, "").strip("# \r")


def _changed(new: _Source, pair: Compared, heading: str) -> Part:
    assert pair.old is not None  # a passage was changed where both sides have it
    assert pair.new is not None
    one, two = pair.old.block, pair.new.block
    field = new.item.type.blocks.get(two.name) if two else None
    if one and two and field:
        table = table_change(new.library, field, rows_of(one.rows), rows_of(two.rows))
        if any(row.kind != SAME for row in table.rows):
            return Part(CHANGED, heading, table=table)
    said, says = unwrapped(pair.old.text), unwrapped(pair.new.text)
    if said == says:
        said, says = pair.old.text, pair.new.text
    return Part(CHANGED, heading, words=word_changes(said, says))
