"""Acts that sign: a sign-off of one or several subjects, with the paper it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from qmsctl.acts.carrying_out import perform
from qmsctl.acts.done import Done, Made
from qmsctl.acts.ending import Ending
from qmsctl.acts.granting import granted_here_alone
from qmsctl.acts.judging import RefusedByRules
from qmsctl.acts.keys import Promise, Signing, promised
from qmsctl.acts.occasion import Occasion
from qmsctl.acts.several import Several
from qmsctl.core.around import resting
from qmsctl.core.dossier import ATTACHMENTS, Basis
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act, Actor
from qmsctl.core.lifecycle.paper_approver import paper_approver
from qmsctl.errors import UsageError
from qmsctl.mend import addition, advice
from qmsctl.message import _
from qmsctl.value import dataclass, field, replace

DECISIONS = "attachments/decisions"

Sign = Callable[[Library, str, Act], Edit]
"""The pure function that makes the edit of one subject."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A scan or signed PDF; ``path`` says where it lies in the QMS, if it does, ``folder`` where it is kept if not."""

    name: str
    data: bytes
    path: str | None = None
    folder: str = DECISIONS


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of a sign-off: by whom, if not git's user alone, in which role, with which words, on what basis.

    Of several subjects ``together`` signs all or none. ``approved_by`` is who approved the paper that is adopted: an id, or “name, title, body”.
    """

    by: tuple[str, ...] = ()
    role: str | None = None
    comment: str = ""
    effective: date | None = None
    basis: str | None = None
    basis_date: date | None = None
    paper: Paper | None = None
    capacity: str | None = None
    on_behalf_of: str | None = None
    signing: Signing = field(default_factory=Signing)
    again: bool = False
    together: bool = False
    approved_by: str | None = None


def sign(occasion: Occasion, ids: Sequence[str], given: Given, make: Sign, ending: Ending) -> Done:
    """Sign every one of ``ids`` that can be signed with ``make``, and write all of it as one change.

    Raises what is against the only one, or against any where they are signed ``together``; :class:`LeftOut` where
    none of several can be.
    """
    _not_ahead(occasion)
    occasion = replace(occasion, exact=partial(resting, frozenset(ids)))
    subjects = tuple(dict.fromkeys(ids))
    several = Several(subjects, given.together or len(subjects) == 1)
    while True:
        try:
            done = perform(occasion, partial(_signed, occasion, given, several, make), ending)
            told = granted_here_alone(done, occasion.place)
            return replace(done, edit=replace(done.edit, remarks=(*done.edit.remarks, *told)), left=several.left_out)
        except Made as error:
            error.left = several.left_out
            raise
        except RefusedByRules as error:
            library = occasion.anew().library()
            several.leave_out(error, library, _act(occasion, library, given)[1])


def _signed(occasion: Occasion, given: Given, several: Several, make: Sign, library: Library) -> Promise:
    act, files = _act(occasion, library, given)
    edit = several.made(lambda subject: make(library, subject, act), files)
    return promised(occasion, library, edit, given.signing)


def _act(occasion: Occasion, library: Library, given: Given) -> tuple[Act, tuple[FileChange, ...]]:
    """The circumstances of a sign-off, and the scan that has to be taken in with it."""
    actors = [occasion.actor(library, person) for person in given.by] or [occasion.actor(library)]
    basis, files = basis_of(library, given)
    entered_by = next((each.entered_by for each in actors if each.entered_by), None)
    act = Act(
        actor=Actor(actors[0].person, entered_by),
        at=occasion.moment(library),
        role=given.role,
        comment=given.comment,
        effective=given.effective,
        basis=basis,
        capacity=given.capacity,
        on_behalf_of=given.on_behalf_of,
        people=given.by,
        again=given.again,
        approved_by=paper_approver(library, given.approved_by) if given.approved_by is not None else None,
    )
    return act, files


def _not_ahead(occasion: Occasion) -> None:
    """Refuse to sign on a day that has not come yet."""
    day = occasion.day
    if day is not None and day > occasion.clock.date():
        raise UsageError(
            _("--today is {day}, and nobody can sign on a day to come", day=day),
            advice(_("leave out --today")).or_else(addition(effective=day.isoformat()).in_order_to(_("what is to hold from a later day"))),
        )


def basis_of(library: Library, given: Given) -> tuple[Basis | None, tuple[FileChange, ...]]:
    """The paper that is named, and its scan where it has to be taken in. Raises ``UsageError`` where another file has its name."""
    paper = given.paper
    if paper is None:
        return (Basis(given.basis, given.basis_date) if given.basis or given.basis_date else None), ()
    sha256 = hashlib.sha256(paper.data).hexdigest()
    own = paper.path or ""
    path = own if own.startswith(ATTACHMENTS) else f"{paper.folder}/{paper.name}"
    known = library.outside.sha256(path)
    if known is not None and known != sha256:
        raise UsageError(_("{path} exists already with other contents; give the file another name", path=path))
    files = () if known == sha256 else (FileChange(path, None, paper.data),)
    return Basis(given.basis, given.basis_date, path, sha256), files
