"""Takes out of a page what is not to be read on it, however it is marked up."""

from __future__ import annotations

import re
from html import escape, unescape

from qmsctl.regex import regex
from qmsctl.store.portal.site import KeptBack, Stretch

_TAG = regex(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_WHOLE = regex(r"<(style|script)\b[^>]*>")
_INLINE = regex(r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|s|samp|small|span|strong|sub|sup|u|var)\b", re.IGNORECASE)
_VALUE = regex(r"""(\s(?:alt|aria-label|content|data-[\w-]+|href|id|title))="([^"]*)\"""")
_BREAK = "\n"


def redacted(html: str, withheld: KeptBack) -> str:
    """``html`` without it in words and attributes; words are read across the tags that stand within a line. Style sheets and scripts are ours."""
    if withheld.is_empty:
        return html
    done, place = [], 0
    while begun := _WHOLE.search(html, place):
        end = html.find(f"</{begun[1]}>", begun.end())
        if end < 0:
            break
        done += [_marked(html[place : begun.start()], withheld), html[begun.start() : end]]
        place = end
    return "".join((*done, _marked(html[place:], withheld)))


def _replaced(text: str, withheld: KeptBack) -> str:
    for span in reversed([*withheld.spans(text)]):
        text = text[: span.start] + span.instead + text[span.end :]
    return text


def _marked(html: str, withheld: KeptBack) -> str:
    pieces = _TAG.split(html)
    words, tags = [unescape(each) for each in pieces[::2]], pieces[1::2]
    gaps = ["" if _INLINE.match(tag) else _BREAK for tag in tags]
    spans = [*withheld.spans("".join([part for pair in zip(words, [*gaps, ""], strict=True) for part in pair]))]
    if not spans and not any(withheld.spans(_BREAK.join(unescape(value) for _name, value in _VALUE.findall("".join(tags))))):
        return html
    texts = _without(words, gaps, spans)
    tags = [_tag(each, withheld) for each in tags]
    shown = [old if new is None else escape(new, quote=False) for old, new in zip(pieces[::2], texts, strict=True)]
    return "".join(part for pair in zip(shown, [*tags, ""], strict=True) for part in pair)


def _without(words: list[str], gaps: list[str], spans: list[Stretch]) -> list[str | None]:
    """The words with these stretches taken out; ``None`` for what stays as it is."""
    starts, place = [], 0
    for word, gap in zip(words, [*gaps, ""], strict=True):
        starts.append(place)
        place += len(word) + len(gap)
    found: list[str | None] = [None] * len(words)
    number = len(words) - 1
    for span in reversed(spans):
        while starts[number] >= span.end:
            number -= 1
        first = number
        while starts[first] > span.start:
            first -= 1
        for each in range(number, first - 1, -1):
            found[each] = _cut(found[each] if found[each] is not None else words[each], starts[each], span.start, span.end, span.instead if each == first else "")
        number = first
    return found


def _cut(word: str | None, at: int, start: int, end: int, instead: str) -> str:
    """A word that begins ``at`` some place without what stands from ``start`` to ``end``."""
    assert word is not None
    return word[: max(start - at, 0)] + instead + word[max(end - at, 0) :]


def _tag(tag: str, withheld: KeptBack) -> str:
    return _VALUE.sub(lambda found: _attribute(found[1], unescape(found[2]), found[0], withheld), tag) if "=" in tag else tag


def _attribute(name: str, value: str, written: str, withheld: KeptBack) -> str:
    """An attribute without what is withheld; a link that would lead there leads nowhere. Pages of the portal itself are its own, headings of them need not be."""
    if name.strip() != "href":
        shown = _replaced(value, withheld)
        return written if shown == value else f'{name}="{escape(shown)}"'
    page, _, place = value.partition("#")
    told = value if ":" in value else place
    if _replaced(told, withheld) == told:
        return written
    return f'{name}="{escape(page)}"' if page and ":" not in value else ""
