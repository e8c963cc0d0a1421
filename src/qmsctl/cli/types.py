"""``qmsctl types``: what kinds of document and record there are."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.cli.formats.table import as_json, table
from qmsctl.cli.session import Session
from qmsctl.message import _


def command(
    context: typer.Context,
    format_: Annotated[str, typer.Option("--format", metavar="table|json", help="How to print the list.")] = "table",
) -> None:
    """List the types of documents and records, the office's own among them."""
    session: Session = context.obj
    found = session.library(session.place()).types.all()
    if format_ == "json":
        session.print(
            as_json([{"type": t.name, "kind": t.kind, "label": session.label(t.label), "id": t.id_pattern,
                      "folder": t.folder, "states": list(t.states), "builtin": t.builtin} for t in found])
        )  # fmt: skip
        return
    headings = [_("Type"), _("Kind"), _("Name"), _("Id"), _("Folder"), _("States")]
    kinds = {"document": _("document"), "record": _("record"), "signoff": _("sign-off")}
    lines = [
        [t.name, session.words(kinds.get(t.kind, t.kind)), session.label(t.label), t.id_pattern, t.folder, ", ".join(t.states)]
        for t in found
    ]
    session.print(table([session.words(each) for each in headings], lines))
