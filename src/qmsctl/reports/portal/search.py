"""The page on which a reader looks for something: every page of the portal, which a small script narrows down."""

from __future__ import annotations

from collections.abc import Iterable

from qmsctl.message import _
from qmsctl.reports.parts.cover import Cover
from qmsctl.reports.portal.page import Bar, Framed, Kind, Page, Row, digest
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class SearchPage(Framed):
    """Every row, which is found by what it shows and by its key words."""

    cover: Cover
    bar: Bar
    rows: tuple[Row, ...]
    shows_ids: bool


def search_page(address: str, cover: Cover, bar: Bar, rows: Iterable[Row], *, shows_ids: bool = True) -> Page:
    """The page at ``address``."""
    found = tuple(rows)
    return Page(address, _("Search"), Kind.SEARCH, (digest(found), shows_ids), lambda: SearchPage(cover, bar, found, shows_ids))
