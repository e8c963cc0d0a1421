"""A page of a portal as HTML."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib.util import find_spec
from typing import NamedTuple

from qmsctl.core.text.characters import visible
from qmsctl.store.cache.program import maker
from qmsctl.store.pages.report_page import render_report
from qmsctl.store.portal.redaction import redacted
from qmsctl.store.portal.site import Page, Portal
from qmsctl.store.shipped.catalogue import LOCALE
from qmsctl.store.shipped.resources import templates_root

_BESIDE = ("jinja2", "markdown_it", "nh3")


class Made(NamedTuple):
    """The bytes of a page, and whether something was taken out of them."""

    data: bytes
    cut: bool


def made(page: Page, portal: Portal) -> Made:
    """The same bytes for the same parts."""
    whole = visible(render_report(f"portal-{page.kind}", page.parts(), portal.lang))
    html = redacted(whole, portal.withheld)
    return Made(html.encode(), html != whole)


def html_of(page: Page, portal: Portal) -> bytes:
    """The bytes of a page."""
    return made(page, portal).data


class Keys:
    """The keys of the pages of one portal: where a key is the same again, so are the bytes.

    ``withheld`` is the digest of what stands on no page. On a page of which nothing was taken out it has no bearing, as long as nothing is to be now.
    """

    def __init__(self, portal: Portal) -> None:
        self.withheld = _digest(portal.withheld.made_from)
        self._common = hashlib.sha256(_bytes((_program(), portal.public, portal.lang, portal.made_from)))

    def of(self, page: Page) -> str:
        """The key of a page out of which nothing is taken."""
        found = self._common.copy()
        found.update(_bytes((str(page.kind), page.made_from)))
        return found.hexdigest()

    def cut(self, key: str) -> str:
        """The key of the page of this ``key`` if something was taken out of it."""
        return _digest((key, self.withheld))


def is_clean(data: bytes, portal: Portal) -> bool:
    """True for a page, of which nothing was taken out when it was written, if nothing is to be now."""
    html = data.decode()
    return redacted(html, portal.withheld) == html


def _bytes(values: object) -> bytes:
    return repr(values).encode("utf-8", "surrogatepass")


def _digest(values: object) -> str:
    return hashlib.sha256(_bytes(values)).hexdigest()


@cache
def _program() -> str:
    """The digest of the program, the words and the templates that make pages, and of what else lays them out."""
    folder = templates_root() / "reports"
    paths = (*(path for path in sorted(folder.iterdir()) if path.is_file()), *sorted(LOCALE.glob("*/LC_MESSAGES/*.mo")))
    beside = ((found.origin, os.stat(found.origin).st_mtime_ns) for name in _BESIDE if (found := find_spec(name)) and found.origin)
    return _digest((maker({}), *beside, *((path.name, path.read_bytes()) for path in paths)))
