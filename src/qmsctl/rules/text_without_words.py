"""A text that is asked for holds no words.

## Why
A cause that reads “.”, a reason that is a dash, or a decision that is still “…” opens a gate and says nothing (ISO
9001:2008, 4.2.4; ISO 9001:2015, 7.5.3). What is required in a state, or asked for by one of its gates, holds a letter, a
digit or a sign that means something, such as %; so does the text of such a section. A value that is only “…” or “...”
was meant to be filled in later, and stands nowhere. A dash in a column that may be empty is left alone.

From format 2 on, for what is new or of `stricter_from` or later. A section of a text that is still being written is
warned of.

## Bad
Stricter from: 2026-01-01
```md records/nonconformities/NC-2026-003.md
---
id: NC-2026-003
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: contained
raised: 2026-05-04
correction: "."
affected: ["…"]
---
```

## Good
Stricter from: 2026-01-01
```md records/nonconformities/NC-2026-003.md
---
id: NC-2026-003
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: contained
raised: 2026-05-04
correction: Đã trả hồ sơ và xin lỗi
affected: ["3"]
---
```

## Mend
Write what the field asks for: `qmsctl set NC-2026-003 correction="…"`, with your own words in place of `…`. Where there
is nothing to say in a field that may be empty, leave it out.
"""

from collections.abc import Iterator
from collections.abc import Mapping as Table
from operator import attrgetter

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import give, mend_field, mend_text
from qmsctl.core.model import Item
from qmsctl.core.narrow import Look, Office
from qmsctl.core.proof.commitment import Commitment, commitment
from qmsctl.core.records.dated import written_on
from qmsctl.core.sections.sections import section_of
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence
from qmsctl.core.text.words import holds_words, is_left_open
from qmsctl.core.types.asked_texts import Asked, asked_texts
from qmsctl.core.types.field import Field
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2", "7.5.3")}

_TEXTS = frozenset({"text", "choice"})
_WORDED = attrgetter("worded")


def suspect(_office: Office) -> Look:
    """A value or a section that is made of marks alone, be it asked for or not."""
    return lambda item: (
        not all(map(_WORDED, item.body.headings))
        or _is_silent(item.fields)
        or any(block.rows is not None and _is_silent(block.rows) for block in item.blocks)
    )


def _is_silent(node: Node) -> bool:
    """True if there is a scalar of marks alone at or below ``node``, whatever it is to be: to ask its type of each takes five times as long."""
    for part in node.entries.values() if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else (node,):
        if type(part) is not Scalar:
            if _is_silent(part):
                return True
        elif not part.text[:1].isalnum() and part.text.strip() and not holds_words(part.text):
            return True
    return False


def check(library: Library) -> Iterator[Problem]:
    """The texts of everything that is judged, and the sections that it has to have."""
    known: dict[tuple[str, str | None], tuple[Asked, ...]] = {}
    for item in suspects(library, suspect):
        place = (item.type.name, item.status)
        if place not in known:
            known[place] = tuple(asked_texts(item.type, item.status))
        yield from _fields(item, known[place], library)
        for name in item.type.blocks if item.blocks else ():
            yield from _rows(item, name, known[place], library)
        if not all(heading.worded for heading in item.body.headings):
            yield from _sections(item, known[place], library)


def _counts(asked: Asked, item: Item) -> bool:
    return all(set(item.texts(name)) & set(values) for name, values in asked.when.items())


def _bare(text: str, is_asked: bool) -> bool:
    """True for a text in which words are missing; an empty one is another matter."""
    return bool(text.strip()) and (is_left_open(text) or (is_asked and not holds_words(text)))


def _fields(item: Item, places: tuple[Asked, ...], library: Library) -> Iterator[Problem]:
    for name, node in item.fields.entries.items():
        field = item.type.fields.get(name)
        for part, scalar in field.scalars(node) if field else ():
            if part.kind not in _TEXTS or holds_words(scalar.text):
                continue
            is_asked = any(name in each.fields and _counts(each, item) for each in places)
            if _bare(scalar.text, is_asked):
                yield Problem(item.path, scalar.line, _said(part, scalar.text), mend_field(library, item, name), stricter=Stricter(written_on(item, library)))


def _rows(item: Item, block: str, places: tuple[Asked, ...], library: Library) -> Iterator[Problem]:
    columns = item.type.blocks[block].keys
    for number, row in enumerate(item.block_rows(block), 1):
        for name, scalar_field, text, line in _cells(row, columns):
            is_asked = any((block, name) in each.cells and _counts(each, item) for each in places)
            if _bare(text, is_asked):
                said = _("block “{block}”, row {row}: {problem}", block=block, row=number, problem=_said(scalar_field, text))
                is_open = item.type.kind == "record" and not library.is_closed(item)
                mend = give(item, f"{block}.{number}.{name}") if is_open else mend_text(library, item)
                yield Problem(item.path, line, said, mend, stricter=Stricter(written_on(item, library)))


def _cells(row: Mapping, columns: Table[str, Field]) -> Iterator[tuple[str, Field, str, int]]:
    """The texts of a row in which there might be no words."""
    for name, node in row.entries.items():
        column = columns.get(name)
        for part, scalar in column.scalars(node) if column else ():
            if part.kind in _TEXTS and not holds_words(scalar.text):
                yield name, part, scalar.text, scalar.line


def _said(field: Field, text: str) -> Message:
    return _("“{label}” ({field}) is “{text}”, which says nothing", label=field.label, field=field.name, text=text.strip())


def _sections(item: Item, places: tuple[Asked, ...], library: Library) -> Iterator[Problem]:
    reached = commitment(item, library)
    asked = {name for each in places if _counts(each, item) for name in each.sections}
    by_gate = {name for each in places[1:] if _counts(each, item) for name in each.sections}
    for heading in item.body.headings if reached is not Commitment.GIVEN_UP else ():
        section = section_of(heading, item.type.sections) if heading.written and not heading.worded else None
        if section is not None and section.id in asked:
            message = _("the section “{section}” has no words, only marks", section=section.title)
            severity = Severity.WARNING if reached is Commitment.WRITTEN and section.id not in by_gate else None
            yield Problem(item.path, heading.line, message, mend_text(library, item), severity, Stricter(written_on(item, library)))
