"""``qmsctl checkpoint``: what was signed, held fast by a root that can leave the house."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qmsctl.acts.checkpointing import LETTERS, ask_for_stamp, keep_stamp, make_checkpoint, register_letter
from qmsctl.acts.keys import Signing
from qmsctl.cli import options as o
from qmsctl.cli.arguments import read_given
from qmsctl.cli.program import PlainGroup
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.message import _

app = typer.Typer(
    cls=PlainGroup, rich_markup_mode=None, add_completion=False, invoke_without_command=True,
    epilog="qmsctl checkpoint --commit\nqmsctl checkpoint --sign --commit",
)

Note = Annotated[str | None, typer.Argument(metavar="[NOTE]", help="A note in witness/; the latest one by default.")]


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


@app.command("letter", epilog="qmsctl checkpoint letter -o letter.html\nqmsctl checkpoint letter --basis 12/UBND-VP --basis-date 2026-12-01 --basis-file 12.pdf --commit")
@spread()
def letter(
    context: typer.Context,
    note: Note = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="File to write; - for standard output.")] = None,
    basis: Annotated[str | None, typer.Option("--basis", metavar="NUMBER", help="Number of the letter that has gone out: it is registered beside the note.")] = None,
    basis_date: Annotated[str | None, typer.Option("--basis-date", metavar="DATE", help="Its day.")] = None,
    basis_file: Annotated[Path | None, typer.Option("--basis-file", metavar="FILE", help="Its scan, kept under attachments/witness/.")] = None,
    force: o.Force = False,
    *,
    ending: o.Ending,
) -> None:
    """Draft the letter with the root, as a page to print; once it is registered and sent, file it with --basis."""
    session: Session = context.obj
    if basis or basis_date or basis_file:
        occasion = session.occasion()
        said = o.SignOff(basis=basis, basis_date=basis_date, basis_file=basis_file)
        tell(session, register_letter(occasion, note, given(session, said, occasion.place, LETTERS), ending))
    else:
        _draft(session, note, output, force=force, proposed=ending.dry_run)


def _draft(session: Session, note: str | None, output: Path | None, *, force: bool, proposed: bool) -> None:
    from qmsctl.cli.commands.report import default_file, report_options, write_page
    from qmsctl.core.witness.letter import chosen_checkpoint
    from qmsctl.reports.checkpoint_letter import checkpoint_letter
    from qmsctl.store.pages.qr import qr_data_uri
    from qmsctl.store.pages.report_page import render_report

    place = session.place()
    library = session.library(place)
    found = chosen_checkpoint(library, note)
    code = qr_data_uri(found.note.encode().decode())
    if code is None:
        session.say(_("the letter has no QR code, and is complete without it; for the code: pip install 'qmsctl[letter]'"))
    if proposed:
        session.say(_("nothing was written (--dry-run)"))
        return
    page = render_report("checkpoint-letter", checkpoint_letter(library, found, code, report_options(session, place)), session.language)
    write_page(session, page, output or default_file(session, "checkpoint-letter", library, "html"), force=force)


@app.command("stamp", epilog="qmsctl checkpoint stamp\nqmsctl checkpoint stamp --answer answer.tsr --commit")
@spread()
def stamp(
    context: typer.Context,
    note: Note = None,
    answer: Annotated[Path | None, typer.Option("--answer", metavar="FILE", help="The answer of the authority (.tsr), to be kept beside the note.")] = None,
    *,
    ending: o.Ending,
) -> None:
    """Write the request for a time stamp (RFC 3161) beside a note, or keep the answer; nothing is sent from here."""
    session: Session = context.obj
    occasion = session.occasion()
    tell(session, ask_for_stamp(occasion, note, ending) if answer is None else keep_stamp(occasion, note, read_given(answer), ending))
