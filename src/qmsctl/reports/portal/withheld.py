"""What must not be read on any page: ids, files and people of what is not shown there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from qmsctl.core.text.characters import DIGITS, fold, unmarked
from qmsctl.regex import regex
from qmsctl.reports.portal.disguise import undisguised
from qmsctl.value import dataclass, field

GAP = "…"
"""What stands in place of something that has no other name."""

_TOKEN = regex(r"[^\s\"'“”‘’«»<>()\[\]{},;|=*`~!?#&:]+")
_PIECE = regex(r"[^\W_]+")
_BETWEEN = regex(r"[\W_]+")
_LETTERS = regex(r"[^\W\d_]+")
_WORD = _PIECE
_INLINED = regex(r"data:[\w.+-]+/[\w.+-]+[;,]\S*", re.IGNORECASE)
_MOST_PIECES = 12
_LEAST = 2
_OF_A_YEAR = 3
_YEAR = regex(r"20\d\d", re.ASCII)
_CENTURY = regex(r"(?<![0-9])20(?=\d\d(?!\d))", re.ASCII)
_LEAST_JOINED = 8
"""So many letters a person's name has that is known in one word."""
_REMEMBERED = 1 << 16
"""Words of which it is remembered whether anything in them is withheld."""


class Span(NamedTuple):
    """A stretch of a text that is not to be read, and what stands in its place."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True)
class Withheld:
    """The names that are kept back.

    ``titles`` has what stands for an id, ``open`` the ids that may be read; ``paths`` are files and folders, ``people`` names
    and addresses of persons.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    open: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()

    @property
    def made_from(self) -> tuple[object, ...]:
        """The same in an order that is always the same."""
        return tuple(sorted(self.titles.items())), tuple(sorted(self.open)), tuple(sorted(self.paths)), self.people

    @property
    def is_empty(self) -> bool:
        """True if nothing is withheld."""
        return not (self.titles or self.paths or self.people)

    def clean(self, text: str) -> str:
        """``text`` with nothing in it that is withheld."""
        for span in reversed([*self.spans(text)]):
            text = text[: span.start] + span.instead + text[span.end :]
        return text

    def spans(self, text: str) -> Iterator[Span]:
        """The stretches of ``text`` that are withheld, in their order, none within another."""
        end = 0
        for span in sorted((*self._found(text), *self._disguised(text)), key=lambda span: (span.start, -span.end)):
            if span.start >= end:
                yield span
                end = span.end

    def _found(self, text: str) -> Iterator[Span]:
        yield from (*self._names(text), *self._word_by_word(text), *(_data(text) if self.paths else ()))

    def _disguised(self, text: str) -> Iterator[Span]:
        """What is withheld however its characters are written."""
        if plain := undisguised(text):
            yield from (Span(plain.starts[each.start], plain.ends[each.end - 1], each.instead) for each in self._found(plain.text))

    def _names(self, text: str) -> Iterator[Span]:
        if (self._known or self.paths) and any(map(self._of_token, set(_TOKEN.findall(text)))):
            for token in _TOKEN.finditer(text):
                for start, end, instead in self._of_token(token[0]):
                    yield Span(token.start() + start, token.start() + end, instead)

    @cached_property
    def _of_token(self) -> Callable[[str], tuple[Span, ...]]:
        """The stretches of a word; most words of a page stand on many others, too."""

        @lru_cache(_REMEMBERED)
        def found(token: str) -> tuple[Span, ...]:
            return (Span(0, len(token), GAP),) if "/" in token and self._is_path(token) else tuple(self._ids(token))

        return found

    def _is_path(self, token: str) -> bool:
        """True for a file of the office and for what lies in one of its folders, be it written from elsewhere."""
        path = fold(unquote(token)).strip("./\\")
        parts = path.split("/")
        return any("/".join(parts[:count]) in self._paths for count in range(2 if parts[0] not in _TOPS else 1, len(parts) + 1)) or parts[-1] in self._file_names

    def _ids(self, token: str) -> Iterator[Span]:
        """The ids in a word, the longest first."""
        pieces = [*_PIECE.finditer(token)]
        place = 0
        while place < len(pieces):
            found = next((last for last in range(min(place + _MOST_PIECES, len(pieces)), place, -1) if self._is_name(token[pieces[place].start() : pieces[last - 1].end()])), None)
            if found is None:
                place += 1
                continue
            first, last = pieces[place].start(), pieces[found - 1].end()
            name = _named(token[first:last])
            if name not in self._open:
                yield Span(first, last, self._known.get(name) or self._joined.get(_in_one(token[first:last]), GAP))
            place = found

    def _is_name(self, text: str) -> bool:
        name = _named(text)
        return name in self._known or name in self._open or name in self._named_files or _in_one(text) in self._joined

    def _word_by_word(self, text: str) -> Iterator[Span]:
        """Persons, and ids that are written with spaces."""
        lengths, said = self._lengths, _WORD.findall(text)
        if lengths.keys().isdisjoint(map(_folded, {*said})):
            return
        folded = [*map(_folded, said)]
        begun = ((place, tuple(folded[place : place + length])) for place, word in enumerate(folded) if word in lengths for length in lengths[word])
        found = [(place, words) for place, words in begun if words in self._by_words]
        places = [*_WORD.finditer(text)] if found else []
        for place, words in found:
            yield Span(places[place].start(), places[place + len(words) - 1].end(), self._by_words[words])

    @cached_property
    def _known(self) -> Mapping[str, str]:
        """What stands for each id; a title tells no other id either."""
        bare = Withheld(dict.fromkeys(self.titles, ""), self.open, self.paths, self.people) if any(self.titles.values()) else None
        known = {_named(each): (bare.clean(title) if bare and title else title) or GAP for each, title in self.titles.items() if _tells(each)}
        others = {name: instead for each, instead in known.items() for name in _other_orders(each) if name not in self._open}
        return others | known

    @cached_property
    def _open(self) -> frozenset[str]:
        return frozenset(map(_named, self.open))

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(map(fold, self.paths))

    @cached_property
    def _file_names(self) -> frozenset[str]:
        return frozenset(path.rpartition("/")[2] for path in self._paths if "." in path.rpartition("/")[2] and not path.endswith((".md", ".yaml")))

    @cached_property
    def _named_files(self) -> frozenset[str]:
        return frozenset(map(_named, self._file_names))

    @cached_property
    def _joined(self) -> Mapping[str, str]:
        """What stands for ids and persons that are written in one word."""
        found = {name: GAP for name in map(_in_one, self.people) if len(name) >= _LEAST_JOINED}
        found |= {_in_one(name): self._known[_named(each)] for each in self.titles if _is_series(_named(each)) for name in (_short(each), each)}
        shown = {*map(_in_one, self.open)}
        return {name: instead for name, instead in found.items() if name not in shown}

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], str]:
        """What stands for the words of a name, of which there are thousands; a person's last word may come first."""
        found: dict[tuple[str, ...], str] = {}
        for each, form in ((each, form) for each in self.people for form in (fold, unmarked)):
            words = tuple(map(form, _WORD.findall(each)))
            found |= {words: GAP, (*words[-1:], *words[:-1]): GAP}
        for name, instead in self._known.items():
            if _is_series(name):
                found.setdefault(tuple(name.split("-")), instead)
        return {words: instead for words, instead in found.items() if len(words) >= _LEAST}

    @cached_property
    def _lengths(self) -> Mapping[str, frozenset[int]]:
        """How many words such a name may have, by the first of them."""
        found: dict[str, set[int]] = {}
        for words in self._by_words:
            found.setdefault(words[0], set()).add(len(words))
        return {word: frozenset(lengths) for word, lengths in found.items()}


_TOPS = frozenset(("documents", "records", "signoffs", "attachments", ".qms"))
"""Folders of an office that are no words of a text where a path begins with them."""


_NUMBER = regex(r"(?<![^\W_])[0-9oil]*[0-9][0-9oil]*(?![^\W_])")
"""A number, be it with letters that look like its digits."""


@lru_cache(_REMEMBERED)
def _folded(text: str) -> str:
    return _NUMBER.sub(lambda found: found[0].translate(DIGITS).lstrip("0") or "0", fold(text))


def _named(text: str) -> str:
    """An id in any spelling: ``NC/2026/001``, ``NC-2O26-OO1`` and ``NC-2026-1`` are taken for ``NC-2026-001``."""
    return _BETWEEN.sub("-", _folded(text))


@lru_cache(_REMEMBERED)
def _in_one(text: str) -> str:
    """The letters and digits alone: ``NC2026001``."""
    found = _BETWEEN.sub("", unmarked(fold(text)))
    letters = _LETTERS.match(found)
    return found if letters is None else letters[0] + found[letters.end() :].translate(DIGITS)


def _is_series(name: str) -> bool:
    """True for letters with numbers behind them, which are an id however they are parted."""
    pieces = name.split("-")
    return len(pieces[0]) >= _LEAST and pieces[0].isalpha() and pieces[-1].isdigit()


def _other_orders(name: str) -> Iterator[str]:
    """Of letters, a year and a number also the year by its last two digits, and the number first."""
    pieces = name.split("-")
    if len(pieces) == _OF_A_YEAR and _is_series(name) and _YEAR.fullmatch(pieces[1]):
        yield _folded(_short(name))
        yield "-".join(reversed(pieces))


def _short(name: str) -> str:
    """An id with the last two digits of its year."""
    return _CENTURY.sub("", name, 1)


def _tells(name: str) -> bool:
    """False for an id that is a number or a letter: nobody would know it in a text."""
    return len(name) >= _LEAST and any(each.isalpha() for each in name)


def _data(text: str) -> Iterator[Span]:
    """Files that are written out in the text."""
    return (Span(each.start(), each.end(), GAP) for each in _INLINED.finditer(text)) if "data:" in text.casefold() else iter(())
