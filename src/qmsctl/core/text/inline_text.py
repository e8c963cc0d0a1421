"""What a reader sees of inline Markdown: its words, without the marks around them."""

from __future__ import annotations

import re
from functools import lru_cache

from qmsctl.core.text.comments import blank_inline
from qmsctl.regex import regex

_CODE = regex(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_ESCAPED = regex(r"\\([!-/:-@\[-`{-~])")
BREAK = regex(r"<br[ \t]*/?>", re.IGNORECASE)
"""A tag that is no error: it has no attributes, and does nothing but end a line."""

SCRIPT = regex(r"<(/?)(su[bp])>", re.IGNORECASE)
"""The others: what stands between them is set lower or higher."""

_ANGLES = regex(r"<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_LINK = regex(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\((?:<[^<>\n]*>|[^\s()<]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)|\[[^\[\]]*\])")
_EMPHASIS = regex(r"(?<![\w*])(\*{1,3})(?=[^\s*])|(?<=[^\s*])(\*{1,3})|(?<!\w)_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?!\w)|~~|\*{1,3}(?=\S)")
_PRIVATE = 0xF0000
"""Where characters go that mean nothing but themselves while marks are taken out."""


@lru_cache(maxsize=8192)
def plain_text(written: str) -> str:
    """The text of ``written`` as it is read: no emphasis, addresses, backslashes or character references."""
    if written.isalnum():
        return written
    text = _CODE.sub(lambda found: _kept(found[2]), written) if "`" in written else written
    text = _ESCAPED.sub(lambda found: _kept(found[1]), text) if "\\" in text else text
    if "<" in text:
        text = _ANGLES.sub(lambda found: _kept(found[1]), SCRIPT.sub("", BREAK.sub(" ", blank_inline(text))))
    if "[" in text:
        text = _LINK.sub(r"\1", _LINK.sub(r"\1", text))
    text = _EMPHASIS.sub("", text)
    return _given_back(_unescaped(text) if "&" in text else text)


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def _kept(text: str) -> str:
    return "".join(chr(_PRIVATE + ord(each)) if ord(each) < 0x80 else each for each in text)


def _given_back(text: str) -> str:
    return "".join(chr(ord(each) - _PRIVATE) if _PRIVATE <= ord(each) < _PRIVATE + 0x80 else each for each in text)
