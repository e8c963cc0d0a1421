"""Text of the template is not replaced yet.

## Why
A new file explains itself: under each heading a paragraph in brackets and slanted type, ``*(What is
wrong …)*``, says what belongs there. A document that goes into force with such a hint says nothing where
it should speak (ISO 9001:2008, 4.2.3 a; ISO 9001:2015, 7.5.2 c). While a text is being written this is a
warning. It is an error once a document is submitted and once a record is closed; a record that goes on
after a sign-off, such as a nonconformity that has been confirmed, needs only its required sections by then.
A record that was rejected or cancelled is left as it was: its reason says enough.

## Bad
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Hướng dẫn tiếp nhận hồ sơ
---

## 1. Mục đích

*(Hướng dẫn này giúp ai làm đúng việc gì.)*

## 2. Nội dung

Kiểm tra thành phần hồ sơ, ghi giấy hẹn.
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
Write what the hint asks for in its place, and take the hint out; for a section of a record a command does it:
`qmsctl set NC-2026-001 description="…"`. Rows below it that are only an example
are replaced as well. If there is nothing to say, say so in one line.
"""

from collections.abc import Iterator
from functools import partial

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.core.narrow import Look, Office
from qmsctl.core.proof.commitment import Commitment, commitment
from qmsctl.core.sections.section_text import settable
from qmsctl.core.sections.sections import is_idle, sections_above
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.types.section import Section
from qmsctl.mend import Mend, advice
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}


def suspect(_office: Office) -> Look:
    """Hints of a template in the text."""
    return lambda item: bool(item.hints)


def check(library: Library) -> Iterator[Problem]:
    """The hints in every text that is judged."""
    for item in suspects(library, suspect):
        if item.hints:
            reached = commitment(item, library)
            for line, section in sections_above(item, item.hints) if reached is not Commitment.GIVEN_UP else ():
                if section and is_idle(item, section):
                    continue
                yield Problem(
                    item.path,
                    line,
                    _left(section),
                    partial(_mend, item, section, library),
                    Severity.ERROR if _is_wrong(section, reached) else None,
                )


def _left(section: Section | None) -> Message:
    return _("template text not yet replaced in “{section}”: *(…)*", section=section.title) if section else _("template text not yet replaced: *(…)*")


def _mend(item: Item, section: Section | None, library: Library) -> Mend:
    """The command that puts a text there, where there is one."""
    if section and item.type.kind == "record" and settable(item.type, section.id):
        return mend_field(library, item, section.id)
    return advice(_("write there what it asks for and take the hint out, in {path}", path=item.path))


def _is_wrong(section: Section | None, reached: Commitment) -> bool:
    if reached is Commitment.SIGNED:
        return section is not None and section.required
    return reached is Commitment.FINAL
