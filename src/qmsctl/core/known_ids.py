"""The ids of a QMS, and which of them somebody may have meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from qmsctl.core.contents import grouped
from qmsctl.core.model import Item
from qmsctl.core.text.characters import ALIKE, DIGITS, fold, unmarked
from qmsctl.core.text.suggest import closest
from qmsctl.regex import regex
from qmsctl.value import dataclass

_OTHER = regex(r"[\d._/-]", re.ASCII)
_NOUGHTS = regex(r"(?<!\d)0+(?=\d)", re.ASCII)


@dataclass(frozen=True)
class KnownIds:
    """The ids of ``items``; each way to look for one is prepared once, for broken references may be many."""

    items: Sequence[Item]

    @cached_property
    def folded(self) -> Mapping[str, tuple[Item, ...]]:
        """Items by the form of their id under which two file systems would mix them up."""
        return grouped((fold(item.id), item) for item in self.items)

    def near(self, subject: str) -> tuple[str, ...]:
        """Those that may be meant: by their file, in other letters, with other noughts before their numbers, by their title, by how they look, else the most alike."""
        folded = fold(subject).replace("\\", "/").rpartition("/")[2].removesuffix(".md")
        found = self.folded.get(folded) or self._plain.get(_without_noughts(folded)) or self._titled.get(unmarked(subject)) or self._read.get(_as_read(subject)) or self._most_alike(folded)
        return tuple(sorted({item.id for item in found}))

    @cached_property
    def _titled(self) -> Mapping[str, tuple[Item, ...]]:
        """Items by their title as people type it who look for something."""
        return grouped((unmarked(item.title), item) for item in self.items if item.title)

    @cached_property
    def _read(self) -> Mapping[str, tuple[Item, ...]]:
        """Items by what an eye takes their id for."""
        return grouped((_as_read(item.id), item) for item in self.items)

    def _most_alike(self, folded: str) -> tuple[Item, ...]:
        """The item of the nearest form of its series, else of one that is called much alike: PGC-2026-001 is no slip for NC-2026-001."""
        series = _series(folded)
        form = closest(folded, self._series.get(series if series in self._series else closest(series, self._series) or "", ()))
        return self.folded[form][:1] if form else ()

    @cached_property
    def _plain(self) -> Mapping[str, tuple[Item, ...]]:
        """Items by their id without noughts before its numbers."""
        return grouped((_without_noughts(form), item) for form, items in self.folded.items() for item in items)

    @cached_property
    def _series(self) -> Mapping[str, tuple[str, ...]]:
        """The forms by the letters they begin with."""
        return grouped((_series(form), form) for form in self.folded)


def _series(folded: str) -> str:
    """The letters that an id begins with."""
    found = _OTHER.search(folded)
    return folded[: found.start()] if found else folded


def _as_read(text: str) -> str:
    """Letters and digits alone, those that look alike being one: ``NC/2O26/OO1`` is read as ``NC-2026-001``."""
    return "".join(filter(str.isalnum, fold(text.translate(ALIKE)).translate(DIGITS)))


def _without_noughts(folded: str) -> str:
    return _NOUGHTS.sub("", folded)
