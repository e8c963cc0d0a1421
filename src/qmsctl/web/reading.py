"""The pages that are read: what waits, lists, one document or record, and every report as it is at this moment."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import HTMLResponse, Response

from qmsctl import __version__
from qmsctl.core.dossier import ATTACHMENTS
from qmsctl.core.engine import run
from qmsctl.core.source import EntryKind
from qmsctl.core.text.characters import visible
from qmsctl.errors import UsageError
from qmsctl.message import _
from qmsctl.reports import find_report, reports_of
from qmsctl.reports.options import About, ReportOptions
from qmsctl.rules import all_rules
from qmsctl.store.history.cleanliness import differs_from_commit
from qmsctl.store.pages.report_page import render_report
from qmsctl.store.shipped.resources import read_text
from qmsctl.web.deeds import DEEDS
from qmsctl.web.home import home
from qmsctl.web.item_page import addresses, item_page
from qmsctl.web.listing import DOCUMENTS, entries
from qmsctl.web.mends import ways
from qmsctl.web.pages import bar_of_error, message_of, page
from qmsctl.web.request import Asked
from qmsctl.web.revisions import revision_page
from qmsctl.web.standing_alone import REPORT_POLICY, with_way_back
from qmsctl.web.visit import Visit


def show_home(visit: Visit, asked: Asked) -> Response:
    """What waits for whoever sits here."""
    return page(visit, asked.path, "home", _("What waits for you"), view=home(visit.library, visit.me), known=visit.me is not None)


def show_list(visit: Visit, asked: Asked) -> Response:
    """Documents, records, or what was searched for."""
    kind, query = asked.path.strip("/"), asked.first("q")
    title = _("Documents") if kind == DOCUMENTS else _("Records") if kind == "records" else _("Search")
    return page(visit, asked.path, "list", title, view=entries(visit.library, kind, query), query=query)


def show_item(visit: Visit, asked: Asked) -> Response:
    """One document or record, or the text of one revision."""
    subject, *number = asked.operands
    if number:
        earlier = revision_page(visit.library, subject, number[0], addresses(visit.library))
        return page(visit, asked.path, "revision", earlier.title, view=earlier)
    found = item_page(visit.library, subject, visit.me)
    return page(visit, asked.path, "item", found.title, view=found)


def show_tasks(visit: Visit, asked: Asked) -> Response:
    """What can be begun anew, what is begun most first."""
    library = visit.library
    kinds = (each for each in library.types.all() if each.kind == "record" and not each.abstract)
    made = sorted(kinds, key=lambda each: (-len(library.by_type.get(each.name, ())), visit.words(each.label)))
    return page(visit, asked.path, "begin", _("Begin something"), made=made, deeds=DEEDS)


def show_reports(visit: Visit, asked: Asked) -> Response:
    """All reports that need no name of a document or record."""
    found = tuple(each for each in reports_of("report") if each.about in (About.OFFICE, About.PERIOD))
    return page(visit, asked.path, "reports", _("Reports"), reports=found)


def show_report(visit: Visit, asked: Asked) -> Response:
    """A report, as its command writes it; a line on top leads back. Raises ``UsageError`` for a name that is none."""
    name, *about = asked.operands
    report = find_report(name)
    if report is None or report.command != "report":
        raise UsageError(_("there is no report “{name}”", name=name))
    place, library = visit.place, visit.library
    options = ReportOptions(
        tool_version=__version__, lang=visit.language, commit=place.commit, committed_dirty=differs_from_commit(place), editions=read_text("standards/editions.yaml"),
        subject=about[0] if about else "", span=about[1] if len(about) > 1 else "" if report.about is About.DOCUMENT else "..",
        reader=visit.me.id if visit.me and report.personal else "",
    )
    view = report.build(library, run(library, all_rules()).whole(), options)
    text = visible(render_report(name, view, visit.language))
    return HTMLResponse(with_way_back(visit, text, ("report", *asked.operands), options.subject), headers={"content-security-policy": REPORT_POLICY})


def hand_out(visit: Visit, asked: Asked) -> Response:
    """Evidence, to be kept and never opened as a page of ours. Raises ``UsageError`` for what the library does not have."""
    path = "/".join(asked.operands)
    if not path.startswith(ATTACHMENTS) or visit.library.files.get(path) is not EntryKind.FILE:
        raise UsageError(_("there is no page {path}", path=asked.path))
    name = quote(asked.operands[-1], safe="")
    return Response(visit.library.outside.read(path), media_type="application/octet-stream", headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"})


def show_nothing(_visit: Visit, asked: Asked) -> Response:
    """An address that is none. Raises ``UsageError``."""
    raise UsageError(_("there is no page {path}", path=asked.path))


def show_error(visit: Visit, asked: Asked, error: Exception, code: int) -> Response:
    """Why there is no page, and how to go on."""
    return page(visit, asked.path, "error", _("This cannot be shown"), code, bar_of_error(visit, asked.path), message=message_of(error), ways=ways(getattr(error, "mend", None)))
