"""Pages: a template of ``templates/web`` with what stands on every one of them around it."""

from __future__ import annotations

from functools import cache
from typing import Any

from starlette.responses import HTMLResponse

from qmsctl.errors import QmsError
from qmsctl.mend_words import shell_word
from qmsctl.message import Message, _
from qmsctl.store.machine.system_words import plain
from qmsctl.store.pages.report_page import html_environment
from qmsctl.store.shipped.resources import read_text
from qmsctl.value import dataclass
from qmsctl.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands around every page: whose it is, who sits here, what nobody else has yet, and how a terminal gets to where its commands work.

    Of an office that could not be read nothing is said: ``is_read`` is false.
    """

    office: str
    me: str
    roles: tuple[str, ...]
    branch: str
    files: int
    commits: int | None
    read_only: bool
    lang: str
    path: str
    go: str
    is_read: bool = True


def bar(visit: Visit, path: str) -> Bar:
    """The top of a page at ``path``."""
    left = visit.unsent
    return Bar(
        visit.library.config.name, visit.me.name if visit.me else "", visit.roles, left.branch, len(left.files), left.commits,
        visit.house.read_only, visit.language, path, _go(visit),
    )


def bar_of_error(visit: Visit, path: str) -> Bar:
    """The same above what went wrong: where the office cannot be read, it says nothing of that."""
    try:
        return bar(visit, path)
    except Exception:  # noqa: BLE001 — it is told below, on the page
        return Bar("qmsctl", "", (), "", 0, None, read_only=True, lang=visit.language, path=path, go=_go(visit), is_read=False)


def _go(visit: Visit) -> str:
    return f"cd {shell_word(str(visit.house.start.resolve()))}"


def page(visit: Visit, path: str, name: str, title: Message | str, code: int = 200, top: Bar | None = None, **given: Any) -> HTMLResponse:
    """The page ``name``, below the ``top`` if it is not the usual one."""
    top = top or bar(visit, path)
    template = html_environment(visit.language).get_template(f"web/{name}.html.j2")
    return HTMLResponse(template.render(bar=top, title=title, heard=tuple(visit.heard.said), **given), code)


def message_of(error: Exception) -> Message:
    """Why something cannot be shown."""
    if isinstance(error, QmsError):
        return error.message
    if isinstance(error, OSError):
        return _("the system does not let qmsctl go on: {reason}", reason=plain(error))
    return _("this is a fault in qmsctl: {error}", error=f"{type(error).__name__}: {error}")


@cache
def style() -> str:
    """The style sheet: that of the reports, and what pages to act on have besides."""
    return read_text("reports/report.css") + read_text("reports/redline.css") + read_text("web/web.css")
