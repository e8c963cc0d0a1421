"""Where a link of a text leads: to a file of the QMS, to the web, or out of bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import normpath
from typing import NamedTuple

from qmsctl.core.model import Item
from qmsctl.core.text.link_syntax import Link
from qmsctl.core.text.values import path_problem
from qmsctl.message import Message, _
from qmsctl.regex import regex

WEB = frozenset(("http", "https", "mailto"))
"""The schemes a link may have; every other link is a relative path."""

_PLAIN = regex(r"(?!//)[A-Za-z0-9._/-]+", re.ASCII)
_SCHEME = regex(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BLANK = regex(r"[\x00-\x20\x7f-\xa0]+")


class Elsewhere(str):
    """The address of another page, where a plain text is the name of a place on the same one."""

    __slots__ = ()


class Target(NamedTuple):
    """A target that has been read: ``path`` is inside the QMS folder, ``problem`` says why none is.

    A link to the web is ``remote``; one into its own text has neither path nor problem. ``place`` is the
    heading it leads to, as a browser would decode it; ``id`` what the name of a Markdown file gives.
    """

    path: str | None = None
    remote: bool = False
    problem: Message | None = None
    place: str = ""
    id: str | None = None


class Reach(NamedTuple):
    """A link in the text of ``item`` and where it leads."""

    item: Item
    link: Link
    target: Target


def reaches(items: Iterable[Item]) -> Iterator[Reach]:
    """Every link in the texts of ``items``."""
    known: dict[tuple[str, str], Target] = {}
    for item in items:
        folder = item.path.rpartition("/")[0]
        for link in item.links:
            place = (folder, link.target)
            if place not in known:
                known[place] = read_target(*place)
            yield Reach._make((item, link, known[place]))


def read_target(folder: str, written: str) -> Target:
    """Where ``written`` leads from a file in ``folder``, after everything a browser would decode."""
    if _PLAIN.fullmatch(written):
        return _inside(folder, written)
    text = _unescaped(written).strip()
    bare = _BLANK.sub("", text)
    scheme = _SCHEME.match(bare) or _SCHEME.match(_decoded(bare))
    if scheme and scheme[1].lower() in WEB and bare.lower().startswith(scheme[0].lower()):
        return Target(remote=True)
    if scheme:
        allowed = tuple(sorted(WEB))
        return _outside(_("“{scheme}:” is none of {allowed}, and no relative path", scheme=scheme[1], allowed=allowed))
    if bare.startswith("//"):
        return _outside(_("it leads to another server"))
    path, place = re.split(r"[?#]", text, maxsplit=1)[0], _unquoted(text.partition("#")[2])
    return _inside(folder, path)._replace(place=place) if path or not text else Target(place=place)


def _inside(folder: str, written: str) -> Target:
    """The path, unless it leads out once or twice decoded."""
    for path in dict.fromkeys((_decoded(written), _unquoted(written))) if "%" in written else (written,):
        if "\\" in path or path.startswith("/"):
            return _outside(path_problem(path))
        joined = normpath(f"{folder}/{path}")
        if joined == ".." or joined.startswith("../"):
            return _outside(_("it leads out of the QMS folder"))
        problem = path_problem(joined) if joined != "." else None
    name = joined.rpartition("/")[2]
    return _outside(problem) if problem else Target(joined, id=name.removesuffix(".md") if name.endswith(".md") else None)


def _decoded(path: str) -> str:
    """``path`` with what is percent-encoded, once or several times, in the clear."""
    for _again in range(3):
        if "%" not in path:
            return path
        path = _unquoted(path)
    return path


def _unquoted(path: str) -> str:
    if "%" not in path:
        return path
    from urllib.parse import unquote

    return unquote(path)


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


def _outside(problem: Message | None) -> Target:
    return Target(problem=problem)
