"""``qmsctl checkpoint``: what was signed, held fast by a root that can leave the house."""

from __future__ import annotations

import typer

from qmsctl.acts.checkpointing import make_checkpoint
from qmsctl.acts.keys import Signing
from qmsctl.cli import options as o
from qmsctl.cli.commands import PlainGroup
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell

app = typer.Typer(
    cls=PlainGroup, rich_markup_mode=None, add_completion=False, invoke_without_command=True,
    epilog="qmsctl checkpoint --commit\nqmsctl checkpoint --sign --commit",
)


@app.callback()
@spread()
def command(context: typer.Context, *, sign: o.Sign = False, key: o.KeyFile = None, ending: o.Ending) -> None:
    """Put what was signed since the last checkpoint into witness/log, and make a note with its root.

    The note leaves the house by letter, by a superior's signature or by a time stamp; from then on nobody can change unseen what
    was signed before.
    """
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    tell(session, make_checkpoint(session.occasion(), Signing(sign, key), ending))
