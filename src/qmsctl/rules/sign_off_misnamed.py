"""The file of a sign-off is not called after what it says, or says it twice.

## Why
A sign-off is found by its name: `approve.binh.md` is Bình's approval. A file that was renamed, or
copied and changed, makes one person's word look like another's (ISO 9001:2008, 4.2.3 a; ISO 9001:2015,
7.5.2 c).

## Bad
```md signoffs/CSCL/1-aaaaaaaa/approve.binh.md
---
type: signoff
subject: CSCL
revision: 1
sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
meaning: approve
by: hung
at: 2026-01-06T08:00:00+07:00
---
```

## Good
```md signoffs/CSCL/1-aaaaaaaa/approve.hung.md
---
type: signoff
subject: CSCL
revision: 1
sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
meaning: approve
by: hung
at: 2026-01-06T08:00:00+07:00
---
```

## Mend
Take the file out and let the person sign with qmsctl. Sign-offs are written by the commands, never by
hand and never copied. What is signed again, because the first does not count, lies in `approve.binh.2.md`, then in
`approve.binh.3.md`: the commands count, and the later moment has the higher number.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.sight import Sight
from qmsctl.core.text.values import read_moment
from qmsctl.mend import advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2", "7.5.3.2")}

_DIGITS = 5


def check(library: Library) -> Iterator[Problem]:
    """The name of each sign-off against its meaning and signer, and each against its neighbours."""
    for _folder, group in groupby(library.signoff_items, key=lambda item: item.path.rpartition("/")[0]):
        seen: dict[tuple[str | None, ...], Item] = {}
        files = tuple(group)
        yield from _out_of_count(files)
        for item in files:
            meaning, by = item.text("meaning"), item.texts("by")
            if item.type.kind != "signoff" or meaning is None or not by:
                continue
            if item.stem != f"{meaning}.{by[0]}" and _number(item.stem, f"{meaning}.{by[0]}.") is None:
                yield Problem(
                    item.path,
                    item.line("by"),
                    _("the sign-off is “{meaning}” by {person}; its file should be {name}",
                      meaning=meaning, person=by[0], name=f"{meaning}.{by[0]}.md"),
                    advice(_("take the file out, and let the person sign with qmsctl"), undoes=True),
                )
            twin = seen.setdefault((meaning, *by, item.text("at")), item)
            if twin is not item:
                yield Problem(
                    item.path,
                    item.line("at"),
                    _("this is the same sign-off as {other}", other=twin.path),
                    advice(_("take one of the two files out"), undoes=True),
                )


def _out_of_count(files: Sequence[Item]) -> Iterator[Problem]:
    """The numbered files of each meaning and signer: none is left out, and a later moment has a higher number."""
    counted: dict[str, dict[int, Item]] = defaultdict(dict)
    for item in files:
        start = f"{item.text('meaning')}.{next(iter(item.texts('by')), '')}"
        number = 1 if item.stem == start else _number(item.stem, f"{start}.")
        if item.type.kind == "signoff" and number is not None:
            counted[start][number] = item
    for start, numbered in counted.items():
        for number, item in sorted(numbered.items()):
            before, at = numbered.get(number - 1), read_moment(item.text("at"))
            then = read_moment(before.text("at")) if before else None
            if number > 1 and before is None:
                missing = f"{start}.{number - 1}.md" if number > 2 else f"{start}.md"
                yield _unfounded(item, _("there is no {missing} before this sign-off", missing=missing), at)
            elif before is not None and at is not None and then is not None and at < then:
                yield _unfounded(item, _("the sign-off is of {at}, before {other}, which has the lower number", at=at, other=before.path), at)


def _unfounded(item: Item, message: Message, at: datetime | None) -> Problem:
    mend = advice(_("take the file out, and let the person sign with qmsctl"), undoes=True)
    return Problem(item.path, item.line("at"), message, mend, stricter=Stricter(at.date() if at else None))


def _number(stem: str, start: str) -> int | None:
    """The number by which a file is told from earlier ones, written as the commands write it: from 2 on, without noughts."""
    number = stem.removeprefix(start)
    plain = number != stem and number.isascii() and number.isdecimal() and number[0] != "0"
    return int(number) if plain and len(number) < _DIGITS and int(number) > 1 else None
