"""The text of a document in force, as its copy in the dossier has it, with its printed furniture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.sections import section_of
from qmsctl.core.text_file import TextFile
from qmsctl.message import Label
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.data_table import DataTable, data_table
from qmsctl.reports.parts.frozen import file_of, text_of
from qmsctl.reports.parts.history import History, history
from qmsctl.reports.parts.signatures import Approvals, approvals


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of Markdown."""

    markdown: str


Part = Prose | DataTable


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document as it is printed: header, approval block, revision history, text."""

    id: str
    anchor: str
    title: str
    type_label: Label
    revision: int
    effective: date | None
    agency: str
    approvals: Approvals
    distribution: tuple[str, ...]
    history: History
    parts: tuple[Part, ...]
    copy_path: str


def document_texts(library: Library) -> tuple[DocumentText, ...]:
    """Every document in force, by id."""
    found = (document_text(subject, library) for subject in library.subjects)
    return tuple(each for each in found if each is not None)


def document_text(subject: str, library: Library) -> DocumentText | None:
    """The revision in force of one document; ``None`` if none is."""
    in_force = library.standing(subject).in_force
    item = text_of(in_force, library)
    if in_force is None or in_force.copy is None or item is None:
        return None
    return DocumentText(
        id=subject,
        anchor=naming.anchor("text", subject),
        title=item.title,
        type_label=item.type.label,
        revision=in_force.revision,
        effective=in_force.effective_on,
        agency=library.config.name,
        approvals=approvals(in_force, library),
        distribution=tuple(naming.unit(library, name) for name in item.texts("distribution")),
        history=history(subject, item.title, library),
        parts=tuple(_without_title(body_parts(item, library), item.title)),
        copy_path=in_force.dossier.copy_path,
    )


def body_parts(item: Item, library: Library) -> tuple[Part, ...]:
    """The body in order: prose, and a table for each data block that can be read."""
    file = file_of(item, library)
    return tuple(_parts(item, file, file.body_start, len(file.text), library))


def section_parts(item: Item, section: str, library: Library) -> tuple[Part, ...]:
    """The part of the body below the heading of a section, without that heading."""
    file = file_of(item, library)
    lines = _line_starts(file)
    headings = item.body.headings
    for place, heading in enumerate(headings):
        found = section_of(heading, item.type.sections)
        if found and found.id == section:
            after = [h for h in headings[place + 1 :] if h.level <= heading.level]
            end = lines[after[0].line] if after else len(file.text)
            return tuple(_parts(item, file, lines[heading.line + 1], end, library))
    return ()


def _line_starts(file: TextFile) -> dict[int, int]:
    """Where each line of the body begins, by number; one more than there are, for the end."""
    starts = {file.body_line: file.body_start}
    position = file.body_start
    for number, line in enumerate(file.body.split("\n"), file.body_line + 1):
        position += len(line) + 1
        starts[number] = position
    return starts


def _parts(item: Item, file: TextFile, start: int, end: int, library: Library) -> Iterator[Part]:
    position = start
    for block in item.body.blocks:
        if block.start < start or block.end > end or block.rows is None:
            continue
        fence = file.text.rfind("\n", 0, block.start - 1) + 1
        yield from _prose(file.text[position:fence])
        yield data_table(item.type.blocks[block.name], block.rows, library)
        closing = file.text.find("\n", block.end)
        position = closing + 1 if closing >= 0 else end
    yield from _prose(file.text[position:end])


def _prose(text: str) -> Iterator[Prose]:
    if text.strip():
        yield Prose(text)


def _without_title(parts: tuple[Part, ...], title: str) -> Iterator[Part]:
    """The parts without a first heading that repeats the title in the header."""
    first, *rest = parts or (None,)
    if isinstance(first, Prose):
        line, _newline, after = first.markdown.lstrip("\r\n").partition("\n")
        if line.strip() == f"# {title}":
            yield from _prose(after)
            yield from rest
            return
    yield from parts
