"""Words of a text with their changes, links as a reader sees them: their label, without marks and target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qmsctl.core.comparison.word_changes import Words
from qmsctl.regex import regex

_MARK = regex(r"\\.|!?\[|\](?:\([^()\s]*\))?|\n")


def as_shown(words: Sequence[Words]) -> tuple[Words, ...]:
    """The same without ``[`` and ``](target)`` of each link; where its target differs, both stay for all to see."""
    marks = sorted(_marks(words), reverse=True)
    texts = [each.text for each in words]
    for place, start, end in marks:
        texts[place] = texts[place][:start] + texts[place][end:]
    return tuple(each._replace(text=text) for each, text in zip(words, texts, strict=True) if text)


def _marks(words: Sequence[Words]) -> Iterator[tuple[int, int, int]]:
    """Where the marks of whole links stand: the stretch, the first character, the one after the last."""
    opened: list[tuple[str, tuple[int, int, int]]] = []
    for place, each in enumerate(words):
        for found in _MARK.finditer(each.text):
            mark, at = found[0], (place, *found.span())
            if mark == "\n":
                opened.clear()
            elif mark.endswith("["):
                opened.append((mark, at))
            elif mark.startswith("]") and opened:
                begun, begins = opened.pop()
                if len(mark) > 1 and begun == "[":
                    yield from (begins, at)
