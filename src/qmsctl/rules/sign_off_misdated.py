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
Sign again, `qmsctl approve ID --again`; `qmsctl` writes the present moment, and the wrong sign-off stays beside
it as a trace. If the clock of the computer was wrong, set it right first. A paper approved earlier is brought in
with `qmsctl adopt`, which keeps the date of the decision apart from the day of entry.
"""

from collections.abc import Iterator
from datetime import datetime

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_anew
from qmsctl.core.proof.filing import all_dossiers, line_of
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import completed, counts, day_of
from qmsctl.core.signoffs.order import early
from qmsctl.core.signoffs.round import returns
from qmsctl.core.signoffs.signoff_file import read_signoff
from qmsctl.mend import HOLE, Mend, advice, command
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
TAKEN_UP = True
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2",)}

_AFTER_AUTHOR = ("review", "approve", "return")


def check(library: Library) -> Iterator[Problem]:
    """Each sign-off against the clock, its dossier's author, its decision, and approvals before it."""
    dated: set[str] = set()
    for dossier in all_dossiers(library):
        dated.update(signoff.path for signoff in dossier.signoffs)
        submitted = min((signoff.at for signoff in dossier.of("author")), default=None)
        for signoff in dossier.signoffs:
            paper = _paper_to_come(signoff, library)
            message = _misdated(signoff, submitted, library)
            if paper and not message:
                yield Problem(signoff.path, line_of(signoff, library, "basis"), paper, _again(signoff, dossier, library), None, Stricter(day_of(signoff, library.config)))
            if message:
                yield Problem(signoff.path, line_of(signoff, library, "at"), message, _again(signoff, dossier, library))
        if dossier.revision is not None and dossier.of("return"):
            yield from _returned_late(dossier, library)
    yield from _future(dated, library)


def _misdated(signoff: SignOff, submitted: datetime | None, library: Library) -> Message | None:
    name = library.people.name(signoff.person)
    if signoff.meaning in _AFTER_AUTHOR and signoff.revision is not None:
        if submitted is None:
            return _("{name} signed {id}, but no author has submitted this copy", name=name, id=signoff.subject)
        if signoff.at < submitted:
            first = submitted.astimezone(signoff.at.tzinfo)
            return _(
                "{name} signed on {at}, before the author submitted the text on {submitted}",
                name=name, at=signoff.at, submitted=first,
            )
    elif signoff.meaning == "adopt" and signoff.basis and signoff.basis.date:
        day = day_of(signoff, library.config)
        if signoff.basis.date > day:
            return _(
                "the adoption of {day} rests on a decision of {decided}, which is later",
                day=day, decided=signoff.basis.date,
            )
    return None


def _paper_to_come(signoff: SignOff, library: Library) -> Message | None:
    """A paper that bears a later day than the sign-off which rests on it."""
    day, basis = day_of(signoff, library.config), signoff.basis
    if basis is None or basis.date is None or basis.date <= day:
        return None
    return _("the sign-off of {day} rests on a paper of {decided}, which is later", day=day, decided=basis.date)


def _future(dated: set[str], library: Library) -> Iterator[Problem]:
    """Sign-offs that no dossier counts yet, and that are later than the real clock."""
    for item in library.signoff_items:
        signoff = read_signoff(item) if item.path not in dated else None
        if signoff and signoff.at > library.clock:
            name = library.people.name(signoff.person)
            now = library.clock.astimezone(signoff.at.tzinfo)
            message = _("the sign-off of {name} is dated {at}, but it is only {now}", name=name, at=signoff.at, now=now)
            out = advice(_("take {path} out", path=signoff.path), undoes=True)
            yield Problem(signoff.path, line_of(signoff, library, "at"), message, out.then(_true_day()))


def _again(signoff: SignOff, dossier: Dossier, library: Library) -> Mend:
    """How to sign at a true moment; where no author has submitted the text, what comes before that is for people to say."""
    if signoff.meaning != "adopt" and not dossier.of("author"):
        return advice(_("take {path} out", path=signoff.path), undoes=True).then(_true_day())
    paper = {"basis": HOLE, "basis_date": HOLE, "basis_file": HOLE} if signoff.meaning == "adopt" else {}
    return signed_anew(signoff, dossier, **paper).done_by([(signoff.person, library.people.name(signoff.person))])


def _true_day() -> Mend:
    return advice(_("sign on the true day: without --today, or with that of the submission or the decision"))


def _without(returned: SignOff) -> Mend:
    out = advice(_("take the return out"), undoes=True)
    ended = out.then(command("withdraw", returned.subject, comment=HOLE))
    return out.or_else(ended.in_order_to(_("to end an approved revision")))


def _returned_late(dossier: Dossier, library: Library) -> Iterator[Problem]:
    """Returns of a round that was approved already."""
    given: list[SignOff] = []
    for signoff in dossier.signoffs:
        if signoff.meaning != "return":
            if counts(signoff, dossier, library.config, library.people):
                given.append(signoff)
            continue
        before = early(dossier.type_name, given, library.config)
        approved, _open = completed(dossier.type_name, [each for each in given if each.path not in before], library.config)
        if approved is not None or any(each.meaning == "adopt" for each in given):
            yield Problem(
                signoff.path,
                line_of(signoff, library, "at"),
                _(
                    "{name} returned revision {revision} of {id} on {at}, after it was approved",
                    name=library.people.name(signoff.person),
                    revision=dossier.revision,
                    id=dossier.subject,
                    at=signoff.at,
                ),
                _without(signoff),
            )
        elif returns(signoff, dossier, library.config, library.people):
            given.clear()
