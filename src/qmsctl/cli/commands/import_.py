"""``qmsctl import``: papers of before come in, by a plan that a person corrects; registers by what their columns are called."""

from __future__ import annotations

import typer

from qmsctl.cli.commands.import_apply import apply
from qmsctl.cli.commands.import_plan import plan
from qmsctl.cli.commands.import_register import command as register
from qmsctl.cli.program import PlainGroup

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Bring in what was kept before: documents by a plan, registers from Excel and CSV.")
app.command("plan", epilog="qmsctl import plan old-papers")(plan)
app.command("apply", epilog="qmsctl import apply import.yaml --commit")(apply)
app.command("register", epilog="qmsctl import register thiet-bi.xlsx --type equipment")(register)


@app.callback()
def import_() -> None:
    """Bring in what was kept before: documents by a plan, registers from Excel and CSV."""
