"""``qmsctl history``: every revision of a document, or signed state of a record, with its sign-offs."""

from __future__ import annotations

from typing import Annotated

from qmsctl.cli.choices import one_of
from qmsctl.cli.formats.history_text import history_data, history_text
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.core.comparison.chosen_text import chosen
from qmsctl.mend import git
from qmsctl.message import _

EXAMPLE = "qmsctl history QT-07"

FORMATS = ("text", "json")


def command(
    context: typer.Context,
    subject: o.Id,
    at: o.At = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json", help="How to print it.")] = "text",
) -> None:
    """Show every revision with its reason, its sign-offs and their commits; of a record, its signed states."""
    session: Session = context.obj
    one_of(format_, "--format", FORMATS)
    place = session.place(at)
    library = session.library(place)
    shown, _round = chosen(library, subject, None)
    if format_ == "json":
        session.print(as_json(history_data(library, shown)))
    else:
        session.print("\n".join(history_text(session, library, shown)))
    if place.git is not None and place.git.is_shallow():
        fetch = git("fetch", "--unshallow")
        session.say(_("this clone lacks older commits, so a sign-off may be older than the commit named here; to fetch them: {mend}", mend=fetch))
