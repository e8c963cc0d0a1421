"""Who is let in: the browser of the person who started the program, and no page of anybody else.

The cookie alone is not trusted: every request has to name this address, every form has to come from a page of ours, and a
request that some other page makes is turned away whatever it brings.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qmsctl.mend import command
from qmsctl.message import Message as Words
from qmsctl.message import _
from qmsctl.store.machine.peer import is_somebody_elses
from qmsctl.web.keys import Keys

ENTRY = "/enter/"
MOST_BYTES = 24 * 1024 * 1024
"""The largest request: evidence of 16 MB, as a form sends it the second time."""
PATIENCE = 20.0
"""Seconds that a browser may take for the next part of a request."""
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
ALWAYS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cache-control": "no-store",
}
_METHODS = frozenset({"GET", "HEAD", "POST"})
_OWN_PAGE = frozenset({"same-origin", "none"})

Say = Callable[[Words], str]


class TooMuch(Exception):
    """A request larger than :data:`MOST_BYTES`."""


class TooSlow(Exception):
    """A request of which no more came for :data:`PATIENCE` seconds."""


class Door:
    """Stands before ``app``; ``say`` puts its sentences into the language of the office, ``entered`` is called once the code is used."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int, say: Say, entered: Callable[[], None] = lambda: None, patience: float = PATIENCE, is_foreign: Callable[[int, int], bool] = is_somebody_elses) -> None:
        self._app, self._keys, self._say, self._entered, self._patience = app, keys, say, entered, patience
        self._port, self._is_foreign = port, is_foreign
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._cookie = f"qmsctl-{port}"
        self._last = time.monotonic()
        self._open = 0

    @property
    def idle(self) -> float:
        """The seconds since anybody was let in last; none while somebody is served."""
        return 0.0 if self._open else time.monotonic() - self._last

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] != "http":
            return
        answer = self._turned_away(scope)
        if answer is not None:
            await answer(scope, receive, _guarded(send))
            return
        self._open += 1
        try:
            await self._let_in(scope, receive, send)
        finally:
            self._open -= 1
            self._last = time.monotonic()

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, trouble = False, None
        limited = _limited(receive, self._patience)

        async def heard() -> Message:
            nonlocal trouble
            try:
                return await limited()
            except (TooMuch, TooSlow) as error:
                trouble = error
                raise

        async def sent(message: Message) -> None:
            nonlocal begun
            if trouble is None or begun:  # what an app makes of that is no answer
                begun = True
                await send(message)

        try:
            await self._app(scope, heard, _guarded(sent))
        except Exception:
            if trouble is None or begun:
                raise
        if trouble is not None and not begun:
            code, words = (413, _("more was sent than fits: {most} MB at most", most=MOST_BYTES >> 20)) if isinstance(trouble, TooMuch) else (408, _("the browser sent nothing more"))
            await self._refusal(code, words)(scope, receive, _guarded(send))

    def _turned_away(self, scope: Scope) -> Response | None:
        """Why a request is not let in, or the answer to one that brings the code."""
        headers = Headers(scope=scope)
        host = headers.getlist("host")
        if len(host) != 1 or host[0] not in self._hosts:
            return self._refusal(421, _("this page has another address"))
        if scope["method"] not in _METHODS:
            return self._refusal(405, _("this is not asked for here"))
        if scope.get("client") and self._is_foreign(scope["client"][1], self._port):
            return self._refusal(403, _("this page is open to whoever started it; to open it: {command}", command=command("serve")))
        if scope["path"].startswith(ENTRY):
            return self._entrance(scope)
        if headers.get("sec-fetch-site", "none") not in _OWN_PAGE:
            return self._refusal(403, _("another page has asked for this one, and is not answered"))
        if not self._keys.knows(_cookie(headers, self._cookie)):
            return self._refusal(403, _("this page is open to whoever started it; to open it: {command}", command=command("serve")))
        if scope["method"] == "POST" and headers.get("origin") != f"http://{host[0]}":
            return self._refusal(403, _("this form is not of a page of this program"))
        if int(length if (length := headers.get("content-length", "0")).isascii() and length.isdecimal() else MOST_BYTES + 1) > MOST_BYTES:
            return self._refusal(413, _("more was sent than fits: {most} MB at most", most=MOST_BYTES >> 20))
        return None

    def _entrance(self, scope: Scope) -> Response:
        """The page that leads on with the cookie: a redirection would not take it along, for the browser came from a file."""
        cookie = self._keys.exchange(scope["path"].removeprefix(ENTRY)) if scope["method"] == "GET" else None
        if cookie is None:
            return self._refusal(403, _("this link was used before, or is older than a minute; for a new one: {command}", command=command("serve")))
        self._entered()
        page = f'<!doctype html><meta charset="utf-8"><title>qmsctl</title><meta http-equiv="refresh" content="0; url=/"><p><a href="/">{self._say(_("Go on"))}</a></p>'
        answer = HTMLResponse(page)
        answer.set_cookie(self._cookie, cookie, httponly=True, samesite="strict", path="/")
        return answer

    def _refusal(self, code: int, words: Words) -> Response:
        return PlainTextResponse(f"{self._say(words)}\n", code)


def _cookie(headers: Headers, name: str) -> str:
    """The one cookie of the name; nothing where there are several, for one of them is somebody else's."""
    found: list[str] = []
    for part in "; ".join(headers.getlist("cookie")).split("; "):
        try:
            found += [each.value for key, each in SimpleCookie(part).items() if key == name]
        except CookieError:
            continue
    return found[0] if len(found) == 1 else ""


def _guarded(send: Send) -> Send:
    """``send`` with the headers that every answer bears; a page may have a policy of its own."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in ALWAYS.items():
                headers.setdefault(name, value)
        await send(message)

    return sent


def _limited(receive: Receive, patience: float) -> Receive:
    """``receive`` as long as something comes, and not too much."""
    seen = 0

    async def received() -> Any:
        nonlocal seen
        try:
            message = await asyncio.wait_for(receive(), patience)
        except TimeoutError:
            raise TooSlow from None
        seen += len(message.get("body", b""))
        if seen > MOST_BYTES:
            raise TooMuch
        return message

    return received
