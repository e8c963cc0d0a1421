"""``qmsctl new``: a document or record with the next id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.assignments import assignments
from qmsctl.cli.completion import complete_id
from qmsctl.cli.session import Session
from qmsctl.cli.writing import carry_out, git_email
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import create
from qmsctl.core.lifecycle.derived import create_from
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import _

EXAMPLE = """
qmsctl new instruction --title "Sắp xếp hồ sơ"
qmsctl new self-check --of HD-01
"""


def command(
    context: typer.Context,
    type_name: o.TypeName,
    title: Annotated[str, typer.Option("--title", help="Title.")] = "",
    of: Annotated[list[str] | None, typer.Option("--of", metavar="ID", help="Make it from a document in force, such as a self-check from a procedure; may be repeated.", autocompletion=complete_id)] = None,
    fields: o.Set = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Make a document or record with the next id of its series."""
    given = assignments(fields or [])
    create_one(context.obj, type_name, given | ({"title": title} if title else {}), by, dry_run, commit, of or ())


def create_one(
    session: Session, type_name: str, given: dict[str, str], by: str | None, dry_run: bool, commit: bool, of: Sequence[str] = ()
) -> None:
    """Make one document or record and say how to go on."""
    from qmsctl.store.rendering import new_body

    place = session.place()
    email = git_email(place)

    def edit(library: Library) -> Edit:
        own = library.people.by_email(email) if email else None
        person = by or (own.id if own else None)
        language = library.config.language

        def body(found: RecordType, new_id: str, text: str) -> str:
            return new_body(found, new_id, text, language)

        if of:
            return create_from(library, type_name, of, given, person, body)
        return create(library, type_name, given, person, body)

    carry_out(session, edit, dry_run, commit)
    if not dry_run:
        session.say(_("fill it in with your editor, then run: qmsctl check"))
        if place.git and (place.git.is_shallow() or place.git.is_partial()):
            session.say(_("this clone lacks part of the history, so an id used before may come again; git fetch --unshallow brings it"))
