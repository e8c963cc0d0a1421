"""A sign-off bears a moment at which it cannot have been made.

## Why
The order of the signatures is part of what they prove: first the author submits the text, then others
review and approve that very text (ISO 9001:2008, 4.2.3 a; ISO 9001:2015, 7.5.2). A date in the future, an
approval before the text was submitted, or an adoption before the decision it rests on, was not written
when it says.

Nothing is returned once it is approved: what is in force is withdrawn or superseded.

## Bad
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```
```dossier CSCL
author lan 2026-01-06T08:00:00+07:00
approve binh director 2026-01-05T08:00:00+07:00
```

## Good
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```
```dossier CSCL
author lan 2026-01-06T08:00:00+07:00
approve binh director 2026-01-06T09:00:00+07:00
```

## Mend
Take the wrong sign-off out and sign again; `qmsctl` writes the present moment. If the clock of the
computer was wrong, set it right first. A paper approved earlier is brought in with `qmsctl adopt`,
which keeps the date of the decision apart from the day of entry.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.approval import completed, counts, day_of
from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Dossier, Item, SignOff, read_signoff
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2",)}

_AFTER_AUTHOR = ("review", "approve", "return")
_Signed = tuple[Item, SignOff]


def check(library: Library) -> Iterator[Problem]:
    """Each sign-off against the clock, its dossier's author, its decision, and approvals before it."""
    folders: dict[str, list[_Signed]] = defaultdict(list)
    for item in library.signoff_items:
        signoff = read_signoff(item)
        if signoff:
            folders[item.path.rpartition("/")[0]].append((item, signoff))
    for signed in folders.values():
        yield from _folder(signed, library)
    for dossiers in library.dossiers.values():
        for dossier in dossiers:
            if dossier.revision is not None and dossier.of("return"):
                files = {signoff.path: item for item, signoff in folders[dossier.folder]}
                yield from _returned_late(dossier, files, library)


def _folder(signed: Sequence[_Signed], library: Library) -> Iterator[Problem]:
    submitted = min((s.at for _item, s in signed if s.meaning == "author"), default=None)
    for item, signoff in signed:
        name = library.people.name(signoff.person)
        if signoff.at > library.clock:
            moment = library.clock.astimezone(signoff.at.tzinfo)
            yield _problem(item, _("the sign-off of {name} is dated {at}, but it is only {now}", name=name, at=signoff.at, now=moment))
        elif signoff.meaning in _AFTER_AUTHOR and signoff.revision is not None:
            if submitted is None:
                yield _problem(item, _("{name} signed {id}, but no author has submitted this copy", name=name, id=signoff.subject))
            elif signoff.at < submitted:
                at = submitted.astimezone(signoff.at.tzinfo)
                yield _problem(
                    item,
                    _("{name} signed on {at}, before the author submitted the text on {submitted}", name=name, at=signoff.at, submitted=at),
                )
        elif signoff.meaning == "adopt" and signoff.basis and signoff.basis.date:
            day = day_of(signoff, library.config)
            if signoff.basis.date > day:
                yield _problem(
                    item,
                    _("the adoption of {day} rests on a decision of {decided}, which is later", day=day, decided=signoff.basis.date),
                )


def _problem(item: Item, message: Message) -> Problem:
    return Problem(item.path, item.line("at"), message, _("take the sign-off out and sign again with qmsctl"))


def _returned_late(dossier: Dossier, files: Mapping[str, Item], library: Library) -> Iterator[Problem]:
    """Returns of a round that was approved already."""
    kind = dossier.copy.type.name if dossier.copy else ""
    round_: list[SignOff] = []
    for signoff in dossier.signoffs:
        if signoff.meaning != "return":
            if counts(signoff, dossier, library.config, library.people):
                round_.append(signoff)
            continue
        approved, _open = completed(kind, round_, library.config)
        if approved is not None or any(each.meaning == "adopt" for each in round_):
            item = files[signoff.path]
            yield Problem(
                item.path,
                item.line("at"),
                _(
                    "{name} returned revision {revision} of {id} on {at}, after it was approved",
                    name=library.people.name(signoff.person),
                    revision=dossier.revision,
                    id=dossier.subject,
                    at=signoff.at,
                ),
                _("take the return out; to end an approved revision: qmsctl withdraw {id}", id=dossier.subject),
            )
        round_.clear()
