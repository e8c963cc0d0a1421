"""The addresses of the page. One request after another is answered, in the order of their coming."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from qmsctl.errors import QmsError, Refusal
from qmsctl.message import _
from qmsctl.web import reading
from qmsctl.web.forms import act
from qmsctl.web.house import House
from qmsctl.web.keys import Keys
from qmsctl.web.pages import style
from qmsctl.web.portal import show_portal
from qmsctl.web.request import Asked, read
from qmsctl.web.sending import show_sync
from qmsctl.web.visit import Visit

LANGUAGES = ("vi", "en")
_LANGUAGE = "qmsctl-language"
_ACTING = ("GET", "POST")

Show = Callable[[Visit, Asked], Response]


def application(house: House, keys: Keys) -> Starlette:
    """The pages, without a door before them."""
    worker = ThreadPoolExecutor(1, "qmsctl")
    shown = partial(_route, house, keys, worker)

    def named(show: Show) -> Callable[[Request], Awaitable[Response]]:
        """A page that is about what the address names, and nothing where it names nothing."""
        return shown(lambda visit, asked: (show if asked.operands else reading.show_nothing)(visit, asked))

    return Starlette(routes=[
        Route("/style.css", _style),
        Route("/favicon.ico", _no_icon),
        Route("/", shown(reading.show_home)),
        Route("/documents", shown(reading.show_list)),
        Route("/records", shown(reading.show_list)),
        Route("/search", shown(reading.show_list)),
        Route("/begin", shown(reading.show_tasks)),
        Route("/reports", shown(reading.show_reports)),
        Route("/report/{operands:path}", named(reading.show_report)),
        Route("/portal/{operands:path}", shown(show_portal)),
        Route("/file/{operands:path}", named(reading.hand_out)),
        Route("/item/{operands:path}", named(reading.show_item)),
        Route("/do/{operands:path}", named(lambda visit, asked: act(visit, asked, keys)), methods=_ACTING),
        Route("/sync", shown(lambda visit, asked: show_sync(visit, asked, keys)), methods=_ACTING),
        Route("/{operands:path}", shown(reading.show_nothing)),
    ])


async def _style(_request: Request) -> Response:
    return PlainTextResponse(style(), media_type="text/css")


async def _no_icon(_request: Request) -> Response:
    """What a browser asks for beside a report, which names no icon."""
    return Response(status_code=204)


def _route(house: House, keys: Keys, worker: ThreadPoolExecutor, show: Show) -> Callable[[Request], Awaitable[Response]]:
    async def answered(request: Request) -> Response:
        language, chosen = _language(house, request)
        asked = await read(request)
        answer = await asyncio.get_running_loop().run_in_executor(worker, _answer, house, keys, show, asked, language)
        if chosen:
            answer.set_cookie(_LANGUAGE, language, httponly=True, samesite="strict")
        return answer

    return answered


def _answer(house: House, keys: Keys, show: Show, asked: Asked, language: str) -> Response:
    visit = Visit(house, language)
    try:
        _check_token(asked, keys)
        return show(visit, asked)
    except QmsError as error:
        return reading.show_error(visit, asked, error, 403 if asked.is_sent else 404)
    except Exception as error:  # noqa: BLE001 — a fault is told, never thrown at a reader
        return reading.show_error(visit, asked, error, 500)


def _check_token(asked: Asked, keys: Keys) -> None:
    """Refuse a form that does not come from a page of this run."""
    if asked.is_sent and not keys.fits(asked.first("token"), asked.path):
        raise Refusal(_("this form is of another page or of an earlier run; nothing was written"))


def _language(house: House, request: Request) -> tuple[str, bool]:
    """The language of a visitor, and whether it was chosen just now."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked, True
    kept = request.cookies.get(_LANGUAGE, "")
    return (kept if kept in LANGUAGES else house.language), False
