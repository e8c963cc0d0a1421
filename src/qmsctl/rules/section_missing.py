"""A section that the type requires is not in the text, or is empty.

## Why
Every procedure of an office answers the same questions: what for, where it applies, who does what, which
forms and records. A missing section is an answer nobody gave
(ISO 9001:2008, 4.2.1 and 4.2.3; ISO 9001:2015, 7.5.2 b). A section is a heading of the second level: ``##``
before it, or a row of ``-`` under it, or the title alone in bold on a line below an empty one, where no other heading
has it. Its title may be in any of the type's languages or in two of them
(``Mục đích / Purpose``), with any number (``1.``, ``I/``, ``A.``, ``Điều 1.``), in capitals, bold, with a colon behind it;
``section_names`` in ``qms.yaml`` adds an office's own words to headings. A heading with nothing
below it is a warning while the text is being written, an error once a document is submitted or a record signed.

## Bad
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Hướng dẫn tiếp nhận hồ sơ
---

## 1. Mục đích

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
Add the heading and write the section. If there is nothing to say, say so in one line.
``qmsctl new TYPE`` lays down all sections.
"""

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import TypeAlias

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_text
from qmsctl.core.model import Item
from qmsctl.core.narrow import Look, Office
from qmsctl.core.proof.commitment import Commitment, commitment
from qmsctl.core.sections.sections import by_title, filled_sections, named, opened, section_of
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.types.section import Section
from qmsctl.message import _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.1", "4.2.3"), "iso9001-2015": ("7.5.2",)}

_Required: TypeAlias = dict[str, tuple[Mapping[str, Section], frozenset[str]]]
_FILLED = attrgetter("filled")


def suspect(_office: Office) -> Look:
    """A section that is missing, or one that is empty, required or not."""
    known: _Required = {}

    def look(item: Item) -> bool:
        return bool(item.type.sections) and (not all(map(_FILLED, item.body.headings)) or bool(_lacking(item, known)))

    return look


def _lacking(item: Item, known: _Required) -> frozenset[str]:
    """The required sections that no heading opens."""
    titles, required = _required(item, known)
    return required.difference([section.id for each in item.body.headings if (section := opened(each, titles))])


def _required(item: Item, known: _Required) -> tuple[Mapping[str, Section], frozenset[str]]:
    """The sections of a type by their titles, and which of them it asks for."""
    if item.type.name not in known:
        required = frozenset(section.id for section in item.type.sections if section.required)
        known[item.type.name] = by_title(item.type.sections), required
    return known[item.type.name]


def check(library: Library) -> Iterator[Problem]:
    """Look for a heading of each required section."""
    known: _Required = {}
    for item in suspects(library, suspect):
        titles, required = _required(item, known)
        lacking = _lacking(item, known)
        if lacking:
            yield from _missing(library, item, titles, lacking)
        if not all(each.filled for each in item.body.headings):
            yield from _empty(library, item, required)


def _missing(library: Library, item: Item, titles: Mapping[str, Section], lacking: frozenset[str]) -> Iterator[Problem]:
    """The sections that no heading of level 2 opens; where one of another level has the title, that is said of it."""
    others = {section.id: each for each in reversed(item.body.headings) if (section := named(each, titles))}
    for section in item.type.sections:
        if section.id not in lacking:
            continue
        message = _("the section “{section}” is missing: a line “## {section}” is expected", section=section.title)
        if other := others.get(section.id):
            message = _("the section “{section}” is missing: a line “## {section}” is expected; line {line} is a heading of level {level}",
                        section=section.title, line=other.line, level=other.level)
        yield Problem(item.path, 0, message, mend_text(library, item))


def _empty(library: Library, item: Item, required: frozenset[str]) -> Iterator[Problem]:
    """The required sections that are a heading and nothing else."""
    open_ones = required - filled_sections(item)
    reached = commitment(item, library)
    severity = Severity.WARNING if reached is Commitment.WRITTEN else None
    for heading in item.body.headings if open_ones and reached is not Commitment.GIVEN_UP else ():
        section = section_of(heading, item.type.sections)
        if section is not None and section.id in open_ones:
            message = _("the section “{section}” is empty", section=section.title)
            yield Problem(item.path, heading.line, message, mend_text(library, item), severity)
