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
hand and never copied.
"""

from collections.abc import Iterator
from itertools import groupby

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """The name of each sign-off against its meaning and signer, and each against its neighbours."""
    for _folder, group in groupby(library.signoff_items, key=lambda item: item.path.rpartition("/")[0]):
        seen: dict[tuple[str | None, ...], Item] = {}
        for item in group:
            meaning, by = item.text("meaning"), item.texts("by")
            if item.type.kind != "signoff" or meaning is None or not by:
                continue
            if item.stem != f"{meaning}.{by[0]}" and not _numbered(item.stem, f"{meaning}.{by[0]}."):
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


def _numbered(stem: str, start: str) -> bool:
    number = stem.removeprefix(start)
    return number != stem and number.isascii() and number.isdigit()
