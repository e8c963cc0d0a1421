"""The text of a document in force, as its copy in the dossier has it, with its printed furniture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate
from typing import Protocol

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_text import file_of, text_of
from qmsctl.core.proof.pictures import Picture, folder_of, pictures
from qmsctl.core.records.disposal import erased
from qmsctl.core.sections.sections import section_of, sections_above
from qmsctl.core.text.anchors import anchors
from qmsctl.core.text.headings import has_bold, with_bold
from qmsctl.core.text.text_file import TextFile
from qmsctl.message import Label
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.data_table import DataTable, data_table
from qmsctl.reports.parts.revision_chain import History, history
from qmsctl.reports.parts.signatures import Approvals, approvals
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class DataBlock:
    """A data block of a text: its info string, its YAML as written, and the table it stands for."""

    name: str
    source: str
    table: DataTable


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of Markdown, the data blocks in it, and the names of its headings, which links lead to.

    Its links lead from ``folder``; ``pictures`` are those it shows, or would.
    """

    markdown: str
    blocks: tuple[DataBlock, ...]
    places: tuple[str, ...] = ()
    folder: str = ""
    pictures: tuple[Picture, ...] = ()


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
    text: Text
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
        text=body_text(item, library),
        copy_path=in_force.dossier.copy_path,
    )


def body_text(item: Item, library: Library) -> Text:
    """The body, without a first heading that only repeats the title."""
    file = file_of(item, library)
    heading = f"# {item.title}"
    body = file.body.lstrip("\r\n")
    repeated = body.startswith(heading) and body[len(heading) : len(heading) + 2].strip() == ""
    start = len(file.text) - len(body) + (len(heading) if repeated else 0)
    return stretch(item, file, start, len(file.text), library)


def section_text(item: Item, section: str, library: Library) -> Text | None:
    """What stands below the heading of a section, up to the next one of its level."""
    file = file_of(item, library)
    lines = _line_starts(file)
    headings = item.body.headings
    for place, heading in enumerate(headings):
        found = section_of(heading, item.type.sections)
        if found and found.id == section:
            after = [h for h in headings[place + 1 :] if h.level <= heading.level]
            end = lines[after[0].line - file.body_line] if after else len(file.text)
            return stretch(item, file, lines[heading.last - file.body_line + 1], end, library)
    return None


def _line_starts(file: TextFile) -> list[int]:
    """Where each line of the body begins, and where the last one ends."""
    lengths = (len(line) + 1 for line in file.body.split("\n"))
    return list(accumulate(lengths, initial=file.body_start))


def _with_headings(item: Item, file: TextFile, start: int, end: int) -> str:
    """A stretch of a file in which what is a heading for rules is written as one, lines in bold among them."""
    lines, above = file.text[start:end].split("\n"), file.text.count("\n", 0, start) + 1
    for heading in item.body.headings:
        place = heading.line - above
        if heading.last == heading.line and 0 <= place < len(lines) and has_bold(f"\n{lines[place]}"):
            lines[place] = with_bold(f"\n{lines[place]}", lambda _text: True)[1:]
    return "\n".join(lines)


def stretch(item: Item, file: TextFile, start: int, end: int, library: Library) -> Text:
    """What stands between two places of a file, with the data blocks that lie in it whole."""
    inside = [block for block in item.body.blocks if start <= block.start and block.end <= end and block.problem is None]
    above = sections_above(item, (block.line for block in inside))
    blocks = (
        DataBlock(
            block.name,
            file.text[block.start : block.end],
            data_table(item.type.blocks[block.name], block.rows, library, section.title if section else None),
        )
        for block, (_line, section) in zip(inside, above, strict=True)
    )
    before, until = (file.text[:place].count("\n") + (file.text[place - 1 : place] != "\n") for place in (start, end))
    places = anchors(heading.text for heading in item.body.headings if before < heading.line <= until)
    shown = [link for link in item.body.links if link.image and before < link.line <= until]
    return Text(_with_headings(item, file, start, end), tuple(blocks), tuple(places), folder_of(item, library), tuple(pictures(item, shown, library, erased(library) if shown else ())))


class WithText(naming.Anchored, Protocol):
    """A document or record whose text is in the page."""

    @property
    def text(self) -> Text:
        """The text, its headings called after the id attribute of its place and their names."""


def text_places(*texts: Iterable[WithText]) -> Mapping[str, str]:
    """Where each heading of these texts is found, by the id of the document or record and, after ``#``, its name."""
    return {f"{each.id}#{name}": f"{each.anchor}-{name}" for group in texts for each in group for name in each.text.places}
