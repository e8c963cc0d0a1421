"""Markdown bodies to HTML that drops no word and lets nothing through.

CommonMark with tables, strikethrough and lists of tasks; raw HTML is text, but a bare ``<br>`` ends a line, ``<sub>`` and ``<sup>``
set words lower and higher, and comments are left out. Where the usual renderer would lose
something silently (cells beyond the header, unused link definitions, what is nested too deep,
the numbers of list items), this one shows it or refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from qmsctl.core.text.anchors import anchors, slug
from qmsctl.core.text.inline_text import BREAK, SCRIPT
from qmsctl.errors import RepositoryError
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.pages.markdown_comments import comment, passage
from qmsctl.store.pages.markdown_links import rewritten, unused_definitions
from qmsctl.store.pages.markdown_tables import told_aloud, whole_table, yielding
from qmsctl.store.pages.sanitiser import sanitised
from qmsctl.value import dataclass, field

_DEEPEST = 50
_TASK = regex(r"\[([ xX])\][ \t]+")
_SCHEME = regex(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ALLOWED = regex(r"(?:https?|mailto):", re.IGNORECASE)


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 — the name the library calls
        """Whether ``url`` may be an address; otherwise the whole link stays visible text."""
        if _SCHEME.match(url):
            return _ALLOWED.match(url) is not None
        return not url.startswith("//")


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("js-default", {"maxNesting": _DEEPEST, "store_labels": True})
    parser.inline.ruler.before("html_inline", "break", _break)
    parser.inline.ruler.before("html_inline", "script", _script)
    parser.inline.ruler.before("html_inline", "comment", comment)
    parser.block.ruler.before("html_block", "comment", passage, {"alt": ["paragraph", "reference", "blockquote", "list", "table"]})
    parser.block.ruler.at("table", whole_table, {"alt": ["paragraph", "reference"]})
    return parser


def _break(state: StateInline, silent: bool) -> bool:
    """The library's rule for a bare ``<br>``: a line ends here, as it cannot otherwise within a cell."""
    found = BREAK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def _script(state: StateInline, silent: bool) -> bool:
    """The library's rule for a bare ``<sub>`` or ``<sup>``; what is not closed is closed by the sanitiser."""
    found = SCRIPT.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found[0].lower()
    state.pos = found.end()
    return True


def _same(address: str) -> str | None:
    return address


def _silent(_path: str) -> str:
    return ""


def _nothing(_path: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class HtmlWriter:
    """How the bodies of one page become HTML.

    - ``blocks``: for the info string of a data block, what turns its YAML into HTML.
    - ``href``: the address a relative link gets in the page (it is percent-encoded as in a URL),
      ``None`` to show it as text with its path.
    - ``instead``: what stands in place of a link with its words, ``None`` for the link.
    - ``tells_definitions``: show definitions of links that nothing uses.
    - ``called``: what stands beside such a text in place of the path, ``None`` for the path.
    - ``image``: the ``data:`` URI of a relative image, ``None`` to show a link to it.
    - ``unshown``: why a relative image has none, in words that are said beside its path.
    - ``heading_offset``: added to the level of every heading; ``id_prefix`` to its ``id``.
    """

    blocks: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    href: Callable[[str], str | None] = _same
    image: Callable[[str], str | None] = _nothing
    unshown: Callable[[str], str] = _silent
    called: Callable[[str], str | None] = _nothing
    instead: Callable[[str], str | None] = _nothing
    tells_definitions: bool = True
    heading_offset: int = 0
    id_prefix: str = ""

    def html(self, text: str) -> str:
        """The HTML of a body. Raises ``RepositoryError`` if it is nested too deep to be shown."""
        env: dict[str, Any] = {}
        parser = _parser()
        tokens = parser.parse(text, env)
        _check_depth(tokens)
        leftover = unused_definitions(text, tokens, env) if self.tells_definitions else ""
        _keep_numbers(tokens)
        _mark_tasks(tokens)
        self._head(tokens)
        told_aloud(tokens)
        for token in tokens:
            self._rewrite(token)
        for before, token in pairwise(tokens):
            if token.children and before.type in {"td_open", "th_open"}:
                token.children = [*yielding(token.children)]
        return sanitised(str(parser.renderer.render(tokens, parser.options, env)) + leftover)

    def _head(self, tokens: Sequence[Token]) -> None:
        names = anchors(inner.content for token, inner in pairwise(tokens) if token.type == "heading_open")
        for token in tokens:
            if token.type not in {"heading_open", "heading_close"}:
                continue
            token.tag = f"h{min(int(token.tag[1:]) + self.heading_offset, 6)}"
            if token.type == "heading_open":
                token.attrSet("id", f"{self.id_prefix}{next(names)}")

    def _rewrite(self, token: Token) -> None:
        if token.children:
            token.children = rewritten(token.children, self._address, self.image, self.unshown, self.called, self.instead)
        elif token.type == "fence":
            info = token.info.strip()
            block = self.blocks.get(info)
            token.type = "html_block"
            token.content = block(token.content) if block else _code(info, token.content)

    def _address(self, link: str) -> str | None:
        if link.startswith("#"):
            return f"#{self.id_prefix}{slug(unquote(link[1:]))}"
        return self.href(link)


def _check_depth(tokens: Sequence[Token]) -> None:
    deepest = max((token.level + max(token.nesting, 0) for token in tokens), default=0)
    if deepest >= _DEEPEST:
        raise RepositoryError(
            _("The text is nested more than {depth} levels deep.", depth=_DEEPEST),
            command("check").in_order_to(_("Find the place")),
        )


def _keep_numbers(tokens: Sequence[Token]) -> None:
    """Give list items the numbers they were written with, where counting gives others."""
    expected: list[int] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            expected.append(int(token.attrs.get("start", 1)))
        elif token.type == "ordered_list_close":
            expected.pop()
        elif token.type == "list_item_open" and token.info.isdecimal():
            number = int(token.info)
            if number != expected[-1]:
                token.attrSet("value", str(number))
            expected[-1] = number + 1


def _mark_tasks(tokens: Sequence[Token]) -> None:
    """Give items that begin with ``[ ]`` or ``[x]`` a box in place of it."""
    for item, paragraph, inner in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open" or not inner.children:
            continue
        first = inner.children[0]
        found = _TASK.match(first.content) if first.type == "text" else None
        if found:
            first.content = f"{'☐' if found[1] == ' ' else '☑'} {first.content[found.end():]}"
            item.attrSet("class", "task")


def _code(info: str, content: str) -> str:
    title = f' title="{escape(info)}"' if info else ""
    return f"<pre><code{title}>{escape(content)}</code></pre>\n"
