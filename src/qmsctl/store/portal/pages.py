"""A page of a portal as HTML."""

from __future__ import annotations

import hashlib
from functools import cache

from qmsctl.core.text.characters import visible
from qmsctl.store.cache.program import maker
from qmsctl.store.portal.redaction import redacted
from qmsctl.store.portal.site import Page, Portal
from qmsctl.store.report_page import render_report
from qmsctl.store.resources import templates_root


def html_of(page: Page, portal: Portal) -> bytes:
    """The same bytes for the same parts."""
    html = visible(render_report(f"portal-{page.kind}", page.parts(), portal.lang))
    return (html if portal.withheld.is_empty else redacted(html, portal.withheld)).encode()


class Keys:
    """The keys of the pages of one portal: where a key is the same again, so are the bytes."""

    def __init__(self, portal: Portal) -> None:
        self._common = hashlib.sha256(repr((_program(), portal.public, portal.lang, portal.made_from)).encode("utf-8", "surrogatepass"))

    def of(self, page: Page) -> str:
        """The key of a page."""
        found = self._common.copy()
        found.update(repr((page.kind, page.made_from)).encode("utf-8", "surrogatepass"))
        return found.hexdigest()


@cache
def _program() -> str:
    """The digest of the program and the templates that make pages."""
    folder = templates_root() / "reports"
    templates = ((path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file())
    return hashlib.sha256(repr((maker({}), *templates)).encode()).hexdigest()
