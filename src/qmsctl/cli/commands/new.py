"""``qmsctl new``: a document or record with the next id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer
from typer.core import TyperCommand

from qmsctl.acts.making import Compose, make
from qmsctl.cli import command_line
from qmsctl.cli import options as o
from qmsctl.cli.assignments import assignments
from qmsctl.cli.completion import complete_id
from qmsctl.cli.formats.type_text import type_text
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.lifecycle.creation import create
from qmsctl.core.lifecycle.derived import create_from
from qmsctl.core.tasks.assumed import assumed
from qmsctl.core.tasks.next_step import begun
from qmsctl.errors import QmsError
from qmsctl.mend import git
from qmsctl.message import _

EXAMPLE = """
qmsctl new instruction --title "Sắp xếp hồ sơ"
qmsctl new self-check --of HD-01
qmsctl new nonconformity --help
"""

_NAMED = "qmsctl.new.type"


class Command(TyperCommand):
    """The command, whose help ends with what files of the type hold that stands before ``--help``."""

    def parse_args(self, ctx: command_line.Context, args: list[str]) -> list[str]:
        """Keep the first word, for help is given before the words have a meaning."""
        ctx.meta[_NAMED] = args[0] if args else ""
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: command_line.Context, formatter: command_line.HelpFormatter) -> None:
        """Write the page of the type below the options."""
        session: Session = ctx.obj
        try:
            library = session.library(session.place())
        except QmsError:
            return
        found = library.types.get(ctx.meta.get(_NAMED, ""))
        if found is not None:
            formatter.write(f"\n{type_text(session, library, found)}\n")


@spread()
def command(
    context: typer.Context,
    type_name: o.TypeName,
    title: Annotated[str, typer.Option("--title", help="Title.")] = "",
    of: Annotated[list[str] | None, typer.Option("--of", metavar="ID", help="Make it from a document in force, such as a self-check from a procedure; may be repeated.", autocompletion=complete_id)] = None,
    fields: o.Set = None,
    by: o.By = None,
    *,
    ending: o.Ending,
) -> None:
    """Make a document or record with the next id of its series."""
    given = assignments(fields or []) | ({"title": title} if title else {})
    session: Session = context.obj
    occasion = session.occasion()
    tell(session, done := make(occasion, by, _maker(type_name, tuple(of or ()), given), ending))
    if not done.proposed:
        made = done.library.by_id[done.made[0]]
        for message in assumed(made, given):
            session.say(message)
        session.say_next(begun(made, done.library))
        repository = occasion.place.git
        if repository and repository.is_shallow():
            fetch = git("fetch", "--unshallow")
            session.say(_("this clone lacks part of the history, so an id used before may come again; to fetch it: {mend}", mend=fetch))


def _maker(type_name: str, of: Sequence[str], given: Mapping[str, str]) -> Compose:
    """Makes the file, from the documents ``of`` where some are named."""
    if of:
        return lambda library, who, body, _say: create_from(library, type_name, of, given, who, body)
    return lambda library, who, body, _say: create(library, type_name, given, who, body)
