"""A paper stands behind sign-offs under two numbers or dates, or is the evidence of a record.

## Why
A decision on paper may put a whole set of documents in force: then its number, its date and its file are the same
everywhere. One file under two numbers, two files under one number and date, or the photo of a nonconformity given as a
decision, is a paper that nobody can ask for (ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015, 7.5.2 and 7.5.3.2).

## Bad
Stricter from: 2026-01-01
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
adopt binh director 2026-01-06T08:00:00+07:00 basis={"number":"86/QD","date":"2025-09-15","file":"attachments/qd-86.pdf","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
```
```md documents/policy/MTCL.md
---
id: MTCL
type: policy
title: Mục tiêu chất lượng
revision: 1
owner: lan
---
```
```dossier MTCL
adopt binh director 2026-01-06T08:00:00+07:00 basis={"number":"87/QD","date":"2025-09-15","file":"attachments/qd-86.pdf","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
```

## Good
Stricter from: 2026-01-01
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
adopt binh director 2026-01-06T08:00:00+07:00 basis={"number":"86/QD","date":"2025-09-15","file":"attachments/qd-86.pdf","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
```
```md documents/policy/MTCL.md
---
id: MTCL
type: policy
title: Mục tiêu chất lượng
revision: 1
owner: lan
---
```
```dossier MTCL
adopt binh director 2026-01-06T08:00:00+07:00 basis={"number":"86/QD","date":"2025-09-15","file":"attachments/qd-86.pdf","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
```

## Mend
Sign with the paper itself: its number, its date, and a scan of it.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.dossier import Basis, Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import signed_anew
from qmsctl.core.model import Item
from qmsctl.core.proof.filing import dossiers_with, line_of
from qmsctl.core.records.named_files import evidence_digests
from qmsctl.core.signoffs.approval import day_of
from qmsctl.mend import HOLE
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
DRAFTS = False
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2", "7.5.3.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every paper with a digest, against those that were named before it and against the evidence of records."""
    signed = [(signoff, dossier) for dossier in dossiers_with(_has_basis, library) for signoff in dossier.signoffs if signoff.basis and signoff.basis.sha256]
    evidence = evidence_digests(library) if signed else {}
    papers: dict[str, SignOff] = {}
    numbers: dict[tuple[str, date | None], SignOff] = {}
    for signoff, dossier in sorted(signed, key=lambda pair: (pair[0].at, pair[0].path)):
        basis = signoff.basis
        if basis is None or not basis.sha256:
            continue
        first = papers.setdefault(basis.sha256, signoff)
        message = _taken(basis, first, evidence)
        if message is None and basis.number and basis.date:
            message = _other_file(basis, numbers.setdefault(_name(basis), signoff))
        if message is not None:
            yield _problem(signoff, dossier, library, message)


def _has_basis(item: Item) -> bool:
    return item.has("basis")


def _problem(signoff: SignOff, dossier: Dossier, library: Library, message: Message) -> Problem:
    again = signed_anew(signoff, dossier, by=",".join(signoff.by), basis=HOLE, basis_date=HOLE, basis_file=HOLE)
    return Problem(signoff.path, line_of(signoff, library, "basis"), message, again, stricter=Stricter(day_of(signoff, library.config)))


def _taken(basis: Basis, first: SignOff, evidence: Mapping[str, str]) -> Message | None:
    """What a file is already, beside the paper it is called here."""
    if basis.sha256 and basis.sha256 in evidence:
        return _("{file} is evidence of {id}, not a paper to sign by", file=basis.file or "", id=evidence[basis.sha256])
    known = first.basis or basis
    if _name(known) != _name(basis):
        return _(
            "{file} is here the paper {number} of {day}; for {id} it is {other} of {other_day}",
            file=basis.file or "", number=basis.number or "—", day=basis.date or "—",
            id=first.subject, other=known.number or "—", other_day=known.date or "—",
        )
    return None


def _other_file(basis: Basis, first: SignOff) -> Message | None:
    """Another file than the first that had this number and date."""
    known = first.basis or basis
    if known.sha256 == basis.sha256:
        return None
    return _(
        "the paper {number} of {day} is another file here than for {id}",
        number=basis.number or "", day=basis.date or "", id=first.subject,
    )


def _name(basis: Basis) -> tuple[str, date | None]:
    """The number and the date of a paper; how the number is spaced and in which case makes no other paper."""
    return "".join((basis.number or "").casefold().split()), basis.date
