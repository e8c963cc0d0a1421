"""What the commands that sign have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date as date_type
from pathlib import Path

from qmsctl.cli.session import Session
from qmsctl.cli.signature import Signing
from qmsctl.cli.wanted import wanted_units
from qmsctl.cli.writing import acting, carry_out, one_after_another
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.acknowledgement import present_people
from qmsctl.core.lifecycle.actor import Act, Actor
from qmsctl.core.lifecycle.outcome import outcome
from qmsctl.core.model import Basis
from qmsctl.core.signoffs.approval import ATTACHMENTS
from qmsctl.core.text.values import read_date
from qmsctl.errors import UsageError
from qmsctl.message import Message, _
from qmsctl.store.loading import Place

BASIS_FOLDER = "attachments/decisions"

Sign = Callable[[Library, str, Act], Edit]
"""The pure function that makes the edit of one subject."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the options of a signing command said."""

    by: str | None = None
    role: str | None = None
    comment: str = ""
    effective: str | None = None
    basis: str | None = None
    basis_date: str | None = None
    basis_file: Path | None = None
    capacity: str | None = None
    on_behalf_of: str | None = None
    sign: bool = False
    key: Path | None = None
    unit: str | None = None
    folder: str = BASIS_FOLDER


def sign(session: Session, ids: list[str], given: Given, make: Sign, dry_run: bool, commit: bool) -> None:
    """Sign every one of ``ids`` with ``make`` and write all of it as one change."""
    carry_out_signed(
        session, given, dry_run, commit,
        lambda library, act: one_after_another(library, ids, lambda library, subject: make(library, subject, act)),
    )  # fmt: skip


def carry_out_signed(
    session: Session, given: Given, dry_run: bool, commit: bool, make: Callable[[Library, Act], Edit]
) -> None:
    """Carry out the edit that ``make`` makes of an act, with its scan taken in and, if wanted, signed with a key."""
    place = session.place()
    signing = Signing(given.sign, given.key)
    led_to: list[Message] = []

    def edit(library: Library) -> Edit:
        act, files = act_of(session, place, library, given)
        made = make(library, act)
        promised = signing.promise(place, library, act, replace(made, changes=(*made.changes, *files)))
        led_to[:] = outcome(library, promised)
        return promised

    carry_out(session, edit, dry_run, commit, signing)
    for message in () if dry_run else led_to:
        session.say(message)


def act_of(session: Session, place: Place, library: Library, given: Given) -> tuple[Act, tuple[FileChange, ...]]:
    """The circumstances of a sign-off, and the scan that has to be taken in with it."""
    _not_ahead(session)
    by = tuple(part.strip() for part in (given.by or "").split(",") if part.strip())
    actors = [acting(place, library, person) for person in by] or [acting(place, library, None)]
    basis, files = _basis(place, library, given)
    entered_by = next((each.entered_by for each in actors if each.entered_by), None)
    act = Act(
        actor=Actor(actors[0].person, entered_by),
        at=session.moment(library),
        role=given.role,
        comment=given.comment,
        effective=day(given.effective, "--effective"),
        basis=basis,
        capacity=given.capacity,
        on_behalf_of=given.on_behalf_of,
        people=by,
    )
    if given.unit:
        (unit, *_others) = sorted(wanted_units(library, given.unit, ()))
        act = present_people(library, unit, act)
    return act, files


def _not_ahead(session: Session) -> None:
    """Refuse to sign on a day that has not come yet."""
    if session.day is not None and session.day > session.clock.date():
        raise UsageError(
            _("--today is {day}, and nobody can sign on a day to come", day=session.day),
            _("leave out --today; what is to hold from a later day takes --effective {day}", day=session.day.isoformat()),
        )


def day(text: str | None, option: str) -> date_type | None:
    """The date an option gives. Raises :class:`UsageError` for anything else."""
    found = read_date(text) if text else None
    if text and found is None:
        raise UsageError(_("{option} is “{text}”; a date such as 2026-03-02 is expected", option=option, text=text))
    return found


def _basis(place: Place, library: Library, given: Given) -> tuple[Basis | None, tuple[FileChange, ...]]:
    if not (given.basis or given.basis_date or given.basis_file):
        return None, ()
    decided = day(given.basis_date, "--basis-date")
    if given.basis_file is None:
        return Basis(given.basis, decided), ()
    data = read_given(given.basis_file)
    sha256 = hashlib.sha256(data).hexdigest()
    own = inside(place, given.basis_file) or ""
    path = own if own.startswith(ATTACHMENTS) else f"{given.folder}/{given.basis_file.name}"
    known = library.outside.sha256(path)
    if known is not None and known != sha256:
        raise UsageError(_("{path} exists already with other contents; give the file another name", path=path))
    files = () if known == sha256 else (FileChange(path, None, data),)
    return Basis(given.basis, decided, path, sha256), files


def inside(place: Place, file: Path) -> str | None:
    """The path of ``file`` in the QMS folder, if it lies there."""
    resolved = file.resolve()
    if place.root is None or not resolved.is_relative_to(place.root):
        return None
    return resolved.relative_to(place.root).as_posix()


def read_given(file: Path) -> bytes:
    """The bytes of a file named on the command line. Raises :class:`UsageError` if there are none."""
    try:
        if not file.is_file():
            raise UsageError(_("there is no file {path}", path=str(file)))
        return file.read_bytes()
    except OSError as error:
        raise UsageError(_("{path} cannot be read: {problem}", path=str(file), problem=error.strerror or "")) from None
