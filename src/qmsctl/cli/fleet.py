"""``qmsctl fleet``: rows that leave an office, and the lake in which a province counts them."""

from __future__ import annotations

import typer

from qmsctl.cli.commands import PlainGroup
from qmsctl.cli.fleet_export import export

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Send rows of figures to the body above, and count those of many offices.")


@app.callback()
def fleet() -> None:
    """Send rows of figures to the body above, and count those of many offices."""


app.command("export", epilog="qmsctl fleet export -o rows-2026-11.zip --sign")(export)
