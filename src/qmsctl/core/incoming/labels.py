"""The words by which papers say what is what, as data of ``templates/imports``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from qmsctl.core.sections.section_title import readings
from qmsctl.core.text.nodes import plain
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.regex import regex
from qmsctl.value import dataclass

_MARK = regex(r"[:：]")
_WORD = regex(r"[^\s:：;]+")
_LONGEST_LABEL = 6
_BETWEEN = " \t;,"
_COLON = regex(r"([^:：]{1,60}?)\s*[:：]\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Labels:
    """Groups of labels, each by all that a field is called; ``lists`` are words without a field."""

    groups: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, tuple[str, ...]]

    def field(self, group: str, text: str) -> str | None:
        """The field that ``text`` is a label of, whole, or each half of it where it says it twice (``Mã số/Code``)."""
        own = self.groups[group]
        halves = {own.get(half) for half in readings(" ".join(text.split())).halves}
        return own.get(key(text)) or (halves.pop() if len(halves) == 1 else None)

    def split(self, group: str, line: str) -> tuple[str, str] | None:
        """The field a line begins with, and what the line says of it: after a colon, or after the label itself."""
        found = _COLON.fullmatch(line)
        if found and (name := self.field(group, found[1])):
            return name, found[2].strip()
        if name := self.field(group, line):
            return name, ""
        parts = line.split()
        for count in range(min(len(parts) - 1, 5), 1, -1):
            if name := self.field(group, " ".join(parts[:count])):
                return name, " ".join(parts[count:])
        return None

    def pieces(self, group: str, line: str) -> Iterator[str]:
        """A line that names several fields, each with a colon, as one piece for each of them and for what stands before."""
        for part in line.split("|"):
            cuts = [0, *self._cuts(group, part), len(part)]
            yield from (piece for start, end in pairwise(cuts) if (piece := part[start:end].strip(_BETWEEN)))

    def _cuts(self, group: str, line: str) -> Iterator[int]:
        """Where the labels of a line begin, after its first word; a number that a value ends with is none before a label."""
        done = 0
        for colon in _MARK.finditer(line):
            words = [each.start() for each in _WORD.finditer(line, done, colon.start())][-_LONGEST_LABEL:]
            start = next((each for each in words if self.field(group, shown := line[each : colon.start()]) and len(readings(shown).whole) == 1), 0)
            done = colon.end()
            if start:
                yield start

    def columns(self, group: str, row: Sequence[str]) -> Mapping[int, str]:
        """The fields of a row of heads by their place; of two alike, the first."""
        found: dict[int, str] = {}
        for place, cell in enumerate(row):
            name = self.field(group, cell)
            if name and name not in found.values():
                found[place] = name
        return found

    def listed(self, name: str, text: str) -> bool:
        """True if ``text`` is one of a list."""
        return key(text) in {key(each) for each in self.lists.get(name, ())}


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """A label for comparing: without a number before it, case or punctuation."""
    return readings(" ".join(text.split())).whole[-1]


def read_labels(text: str) -> Labels:
    """The labels of a file that ships with the product."""
    node = read_yaml(text)
    assert node is not None
    found = plain(node)
    assert isinstance(found, dict)
    groups = {name: _by_label(value) for name, value in found.items() if isinstance(value, dict)}
    return Labels(groups, {name: _words(value) for name, value in found.items() if isinstance(value, list)})


def _by_label(group: Mapping[str, object]) -> Mapping[str, str]:
    """The fields of a group by their labels; of two with one label the first."""
    return {key(word): name for name, words in reversed(tuple(group.items())) for word in reversed(_words(words))}


def _words(value: object) -> tuple[str, ...]:
    assert isinstance(value, Iterable)
    return tuple(map(str, value))
