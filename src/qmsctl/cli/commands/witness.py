"""``qmsctl witness``: what somebody outside does with a note that was handed in; no system has to be here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.arguments import read_given
from qmsctl.cli.program import PlainGroup
from qmsctl.cli.session import Session
from qmsctl.core.witness.cosignature import ENDING, cosignature
from qmsctl.core.witness.note import Note, NoteRefused, read_note
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import Hole, addition, advice
from qmsctl.message import _
from qmsctl.store.outputs.output import write_output
from qmsctl.store.signatures import ssh_keygen
from qmsctl.store.signatures.ssh_keygen import SigningKey

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Bear witness to notes of another office.")


@app.callback()
def group() -> None:
    """Make ``sign`` a command of its own."""


@app.command("sign", epilog="qmsctl witness sign 2026-11-30-1.note --key ~/.ssh/id_ed25519")
def sign(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="NOTE", help="The note, as the office has handed it in.")],
    key: o.KeyFile = None,
) -> None:
    """Sign that a note was seen now: two files beside it, to be handed back to the office; keep a copy of your own.

    Earlier notes of the same office in the same folder are compared: one over fewer lines, or over as many with another root, is not signed.
    """
    session: Session = context.obj
    try:
        note = read_note(read_given(file))
    except NoteRefused as error:
        raise UsageError(_("{path}: {problem}", path=str(file), problem=error.message)) from None
    _compare(file, note)
    statement = cosignature(note, session.clock)
    target, beside = Path(f"{file}{ENDING}"), Path(f"{file}{ENDING}.sig")
    for each in (target, beside):
        if each.exists() and (each == beside or not _is_unsigned(target, beside, statement)):
            raise Refusal(_("{path} is there already", path=str(each)))
    armoured = ssh_keygen.sign(_key(key), {target.name: statement}, watched=session.terminal.stderr)[target.name]
    try:
        write_output(target, statement)
        write_output(beside, armoured)
    except Refusal:
        target.unlink(missing_ok=True)
        raise
    for path in (target, beside):
        session.print(session.words(str(path)))
    session.say(_("root: {root}", root=" ".join(note.groups)))


def _is_unsigned(target: Path, beside: Path, statement: bytes) -> bool:
    """Whether a command has left a statement such as this one, and was ended by force before its signature was there."""
    return not beside.exists() and read_given(target).split(b"\n")[0] == statement.split(b"\n")[0]


def _compare(file: Path, note: Note) -> None:
    """Raise ``Refusal`` where a note that was signed in this folder before contradicts this one."""
    for signed in sorted(file.parent.glob(f"*{ENDING}")):
        earlier = Path(str(signed).removesuffix(ENDING))
        try:
            seen = read_note(read_given(earlier))
        except (NoteRefused, UsageError):
            continue
        if seen.origin == note.origin and seen.size == note.size and seen.root != note.root:
            raise Refusal(_("{path}, signed here before, is over as many lines and has another root", path=str(earlier)), advice(_("ask the office why")))
        if seen.origin == note.origin and seen.size > note.size:
            raise Refusal(_("{path}, signed here before, is over more lines: a log never gets shorter", path=str(earlier)), advice(_("ask the office why")))


def _key(given: Path | None) -> SigningKey:
    if given is not None:
        return ssh_keygen.key_in(given.expanduser())
    held = ssh_keygen.agent_keys()
    if len(held) == 1:
        return SigningKey(held[0])
    raise Refusal(_("the agent holds {count} key(s), and one is needed", count=len(held)), addition(key=Hole("file")).in_order_to(_("say which")))
