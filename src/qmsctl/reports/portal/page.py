"""The pages of a portal as values: where each stands, what it is of, and what it is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from qmsctl.mend import Mend
from qmsctl.message import Label, Message, _
from qmsctl.reports.parts.cover import Cover
from qmsctl.reports.parts.state import State
from qmsctl.reports.portal.withheld import Withheld
from qmsctl.value import dataclass


class Kind(StrEnum):
    """What a page is; each kind has a template ``portal-<kind>``."""

    HOME = "home"
    LIST = "list"
    SEARCH = "search"
    DOCUMENT = "document"
    RECORD = "record"
    SERVICE = "service"
    TEXT = "text"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the portal: its words, and the address of the page from the top of the portal."""

    words: Message | str
    address: str


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands above each page: ``top`` leads from it to the top of the portal, ``ways`` to the main pages.

    ``beside`` are other texts of the same document.
    """

    home: Way
    ways: tuple[Way, ...]
    top: str
    beside: tuple[Way, ...] = ()

    @classmethod
    def above(cls, address: str, home: Way, ways: tuple[Way, ...]) -> Bar:
        """That of the page at ``address``."""
        return cls(home, ways, "../" * address.count("/"))


@dataclass(frozen=True)
class Row:
    """A document or record in a list, without its address where it has no page."""

    id: str
    title: str
    label: Label
    address: str
    state: State | None
    unit: str = ""
    revision: int | None = None
    day: date | None = None
    words: tuple[str, ...] = ()

    @cached_property
    def plain(self) -> str:
        """All that a page shows of it; what states and kinds are called comes from the program and the types."""
        state = (str(self.state.word), self.state.tone) if self.state else None
        return repr((self.id, self.title, self.address, state, self.unit, self.revision, self.day and self.day.toordinal(), self.words))


def digest(rows: Iterable[Row]) -> str:
    """The same as long as a page shows the same of these rows: they are thousands, and stand on several pages."""
    return hashlib.sha256("\n".join([row.plain for row in rows]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows below one heading; ``unit`` is the one that all of them are of, and need not be said of each."""

    anchor: str
    title: Message | str
    rows: tuple[Row, ...]
    unit: str = ""

    @property
    def plain(self) -> tuple[object, ...]:
        """The same in plain values."""
        return self.anchor, str(self.title), digest(self.rows), self.unit


class Framed:
    """What the pages of a portal have in common: their style sheets, and margins on paper that are the same on every day.

    One that is ``OPEN`` is read by the public, to whom the words of document control say nothing.
    """

    __slots__ = ()
    SHEETS: ClassVar[tuple[str, ...]] = ("report", "portal-bar")
    OPEN: ClassVar[bool] = False
    cover: Cover

    @property
    def margins(self) -> tuple[tuple[str, tuple[object, ...]], ...]:
        """The words in the margins of every printed page."""
        is_open = self.OPEN or not getattr(self, "shows_ids", True)
        foot = _("What counts is the text in force at the office.") if is_open else _("Uncontrolled copy when printed")
        return ("head-left", (self.cover.organization,)), ("head-right", ("",)), ("foot-left", (foot,)), ("page", (_("Page"),))


@dataclass(frozen=True, slots=True)
class ListPage(Framed):
    """Groups of rows. ``shows_ids`` is false where the public reads it."""

    cover: Cover
    bar: Bar
    groups: tuple[Group, ...]
    ways: tuple[tuple[Message, tuple[Way, ...]], ...] = ()
    notes: tuple[Message, ...] = ()
    shows_ids: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a portal.

    ``address`` is its path from the top of the portal, and stays as long as what it is of. ``made_from`` are plain values: where
    they are the same again, and the pages at the addresses to which it ``leads`` are there or not as they were, so is the page, and ``parts``
    need not be made, which is what its template shows.
    """

    address: str
    title: Message | str
    kind: Kind
    made_from: tuple[object, ...]
    parts: Callable[[], object]
    leads: Callable[[], Iterable[str]] = tuple


@dataclass(frozen=True)
class Portal:
    """All pages, the first one where a reader begins; what is ``withheld`` stands on none of them.

    ``made_from`` is what every page is made from, besides its own; ``notes`` is what the office should know of them, with its mends.
    """

    public: bool
    lang: str
    made_from: tuple[object, ...]
    pages: tuple[Page, ...]
    withheld: Withheld
    notes: tuple[tuple[Message, Mend], ...] = ()

    @cached_property
    def by_address(self) -> Mapping[str, Page]:
        """The pages by their addresses."""
        return {page.address: page for page in self.pages}
