"""Other words in the place of those that stand there, where there is no doubt about either."""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache, partial

from qmsctl.core.diagnostic import Later
from qmsctl.core.library import Library
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.suggest import closest, did_you_mean, unknown_keys
from qmsctl.mend import Correction, Mend, Span, advice, correction
from qmsctl.message import Label
from qmsctl.regex import regex

Labels = abc.Mapping[str, Label]
"""Keys with the words for them."""

_FEW_LINES = 3
_LONGEST_LINE = 10_000
_WORD = regex(r"[^ \t\r]+")


def respelt(library: Library, path: str, line: int, old: str, new: str) -> Mend | None:
    """Another word; ``None`` where it does not stand just once in a line of usual length, and where a sign-off binds the file."""
    lines = _lines(library, path)
    text = lines[line - 1] if 0 < line <= len(lines) and len(lines[line - 1]) <= _LONGEST_LINE else ""
    places = [found.start() for found in re.finditer(rf"(?<![\w-]){re.escape(old)}(?![\w-])", text)]
    if len(places) != 1 or is_bound(library, path):
        return None
    column = places[0] + 1
    return correction(path, Span(line, column, line, column + len(old)), old, new)


def meant(library: Library, path: str, line: int, word: str, known: Collection[str]) -> Later:
    """The one of ``known`` that is most like a word, in its place; where that is not sure, what may have been meant."""
    return partial(_meant, library, path, line, word, known, known)


def _meant(library: Library, path: str, line: int, word: str, free: Collection[str], known: Collection[str], labels: Labels | None = None) -> Mend:
    found = closest(word, free)
    return (respelt(library, path, line, word, found) if found else None) or advice(did_you_mean(word, known, labels))


def meant_keys(library: Library, path: str, top: Mapping, known: Collection[str], labels: Labels | None = None) -> Iterator[tuple[str, Later]]:
    """The keys of a mapping that are not known, each with the key that may have been meant, or all with their words."""
    free = [name for name in known if name not in top.entries]
    for key in unknown_keys(top.entries, known):
        yield key, partial(_meant, library, path, top.key_lines[key], key, free, known, labels)


def rewritten(library: Library, path: str, lines: range | None, change: Callable[[str], str]) -> Mend | None:
    """The words of these lines, or of all, as ``change`` makes them; ``None`` where many lines change, or none may."""
    texts = ((line, text) for line, text in enumerate(_lines(library, path), 1) if lines is None or line in lines)
    steps = [step for line, text in texts if (step := _rewritten(path, line, text, change))]
    return Mend(tuple(steps)) if 0 < len(steps) <= _FEW_LINES and not is_bound(library, path) else None


def _rewritten(path: str, line: int, text: str, change: Callable[[str], str]) -> Correction | None:
    """The correction from the first word of a line that changes up to the last."""
    other = [found.span() for found in _WORD.finditer(text) if change(found[0]) != found[0]]
    if not other:
        return None
    start, end = other[0][0], other[-1][1]
    return Correction(path, Span(line, start + 1, line, end + 1), text[start:end], change(text[start:end]))


def _lines(library: Library, path: str) -> Sequence[str]:
    return _split(library.outside.read(path))


@lru_cache(maxsize=1)
def _split(data: bytes) -> Sequence[str]:
    return data.decode("utf-8", "replace").split("\n")


def is_bound(library: Library, path: str) -> bool:
    """True for files of dossiers, approved texts and closed records."""
    item = library.by_id.get(path.rpartition("/")[2].removesuffix(".md"))
    bound = item is not None and item.path == path and (library.is_closed(item) or (item.is_document and library.standing(item.id).is_clean))
    return bound or path.startswith("signoffs/")
