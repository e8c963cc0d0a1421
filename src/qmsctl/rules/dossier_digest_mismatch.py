"""What a dossier holds is not what was signed.

## Why
Each sign-off names the SHA-256, a fingerprint of 64 digits, of the exact bytes that were signed; a copy
of these bytes lies beside it, in a folder whose name ends in the first eight digits. While the three
agree, anybody can prove what was approved (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3). If one letter of
the copy is changed, they do not.

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
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00 sha256=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
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
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```

## Mend
Put the copy back as it was signed, from the history (`git log -- signoffs/CSCL`) or from a backup; its
fingerprint will fit again. Never edit below `signoffs/`. If the signed text cannot be found any more,
that revision is not provable: submit the text again and have it approved as a new revision.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import Dossier
from qmsctl.core.library import Library
from qmsctl.core.proof.filing import all_dossiers, line_of
from qmsctl.core.reading import FileRead
from qmsctl.core.sight import Sight
from qmsctl.mend import Mend, advice, git, take_back
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3",)}


def check(library: Library) -> Iterator[Problem]:
    """Each copy against its folder's name and against the sign-offs beside it."""
    for dossier in all_dossiers(library):
        parsed = library.parsed.get(dossier.copy_path)
        if parsed is None:
            yield from _no_copy(dossier, library)
            continue
        yield from _folder_name(dossier, parsed, library)
        yield from _copy(dossier)
        yield from _sign_offs(dossier, parsed, library)


def _no_copy(dossier: Dossier, library: Library) -> Iterator[Problem]:
    """A copy that is gone; where the subject is gone as well, each sign-off is without a subject."""
    if dossier.subject in library.by_id and dossier.signoffs:
        yield Problem(
            dossier.signoffs[0].path,
            0,
            _("the signed text {copy} is missing", copy=dossier.copy_path),
            _as_signed(dossier, library),
        )


def _folder_name(dossier: Dossier, parsed: FileRead, library: Library) -> Iterator[Problem]:
    digits = dossier.key.rpartition("-")[2]
    if digits != parsed.sha256[:8]:
        yield Problem(
            dossier.copy_path,
            0,
            _(
                "the folder says {digits}, but the SHA-256 of the copy begins with {found}",
                digits=digits,
                found=parsed.sha256[:8],
            ),
            _as_signed(dossier, library),
        )


def _as_signed(dossier: Dossier, library: Library) -> Mend:
    """How to get the copy back as it came into git."""
    commit = library.outside.first_commits().get(dossier.copy_path)
    if commit is None:
        searched = git("log", "--", dossier.copy_path).in_order_to(_("to find the copy as it was signed"))
        return searched.then(advice(_("put it back"), undoes=True))
    return take_back(dossier.copy_path, since=commit.id[:12]).in_order_to(_("to have the copy as it was signed"))


def _copy(dossier: Dossier) -> Iterator[Problem]:
    copy = dossier.copy
    if copy is None:
        return
    field = "revision" if copy.is_document else "status"
    named = dossier.key.rpartition("-")[0]
    for name, found, wanted in (("id", copy.id, dossier.subject), (field, copy.text(field) or "?", named)):
        if found != wanted:
            yield Problem(
                copy.path,
                copy.line(name),
                _(
                    "the copy has {field} “{found}”, but lies in the dossier of “{wanted}”",
                    field=name,
                    found=found,
                    wanted=wanted,
                ),
                advice(_("a dossier is made by qmsctl and never moved; put back what was signed"), undoes=True),
            )


def _sign_offs(dossier: Dossier, parsed: FileRead, library: Library) -> Iterator[Problem]:
    digits = dossier.key.rpartition("-")[2]
    for signoff in dossier.signoffs:
        if signoff.sha256 != parsed.sha256:
            of_the_folder = digits != parsed.sha256[:8] and signoff.sha256.startswith(digits)
            yield Problem(
                signoff.path,
                line_of(signoff, library, "sha256"),
                _(
                    "the sign-off is on a text whose SHA-256 begins with {signed}; that of {copy} begins with {found}",
                    signed=signoff.sha256[:8],
                    copy=dossier.copy_path,
                    found=parsed.sha256[:8],
                ),
                _as_signed(dossier, library)
                if of_the_folder
                else advice(_("put back the copy as it was signed; a copied sign-off is taken out"), undoes=True),
            )
