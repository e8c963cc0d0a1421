"""What ``.gitattributes`` files say of a path: lines, patterns, macros and precedence as in gitattributes(5).

Patterns are matched part by part between slashes, and a part by a regular expression that never backtracks
(:func:`fnmatch.translate`), so a hostile pattern takes no longer than another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import translate
from functools import cache
from typing import NamedTuple

from qmsctl.regex import regex
from qmsctl.value import dataclass

FILE = ".gitattributes"
LAID_DOWN = b"""\
*.md text eol=lf
*.yaml text eol=lf
*.sig text eol=lf
attachments/** -text
"""
"""What a new system begins with; each line is good alone."""
_BINARY = {"binary": ("-diff", "-merge", "-text")}
_LONGEST = 2048
"""Git passes over a line that is longer."""
_LINE = regex(r'[ \t]*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<pattern>[^\s"#]\S*))(?P<rest>.*)', re.DOTALL)
_ESCAPED = regex(r"\\([0-7]{3}|.)", re.DOTALL)
_MACRO = "[attr]"
_DEEPEST = 10
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class Set(NamedTuple):
    """One attribute as the line ``line`` of ``file`` leaves it: ``True``, ``False``, a text, or ``None`` for unspecified."""

    value: bool | str | None
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its pattern in parts, from the folder of the file or for a name in any folder, and what it sets."""

    file: str
    number: int
    parts: tuple[str, ...]
    anywhere: bool
    folders_only: bool
    words: tuple[str, ...]

    def matches(self, parts: Sequence[str], *, folder: bool, fold: bool) -> bool:
        """True if a path from the folder of the file is meant; with ``fold`` as where case makes no difference."""
        if self.folders_only and not folder:
            return False
        if self.anywhere:
            return _part(self.parts[0], fold)(parts[-1]) is not None
        return _match(self.parts, parts, fold)


def is_plain(data: bytes) -> bool:
    """True for a file that says nothing but what a new system begins with."""
    return set(data.split(b"\n")) <= set(LAID_DOWN.split(b"\n"))


class Attributes:
    """All the ``.gitattributes`` files that count for a QMS.

    ``files`` has the bytes of each by its folder in the QMS (empty for the top, else ``documents/``), ``above`` those of
    folders above it, by the way down from there to the QMS (``org/qms/``).
    """

    def __init__(self, files: Mapping[str, bytes], above: Mapping[str, bytes]) -> None:
        down = sorted(above, key=len, reverse=True)
        inside = sorted(files, key=lambda folder: folder.count("/"))
        self._macros: dict[str, tuple[str, ...]] = dict(_BINARY)
        self._sources = [(prefix, "", self._lines(f"{'../' * prefix.count('/')}{FILE}", above[prefix])) for prefix in down]
        self._sources += [("", folder, self._lines(f"{folder}{FILE}", files[folder])) for folder in inside]

    def _lines(self, file: str, data: bytes) -> list[Line]:
        found = []
        for number, text in enumerate(data.removeprefix(b"\xef\xbb\xbf").decode("latin-1").split("\n"), 1):
            parts = _LINE.fullmatch(text) if len(text) < _LONGEST else None
            if parts is None:
                continue
            pattern = _unescaped(parts["quoted"]) if parts["quoted"] is not None else parts["pattern"]
            words = tuple(parts["rest"].split())
            if pattern.startswith(_MACRO):
                self._macros[pattern.removeprefix(_MACRO)] = words
            elif words and not pattern.startswith("!"):
                found.append(_line(file, number, pattern, words))
        return found

    def names(self) -> frozenset[str]:
        """Every attribute that any line mentions, macros resolved."""
        words = (each for _p, _f, lines in self._sources for line in lines for word in line.words for each in self._resolved(word))
        return frozenset(name for name, _value in words)

    def of(self, path: str, *, folder: bool = False, fold: bool = False) -> Mapping[str, Set]:
        """What counts for a path of the QMS: of several lines the last, of several files the nearest."""
        found: dict[str, Set] = {}
        for prefix, inside, lines in self._sources:
            if not path.startswith(inside):
                continue
            parts = _bytes(prefix + path.removeprefix(inside)).split("/")
            for line in lines:
                if line.matches(parts, folder=folder, fold=fold):
                    for word in line.words:
                        found |= {name: Set(value, line.file, line.number) for name, value in self._resolved(word)}
        return found

    def of_the_qms(self, name: str) -> Iterator[Set]:
        """What ``name`` is set to by a file above, for the folder of the QMS and those between."""
        for prefix, _inside, lines in self._sources:
            parts = [_bytes(each) for each in prefix.split("/")[:-1]]
            for depth in range(1, len(parts) + 1):
                hit = [line for line in lines if line.matches(parts[:depth], folder=True, fold=False)]
                said = [Set(value, line.file, line.number) for line in hit for word in line.words for each, value in self._resolved(word) if each == name]
                yield from said[-1:]

    def _resolved(self, word: str, depth: int = 0) -> Iterator[tuple[str, bool | str | None]]:
        name, equals, text = word.lstrip("-!").partition("=")
        value = None if word.startswith("!") else False if word.startswith("-") else text if equals else True
        if value is True and name in self._macros and depth < _DEEPEST:
            for each in self._macros[name]:
                yield from self._resolved(each, depth + 1)
        yield name, value


def _line(file: str, number: int, pattern: str, words: tuple[str, ...]) -> Line:
    bare = pattern.rstrip("/")
    parts = tuple(bare.removeprefix("/").split("/"))
    return Line(file, number, parts, "/" not in bare, bare != pattern, words)


def _bytes(path: str) -> str:
    """A path with a character for each byte, for so git matches."""
    return path.encode("utf-8", "surrogateescape").decode("latin-1")


def _unescaped(text: str) -> str:
    """What stands between quotation marks, as C would read it."""
    return _ESCAPED.sub(lambda each: chr(int(each[1], 8)) if len(each[1]) == 3 else _LETTERS.get(each[1], each[1]), text)


def _match(pattern: Sequence[str], path: Sequence[str], fold: bool) -> bool:
    """Whether the parts of a path fit those of a pattern, in which ``**`` stands for any number of parts."""
    at = step = 0
    back: tuple[int, int] | None = None
    while at < len(path):
        if step < len(pattern) and pattern[step] == "**":
            back, step = (step, at), step + 1
        elif step < len(pattern) and _part(pattern[step], fold)(path[at]):
            step, at = step + 1, at + 1
        elif back is not None:
            back = (back[0], back[1] + 1)
            step, at = back[0] + 1, back[1]
        else:
            return False
    return step == len(pattern)


@cache
def _part(pattern: str, fold: bool) -> Callable[[str], object]:
    """The test of one name against one part of a pattern."""
    plain = re.sub(r"\\(.)", lambda each: f"[{each[1]}]" if each[1] in "*?[" else each[1], pattern).replace("[^", "[!")
    return re.compile(translate(plain), re.IGNORECASE | re.ASCII if fold else 0).match


def watched(paths: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each path, and each folder above one, with whether it is a folder."""
    folders: set[str] = set()
    for path in paths:
        yield path, False
        parts = path.split("/")
        folders.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    yield from ((folder, True) for folder in sorted(folders))
