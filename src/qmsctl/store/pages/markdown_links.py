"""Links and images of a body, as a page without a network can show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from html import escape
from typing import Any
from urllib.parse import unquote

from markdown_it.token import Token

from qmsctl.regex import regex

Rewrite = Callable[[str], str | None]

_EXTERNAL = regex(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PLAIN = frozenset({"text", "text_special", "code_inline", "softbreak", "hardbreak"})


def rewritten(children: Sequence[Token], href: Rewrite, image: Rewrite, unshown: Callable[[str], str], called: Rewrite, instead: Rewrite) -> list[Token]:
    """The tokens of one paragraph with every address as the page can use it.

    A link that ``href`` has no address for becomes its text followed by its path, or by what it is ``called`` where the
    text does not say that, and an image that ``image`` has no bytes for a link to it, with the words of ``unshown``. What
    ``instead`` has words for is these alone.
    """
    shown: list[Token] = []
    open_: list[tuple[int, Token]] = []
    for place, token in enumerate(children):
        if token.type == "link_open":
            open_.append((len(shown), token))
            shown += _opening(token, href, instead)
        elif token.type == "link_close":
            start, opened = open_.pop()
            shown[start:] = _closing(opened, shown[start:], children[place + 1 : place + 2], called, instead)
        elif token.type == "image":
            shown += _image(token, href, image, unshown, called, linked=bool(open_))
        else:
            shown.append(token)
    return shown


def _place(path: str, href: Rewrite) -> str | None:
    return path if _EXTERNAL.match(path) else href(path)


def _opening(token: Token, href: Rewrite, instead: Rewrite) -> list[Token]:
    path = str(token.attrs["href"])
    address = _place(path, href) if _EXTERNAL.match(path) or instead(path) is None else None
    if address is None:
        token.meta["path"] = path
        return []
    token.attrSet("href", address)
    return [token]


def _closing(token: Token, inside: list[Token], after: Sequence[Token], called: Rewrite, instead: Rewrite) -> list[Token]:
    """What stands between the beginning of a link and this, and the end of it; its name only where the words, or those ``after`` it, do not say it."""
    path = token.meta.get("path")
    if path is None:
        return [*inside, Token("link_close", "a", -1)]
    words, name = instead(path), called(path)
    if words is not None:
        return [_text(words)]
    said = "".join(each.content for each in inside)
    said += next((each.content for each in after if name and each.content.startswith(f" ({name}")), "")
    return [*inside, _text(_aside(path if name is None else "" if name in said else name, token))]


def _image(token: Token, href: Rewrite, image: Rewrite, unshown: Callable[[str], str], called: Rewrite, *, linked: bool) -> list[Token]:
    path = str(token.attrs["src"])
    alt, title = _alternative(token), str(token.attrs.get("title") or "")
    bytes_ = None if _EXTERNAL.match(path) else image(path)
    if bytes_ is not None:
        titled = f' title="{escape(title)}"' if title else ""
        return [_html(f'<img src="{escape(bytes_)}" alt="{escape(alt)}"{titled}>')]
    address = _place(path, href)
    why = "" if _EXTERNAL.match(path) else unshown(path)
    name = called(path)
    label = _text(f"{alt}{_aside(path if name is None else name, token)}{why and f' [{why}]'}".strip())
    if address is None or linked:
        return [label]
    return [_html(f'<a href="{escape(address)}">'), label, _html("</a>")]


def _aside(path: str, token: Token) -> str:
    with suppress(UnicodeDecodeError):
        path = unquote(path, errors="strict")
    title = str(token.attrs.get("title") or "")
    words = " ".join(filter(None, (path, title)))
    return f" ({words})" if words else ""


def _alternative(token: Token) -> str:
    """What stands for an image: its words, or as written where they are more than words."""
    children = token.children or []
    if any(child.type not in _PLAIN for child in children):
        return token.content
    return "".join(child.content or " " for child in children)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _html(content: str) -> Token:
    return Token("html_inline", "", 0, content=content)


def unused_definitions(text: str, tokens: Iterable[Token], env: dict[str, Any]) -> str:
    """HTML that shows the link definitions nothing in the body refers to, as written."""
    used = set(_labels(tokens))
    found = [d for label, d in env.get("references", {}).items() if label not in used]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    written = []
    for definition in sorted([*found, *env.get("duplicate_refs", [])], key=lambda d: d["map"]):
        first, end = definition["map"]
        written.append("\n".join(lines[first:end]))
    return "".join(f'<p class="unused-definition">{escape(part)}</p>' for part in written)


def _labels(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        for child in token.children or []:
            if "label" in child.meta:
                yield str(child.meta["label"])
