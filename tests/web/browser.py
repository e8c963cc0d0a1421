"""Asks the application as a browser would, without a socket: every header a browser sends, and its cookies."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

from starlette.types import ASGIApp

PORT = 4711
HOST = f"127.0.0.1:{PORT}"
HERE = f"http://{HOST}"
_INPUT = re.compile(r"<input\b([^>]*)>|<(textarea|select)\b([^>]*)>(.*?)</(?:textarea|select)>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    code: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def words(self) -> str:
        """What a person reads."""
        return unescape(re.sub(r"<[^>]+>", " ", self.text))

    @property
    def forms(self) -> list[Form]:
        return [_form(*each) for each in _FORM.findall(self.text)]

    def form(self, step: str = "show") -> Form:
        return next(each for each in self.forms if each.inputs.get("step") in (step, None) and each.method == "post")


@dataclass(frozen=True)
class Form:
    """A form as the page has it; ``needed`` are its inputs that a browser does not send empty."""

    action: str
    method: str
    pairs: tuple[tuple[str, str], ...]
    needed: frozenset[str]

    @property
    def inputs(self) -> Mapping[str, str]:
        return dict(self.pairs)


def _form(attributes: str, content: str) -> Form:
    own = dict(_ATTRIBUTE.findall(attributes))
    pairs, needed = [], set()
    for plain, tag, other, text in _INPUT.findall(content):
        inside = other if tag else plain
        found = {name: unescape(value) for name, value in _ATTRIBUTE.findall(inside)}
        if "name" not in found or found.get("type") in ("checkbox", "file"):
            continue
        value = found.get("value", "")
        if tag == "textarea":
            value = unescape(text.removeprefix("\n"))
        if tag == "select":
            value = next((unescape(each) for each in re.findall(r'<option value="([^"]*)" selected', text)), "")
        pairs.append((found["name"], value))
        if "required" in found:
            needed.add(found["name"])
    return Form(unescape(own.get("action", "")), own.get("method", "get"), tuple(pairs), frozenset(needed))


@dataclass
class Browser:
    """One browser at the application ``app``."""

    app: ASGIApp
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        return self.ask(method, path, {"host": HOST, "sec-fetch-site": "same-origin", **(headers or {})})

    def post(self, path: str, pairs: Iterable[tuple[str, str]] = (), headers: Mapping[str, str] | None = None, files: Mapping[str, tuple[str, bytes]] | None = None) -> Answer:
        kind, body = _encoded(tuple(pairs), files or {})
        own = {"host": HOST, "origin": HERE, "sec-fetch-site": "same-origin", "content-type": kind, "content-length": str(len(body)), **(headers or {})}
        return self.ask("POST", path, own, [body])

    def send(self, form: Form, given: Mapping[str, str] | None = None, **options: Any) -> Answer:
        """Fill in a form and send it."""
        said = dict(given or {})
        pairs = [(name, said.pop(name, value)) for name, value in form.pairs]
        return self.post(form.action, [*pairs, *said.items()], **options)

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: Iterable[bytes] = ()) -> Answer:
        sent = dict(headers)
        if self.cookies:
            sent["cookie"] = "; ".join((*([sent["cookie"]] if "cookie" in sent else []), *(f"{name}={value}" for name, value in self.cookies.items())))
        raw, _mark, query = path.partition("?")
        from urllib.parse import unquote

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "path": unquote(raw), "raw_path": raw.encode(), "root_path": "",
            "query_string": query.encode(), "scheme": "http", "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", PORT),
            "headers": [(name.encode(), value.encode("utf-8")) for name, value in sent.items() if value],
        }
        answer = asyncio.run(_answered(self.app, scope, iter(body)))
        for line in (value for name, value in answer[1] if name == "set-cookie"):
            name, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer[0], dict(answer[1]), answer[2])


async def _answered(app: ASGIApp, scope: dict[str, Any], body: Iterator[bytes]) -> tuple[int, list[tuple[str, str]], bytes]:
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        part = next(body, None)
        if part is None:
            return {"type": "http.request", "body": b"", "more_body": False}
        if part == SILENCE:
            await asyncio.sleep(3600)
        return {"type": "http.request", "body": part, "more_body": True}

    async def send(message: Any) -> None:
        said.append(message)

    await app(scope, receive, send)
    headers = [(name.decode().lower(), value.decode("latin-1")) for name, value in said[0]["headers"]]
    return said[0]["status"], headers, b"".join(each.get("body", b"") for each in said[1:])


SILENCE = b"\0silence\0"
"""Part of a body that never comes."""


def _encoded(pairs: tuple[tuple[str, str], ...], files: Mapping[str, tuple[str, bytes]]) -> tuple[str, bytes]:
    if not files:
        return "application/x-www-form-urlencoded", urlencode(pairs).encode()
    mark = "x" * 24
    parts = [f'--{mark}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in pairs]
    parts += [f'--{mark}\r\ncontent-disposition: form-data; name="{name}"; filename="{file}"\r\ncontent-type: application/octet-stream\r\n\r\n'.encode() + data + b"\r\n" for name, (file, data) in files.items()]
    return f"multipart/form-data; boundary={mark}", b"".join((*parts, f"--{mark}--\r\n".encode()))
