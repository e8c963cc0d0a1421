"""Where the links of a text stand and what they name, found in one pass of linear time.

Brackets are paired as Markdown pairs them, so an image inside a link is seen as well as the link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qmsctl.core.text.line_numbers import LineNumbers
from qmsctl.regex import regex

_LABEL_LIMIT = 999
_MAIL_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_TOKEN = regex(rf"\\[^\n]|<[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>]*>|<[A-Za-z0-9_.!#$%&'*+/=?^`{{|}}~-]+@{_MAIL_HOST}(?:\.{_MAIL_HOST})*>|!\[|\[|\]")
_DESTINATION = regex(
    r"\((?>\s*)(?:<([^<>\n]*)>|(?!<)((?>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)))(?=\s*\)|\s+[\"'(])"
)
_LABEL = regex(r"\[([^\[\]\n]*)\]")
_DEFINITION = regex(
    r"^[ \t>]*\[(?!\^)([^\[\]\n]+)\]:(?>[ \t]*(?:\r?\n[ \t]*)?)<?((?>[^\s<>]+))>?(?=[ \t]*(?:\r?$|[\"'(]))", re.MULTILINE
)


class Link(NamedTuple):
    """The target of a link or an image, as written."""

    target: str
    line: int
    image: bool

    @property
    def shown(self) -> str:
        """The target in a message, cut where it is long."""
        return self.target[:80]


def find_links(prose: str, first_line: int) -> Iterator[Link]:
    """The links of ``prose``, in the order of their targets; its first line is ``first_line``.

    A definition (``[label]: target``) counts as an image if an image uses its label.
    """
    if "\\" not in prose and "<" not in prose and ("!" not in prose or "![" not in prose):
        inline, defines = _simple(prose)
        shown = frozenset[str]()
    else:
        defines = "]:" in prose
        inline, shown = _inline(prose)
    for found in _DEFINITION.finditer(prose) if defines else ():
        inline[found.start(2)] = (found[2], _plain(found[1]) in shown)
    lines = LineNumbers(prose, first_line)
    for position, (target, image) in sorted(inline.items()):
        yield Link._make((target, lines.at(position), image))


def _inline(prose: str) -> tuple[dict[int, tuple[str, bool]], frozenset[str]]:
    """Links by the place of their target, and the labels that images name."""
    found: dict[int, tuple[str, bool]] = {}
    shown: list[str] = []
    opened: list[tuple[int, bool]] = []
    for start, end in _tokens(prose):
        word = prose[start:end]
        if word in ("[", "!["):
            opened.append((end, word == "!["))
        elif word == "]" and opened:
            label_start, image = opened.pop()
            destination = _DESTINATION.match(prose, end)
            if destination:
                place = 1 if destination[1] is not None else 2
                found[destination.start(place)] = (destination[place], image)
            elif image and start - label_start <= _LABEL_LIMIT:
                label = _LABEL.match(prose, end)
                shown.append(_plain(label[1] if label and label[1] else prose[label_start:start]))
        elif word[0] == "<":
            found[start + 1] = (word[1:-1] if ":" in word else f"mailto:{word[1:-1]}", False)
    return found, frozenset(shown)


def _simple(prose: str) -> tuple[dict[int, tuple[str, bool]], bool]:
    """The links where no bracket is escaped and nothing is an image: which bracket a link closes does not matter. And whether a label may be defined."""
    found: dict[int, tuple[str, bool]] = {}
    opened, defines = 0, False
    opening, closing = prose.find("["), prose.find("]")
    while closing >= 0:
        while 0 <= opening < closing:
            opened, opening = opened + 1, prose.find("[", opening + 1)
        following = prose[closing + 1 : closing + 2]
        if opened and following == "(" and (destination := _DESTINATION.match(prose, closing + 1)):
            place = 1 if destination[1] is not None else 2
            found[destination.start(place)] = (destination[place], False)
        defines = defines or following == ":"
        opened, closing = max(opened - 1, 0), prose.find("]", closing + 1)
    return found, defines


def _tokens(prose: str) -> Iterator[tuple[int, int]]:
    """Where brackets, links in angle brackets and escaped characters stand."""
    if "\\" in prose or "<" in prose:
        yield from (token.span() for token in _TOKEN.finditer(prose))
        return
    opening, closing = prose.find("["), prose.find("]")
    while closing >= 0:
        if 0 <= opening < closing:
            yield (opening - 1 if prose[opening - 1 : opening] == "!" else opening), opening + 1
            opening = prose.find("[", opening + 1)
        else:
            yield closing, closing + 1
            closing = prose.find("]", closing + 1)


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
