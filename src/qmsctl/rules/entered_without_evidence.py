"""A signature was entered for somebody else with nothing to show for it.

## Why
A secretary may enter what the head has signed on paper. But where the one who enters an approval is the
author of the text himself, or where a paper approval is adopted, the entry alone proves nothing (ISO
9001:2008, 4.2.3 a and 4.2.4; ISO 9001:2015, 7.5.2 c and 7.5.3.2): somebody has to be able to look at
the paper. From format 2 on every review, approval or withdrawal that is entered for somebody else names the number and
the date of the paper and has it as a file, and acknowledgements of several persons, in one file or entered by one on one day, their date and the signed list; an
adoption without the file is a warning.

## Bad
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: hoa
---
```
```dossier CSCL
author hoa 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00 entered_by=hoa
```

## Good
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: hoa
---
```
```dossier CSCL
author hoa 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00 entered_by=minh
```

## Mend
Scan the signed paper, and enter the sign-off again with it:
`qmsctl approve CSCL --again --by binh --basis "12/QĐ-UBND" --basis-file scan.pdf`. Better still, the approver
runs `qmsctl approve CSCL --again` himself. An adoption names the number and the date of the decision.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.dossier import Basis, Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_anew
from qmsctl.core.proof.filing import all_dossiers, line_of, meaning_of
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of, entered_by_author
from qmsctl.mend import HOLE
from qmsctl.message import _

SEVERITY = Severity.ERROR
TAKEN_UP = True
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2", "7.5.3.2")}

_COUNTED = ("review", "approve", "withdraw")
_Sheets = Mapping[tuple[str, date], set[str]]
_PARTS = {"basis": _("the number of the paper"), "basis_date": _("its date"), "basis_file": _("the paper as a file")}


def check(library: Library) -> Iterator[Problem]:
    """Sign-offs entered by an author without a file, and adoptions without a decision."""
    for dossier in all_dossiers(library):
        sheets = _sheets(dossier, library)
        for signoff in dossier.signoffs:
            if signoff.meaning == "adopt":
                basis = signoff.basis
                if basis is None or not basis.number or basis.date is None:
                    yield _adopted(signoff, dossier, library)
                    continue
            elif signoff.entered_by and signoff.meaning in _COUNTED and entered_by_author(signoff, dossier, library.config):
                yield _entered(signoff, dossier, library)
                continue
            lacking = tuple(_lacking(signoff, sheets, library))
            if lacking:
                yield _not_shown(signoff, dossier, library, lacking)


def _lacking(signoff: SignOff, sheets: _Sheets, library: Library) -> Iterator[str]:
    """The options that name what is not shown: of a paper its number, its date, and the file."""
    basis = signoff.basis or Basis()
    for_others = bool(signoff.entered_by) and any(person != signoff.entered_by for person in signoff.by)
    paper = signoff.meaning == "adopt" or (for_others and signoff.meaning in _COUNTED)
    if paper or (signoff.meaning == "acknowledge" and _is_sheet(signoff, sheets, library)):
        if paper and not basis.number:
            yield "basis"
        if basis.date is None:
            yield "basis_date"
        if not signoff.has_evidence:
            yield "basis_file"


def _sheets(dossier: Dossier, library: Library) -> _Sheets:
    """Whose acknowledgements, without evidence, somebody else entered on a day: by who did, and on which."""
    found: dict[tuple[str, date], set[str]] = defaultdict(set)
    for each in dossier.of("acknowledge"):
        if each.entered_by and not each.has_evidence:
            found[each.entered_by, day_of(each, library.config)] |= set(each.by) - {each.entered_by}
    return found


def _is_sheet(signoff: SignOff, sheets: _Sheets, library: Library) -> bool:
    """True for one of several persons' acknowledgements that somebody entered on one day, in one file or in one for each."""
    if len(signoff.by) > 1:
        return True
    others = sheets.get((signoff.entered_by or "", day_of(signoff, library.config)), set())
    return len(others) > 1 and signoff.person in others and not signoff.has_evidence


def _not_shown(signoff: SignOff, dossier: Dossier, library: Library, lacking: tuple[str, ...]) -> Problem:
    return Problem(
        signoff.path,
        line_of(signoff, library, "basis", "entered_by", "by"),
        _(
            "“{meaning}” of {names} was taken from paper, and lacks: {parts}",
            meaning=meaning_of(signoff, library),
            names=tuple(library.people.name(person) for person in signoff.by),
            parts=tuple(_PARTS[each] for each in lacking),
        ),
        signed_anew(signoff, dossier, by=",".join(signoff.by), **dict.fromkeys(lacking, HOLE)),
        Severity.WARNING if signoff.meaning == "adopt" else None,
        Stricter(day_of(signoff, library.config)),
    )


def _adopted(signoff: SignOff, dossier: Dossier, library: Library) -> Problem:
    return Problem(
        signoff.path,
        line_of(signoff, library, "basis", "meaning"),
        _(
            "the adoption of {id} does not name the decision on paper it rests on: number and date are needed",
            id=signoff.subject,
        ),
        signed_anew(signoff, dossier, basis=HOLE, basis_date=HOLE, basis_file=HOLE),
    )


def _entered(signoff: SignOff, dossier: Dossier, library: Library) -> Problem:
    return Problem(
        signoff.path,
        line_of(signoff, library, "entered_by"),
        _(
            "{author} wrote {id} and also entered “{meaning}” for {names}; "
            "a file with its SHA-256 has to show that signature",
            author=library.people.name(signoff.entered_by or ""),
            id=signoff.subject,
            meaning=meaning_of(signoff, library),
            names=tuple(library.people.name(person) for person in signoff.by),
        ),
        signed_anew(signoff, dossier, by=signoff.person, basis=HOLE, basis_file=HOLE).in_order_to(_("add the signed paper")),
    )
