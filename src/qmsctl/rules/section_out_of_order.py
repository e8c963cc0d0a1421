"""The sections do not stand in the order of their type.

## Why
Who knows one procedure of the office finds the way in all of them, because the forms are in section 6 of
every one (ISO 9001:2008, 4.2.3 e; ISO 9001:2015, 7.5.2 b). Further sections of one's own may stand anywhere.

## Bad
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Hướng dẫn tiếp nhận hồ sơ
---

## 1. Nội dung

Kiểm tra thành phần hồ sơ, ghi giấy hẹn.

## 2. Mục đích

Thống nhất cách tiếp nhận hồ sơ.
```

## Good
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Hướng dẫn tiếp nhận hồ sơ
---

## 1. Mục đích

Thống nhất cách tiếp nhận hồ sơ.

## 2. Nội dung

Kiểm tra thành phần hồ sơ, ghi giấy hẹn.
```

## Mend
Move the section, heading and text, to its place and number the headings anew.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_text
from qmsctl.core.model import Item
from qmsctl.core.narrow import Look, Office
from qmsctl.core.sections.sections import by_title, opened
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.text.headings import Heading
from qmsctl.core.types.section import Section
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2",)}

_Found: TypeAlias = tuple[int, Heading]
_Orders: TypeAlias = dict[str, tuple[Mapping[str, Section], Mapping[str, int]]]


def suspect(_office: Office) -> Look:
    """Sections that do not come one after the other."""
    known: _Orders = {}

    def look(item: Item) -> bool:
        numbers = [number for number, _heading in _found(item, known)]
        return any(number >= after for number, after in pairwise(numbers))

    return look


def check(library: Library) -> Iterator[Problem]:
    """Compare the order of the headings with that of the type's sections."""
    known: _Orders = {}
    for item in suspects(library, suspect):
        for heading, message in _problems(_found(item, known), item.type.sections):
            yield Problem(item.path, heading.line, message, mend_text(library, item))


def _found(item: Item, known: _Orders) -> Sequence[_Found]:
    """The headings that open sections, each with the place of its section in the type."""
    sections = item.type.sections
    if len(sections) < 2:
        return ()
    if item.type.name not in known:
        known[item.type.name] = by_title(sections), {section.id: number for number, section in enumerate(sections)}
    titles, order = known[item.type.name]
    return [(order[section.id], each) for each in item.body.headings if (section := opened(each, titles))]


def _problems(found: Sequence[_Found], sections: Sequence[Section]) -> Iterator[tuple[Heading, Message]]:
    first: dict[int, _Found] = {}
    for number, heading in found:
        if number in first:
            message = _("the section “{section}” stands here again, first on line {line}",
                        section=sections[number].title, line=first[number][1].line)
            yield heading, message
        else:
            first[number] = number, heading
    expected = tuple(sections[number].title for number in sorted(first))
    for number, heading in _misplaced(tuple(first.values())):
        message = _("the section “{section}” is out of order; expected: {order}",
                    section=sections[number].title, order=expected)
        yield heading, message


def _misplaced(found: Sequence[_Found]) -> Iterator[_Found]:
    """The fewest headings whose move brings all into order: those outside a longest rising row."""
    ends: list[int] = []
    lengths: list[int] = []
    for number, _heading in found:
        place = bisect_left(ends, number)
        ends[place : place + 1] = [number]
        lengths.append(place + 1)
    wanted, limit = len(ends), max(ends, default=0)
    for (number, heading), length in reversed([*zip(found, lengths, strict=True)]):
        if length == wanted and number <= limit:
            wanted, limit = wanted - 1, number
        else:
            yield number, heading
