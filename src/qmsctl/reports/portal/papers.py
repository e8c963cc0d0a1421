"""The pages of single documents and records, as those who work in the office read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.procedures.forms import linked
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.signoffs.round import Round
from qmsctl.core.signoffs.status_labels import document_status
from qmsctl.message import Message, _
from qmsctl.reports import document
from qmsctl.reports.document import DocumentPaper
from qmsctl.reports.options import ReportOptions
from qmsctl.reports.parts.cover import Cover
from qmsctl.reports.parts.record_pages import RecordPage, page_of
from qmsctl.reports.portal.addresses import seen_from
from qmsctl.reports.portal.origins import Origins
from qmsctl.reports.portal.page import Bar, Framed, Kind, Page, Way
from qmsctl.reports.portal.standing_addresses import leads
from qmsctl.value import dataclass, replace

BarOf = Callable[[str], Bar]


@dataclass(frozen=True, slots=True)
class Paper:
    """A text of a document that has a page.

    ``round`` is ``None`` for a working text that was not submitted; ``main`` is the address of the document.
    """

    item: Item
    round: Round | None
    address: str
    status: str
    main: str

    @property
    def is_main(self) -> bool:
        """True for the one that stands at the address of the document."""
        return self.address == self.main

    @property
    def is_draft(self) -> bool:
        """True for what is not in force yet."""
        return self.status not in ("effective", "superseded", "withdrawn")

    @property
    def is_over(self) -> bool:
        """True for what is no longer in force."""
        return self.status in ("superseded", "withdrawn")

    @property
    def revision(self) -> int | None:
        """Its revision."""
        return self.round.revision if self.round else self.item.revision

    @property
    def day(self) -> date | None:
        """From when on it is, or was, in force."""
        return self.round.effective_on if self.round else self.item.day("effective")


@dataclass(frozen=True, slots=True)
class PaperPage(DocumentPaper):
    """The paper of a document, and the bar above it."""

    bar: Bar
    SHEETS: ClassVar = ("paper", "head-box", "document", "portal-bar")  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class HeldPage(Framed):
    """The page of a record."""

    cover: Cover
    bar: Bar
    page: RecordPage
    anchors: Mapping[str, str]


def papers_of(subject: str, address: str, library: Library) -> Iterator[Paper]:
    """The texts of a document: the one in force, else the last or the working one; then the draft and earlier revisions."""
    standing = library.standing(subject)
    working = library.by_id.get(subject)
    main = standing.in_force or standing.withdrawn or standing.coming
    if main is not None and main.copy is not None:
        yield Paper(text_of(main, library) or main.copy, main, address, standing.status_of(main), address)
        if working is not None and working.revision not in {each.revision for each in standing.approved}:
            yield Paper(working, standing.under_way, _beside(address, "draft"), standing.working, address)
    elif working is not None:
        yield Paper(working, standing.under_way, address, standing.working, address)
    for each in reversed(standing.approved):
        if each is not main and each.copy is not None:
            yield Paper(text_of(each, library) or each.copy, each, _beside(address, str(each.revision)), standing.status_of(each), address)


def _beside(address: str, name: str) -> str:
    return f"{address.removesuffix('.html')}/{name}.html"


def paper_page(paper: Paper, origins: Origins, options: ReportOptions, addresses: Mapping[str, str], bar: BarOf) -> Page:
    """The page of one text of a document, which is made from its texts and sign-offs and the day's state of each."""
    item, library = paper.item, origins.library
    made_from = (paper.status, *origins.of_document(item), origins.asked(item.type) if paper.is_draft else ())
    return Page(
        paper.address, item.title, Kind.DOCUMENT, made_from, lambda: _parts(paper, library, options, addresses, bar), lambda: leads(_named(paper, library), addresses)
    )


def _parts(paper: Paper, library: Library, options: ReportOptions, addresses: Mapping[str, str], bar: BarOf) -> PaperPage:
    view = document.of_text(paper.item, paper.round, library, options)
    values = {each.name: getattr(view, each.name) for each in fields(DocumentPaper)}
    anchors = {name: seen_from(paper.address, addresses[name]) for name in _named(paper, library) if name in addresses}
    return PaperPage(**{**values, "anchors": anchors, "bar": replace(bar(paper.address), beside=tuple(_beside_ways(paper, library)))})


def _beside_ways(paper: Paper, library: Library) -> Iterator[Way]:
    """The other texts of the document."""
    for each in papers_of(paper.item.id, paper.main, library):
        if each.address != paper.address:
            yield Way(_("Revision {revision}: {state}", revision=each.revision or "?", state=document_status(each.status)), each.address)


def _named(paper: Paper, library: Library) -> Iterator[str]:
    """The ids to which the page leads: from its text, and from what each revision says of itself."""
    yield from (each.id for each in linked(paper.item))
    for text in (paper.item, *(each.copy for each in library.dossiers.get(paper.item.id, ()) if each.copy)):
        yield from text.texts("answers")


def record_page(item: Item, address: str, origins: Origins, addresses: Mapping[str, str], titled: Callable[[Message | str], Cover], bar: BarOf) -> Page:
    """The page of a record."""
    title = item.title or item.id

    def named() -> Iterator[str]:
        yield from (name for field in origins.references(item.type) for name in item.texts(field))
        yield from (each.id for each in linked(item))

    def parts() -> HeldPage:
        anchors = {name: seen_from(address, addresses[name]) for name in named() if name in addresses}
        return HeldPage(titled(title), bar(address), page_of(item, origins.library), anchors)

    return Page(address, title, Kind.RECORD, origins.of_record(item), parts, lambda: leads(named(), addresses))
