"""A text as editors, word processors and other systems save it, in the form in which this system keeps it."""

from __future__ import annotations

from unicodedata import normalize

from qmsctl.core.text.front_end import is_instead
from qmsctl.core.text.text_file import decode
from qmsctl.regex import regex

QUOTES = "“”„‟‘’‚‛«»"
"""What a word processor makes of quotation marks."""

_WORD_DASHES = regex(r"(?=[^\n]*[—–―‐‑−])[—–―‐‑−-]+")
_HEAD = 4
_FENCE = "---"


def plain_form(data: bytes) -> str:
    """The text without a byte order mark, with LF line ends and composed letters. Raises ``YamlRefused`` for what is not UTF-8."""
    text, _bom = decode(data)
    return normalize("NFC", text.replace("\r\n", "\n"))


def with_hyphens(text: str) -> str:
    """The text whose front matter stands between lines of ``---`` where a word processor had made dashes of them."""
    first, *more = text.split("\n")
    if is_word_dashes(first) and is_instead(first) and any(":" in line for line in more[: _HEAD - 1]):
        first = _FENCE
    if first.rstrip() != _FENCE:
        return text
    end = next((number for number, line in enumerate(more) if line.rstrip() == _FENCE or line[:1] == "#" or _WORD_DASHES.fullmatch(line.rstrip())), None)
    if end is not None and is_word_dashes(more[end]):
        more[end] = _FENCE
    return "\n".join((first, *more))


def is_word_dashes(line: str) -> bool:
    """True for a line of dashes that nobody has on a keyboard."""
    return _WORD_DASHES.fullmatch(line.strip()) is not None
