"""The page on which a reader looks for something: every page of the portal, which a small script narrows down."""

from __future__ import annotations

from collections.abc import Iterable

from qmsctl.message import _
from qmsctl.reports.parts.cover import Cover
from qmsctl.reports.portal.addresses import bare
from qmsctl.reports.portal.page import Bar, Framed, Kind, Page, Row, digest
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class SearchPage(Framed):
    """Every row, and for each of them the words by which it is found, without marks."""

    cover: Cover
    bar: Bar
    rows: tuple[Row, ...]
    shows_ids: bool

    @property
    def words(self) -> tuple[str, ...]:
        """In the order of ``rows``: id, title and key words, the unit last."""
        return tuple(bare(" ".join((row.id if self.shows_ids else "", row.title, *row.words, row.unit))) for row in self.rows)


def search_page(address: str, cover: Cover, bar: Bar, rows: Iterable[Row], *, shows_ids: bool = True) -> Page:
    """The page at ``address``."""
    found = tuple(rows)
    return Page(address, _("Search"), Kind.SEARCH, (digest(found), shows_ids), lambda: SearchPage(cover, bar, found, shows_ids))
