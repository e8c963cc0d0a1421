"""Other words in the place of those that stand there, where there is no doubt about either."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from qmsctl.core.library import Library
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.suggest import closest, did_you_mean, unknown_keys
from qmsctl.mend import Correction, Mend, Span, advice, correction

_FEW_KEYS = 10
_FEW_LINES = 3
_WORD = re.compile(r"[^ \t\r]+")


def respelt(library: Library, path: str, line: int, old: str, new: str) -> Mend | None:
    """Another word; ``None`` where it does not stand just once in its line, and where a sign-off binds the file."""
    text = dict(_lines(library, path)).get(line, "")
    places = [found.start() for found in re.finditer(rf"(?<![\w-]){re.escape(old)}(?![\w-])", text)]
    if len(places) != 1 or _is_bound(library, path):
        return None
    column = places[0] + 1
    return correction(path, Span(line, column, line, column + len(old)), old, new)


def meant(library: Library, path: str, line: int, word: str, known: Collection[str]) -> Mend:
    """The one of ``known`` that is most like a word, in its place; where that is not sure, what may have been meant."""
    found = closest(word, known)
    return (respelt(library, path, line, word, found) if found else None) or advice(did_you_mean(word, known))


def meant_keys(library: Library, path: str, top: Mapping, known: Collection[str]) -> Iterator[tuple[str, Mend]]:
    """The keys of a mapping that are not known, each with the key that may have been meant.

    Only the first few are corrected: hostile files have thousands.
    """
    free = [name for name in known if name not in top.entries]
    for number, (key, words) in enumerate(unknown_keys(top.entries, known)):
        found = closest(key, free) if number < _FEW_KEYS else None
        yield key, (respelt(library, path, top.key_lines[key], key, found) if found else None) or advice(words)


def rewritten(library: Library, path: str, lines: range | None, change: Callable[[str], str]) -> Mend | None:
    """The words of these lines, or of all, as ``change`` makes them; ``None`` where many lines change, or none may."""
    texts = ((line, text) for line, text in _lines(library, path) if lines is None or line in lines)
    steps = [step for line, text in texts if (step := _rewritten(path, line, text, change))]
    return Mend(tuple(steps)) if 0 < len(steps) <= _FEW_LINES and not _is_bound(library, path) else None


def _rewritten(path: str, line: int, text: str, change: Callable[[str], str]) -> Correction | None:
    """The correction from the first word of a line that changes up to the last."""
    other = [found.span() for found in _WORD.finditer(text) if change(found[0]) != found[0]]
    if not other:
        return None
    start, end = other[0][0], other[-1][1]
    return Correction(path, Span(line, start + 1, line, end + 1), text[start:end], change(text[start:end]))


def _lines(library: Library, path: str) -> Iterator[tuple[int, str]]:
    return enumerate(library.outside.read(path).decode("utf-8", "replace").split("\n"), 1)


def _is_bound(library: Library, path: str) -> bool:
    """True for files of dossiers, approved texts and closed records."""
    item = library.by_id.get(path.rpartition("/")[2].removesuffix(".md"))
    bound = item is not None and item.path == path and (library.is_closed(item) or (item.is_document and library.standing(item.id).is_clean))
    return bound or path.startswith("signoffs/")
