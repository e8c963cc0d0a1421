"""The pages of the portal for the staff, as they are at this moment."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from qmsctl import __version__
from qmsctl.errors import UsageError
from qmsctl.message import _
from qmsctl.reports.options import ReportOptions
from qmsctl.reports.portal.staff import staff_portal
from qmsctl.store.portal.pages import html_of
from qmsctl.web.request import Asked
from qmsctl.web.standing_alone import REPORT_POLICY, with_way_back
from qmsctl.web.visit import Visit

_FIRST = "index.html"


def show_portal(visit: Visit, asked: Asked) -> Response:
    """One page, with a line that leads back, and on to what can be done. Raises ``UsageError`` for one that is not there."""
    address = "/".join(asked.operands) or _FIRST
    portal = staff_portal(visit.library, ReportOptions(__version__, visit.language, commit=visit.place.commit))
    page = portal.by_address.get(address)
    if page is None:
        raise UsageError(_("there is no page {path}", path=asked.path))
    name = asked.operands[-1].removesuffix(".html") if asked.operands else ""
    text = html_of(page, portal).decode()
    return HTMLResponse(with_way_back(visit, text, ("report", "portal"), name if name in visit.library.stems else ""), headers={"content-security-policy": REPORT_POLICY})
