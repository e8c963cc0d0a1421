"""The command ``qmsctl``: how a command line is carried out, and how errors leave it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qmsctl.cli.composed import composed
from qmsctl.cli.language import asked_language, chosen_language
from qmsctl.cli.later import typer
from qmsctl.cli.plain_line import plain_line
from qmsctl.cli.session import Session
from qmsctl.cli.streams import OutputLost, of_output, silence
from qmsctl.cli.terminal import Stream, Terminal
from qmsctl.errors import QmsError
from qmsctl.message import _
from qmsctl.unfilled import refuse_holes, unfilled

UNSEEN, INTERRUPTED, BROKEN_PIPE = 1, 130, 141

_MOST = 5
"""How often a person may be asked for what the same command lacks."""


def run(arguments: Sequence[str], lost: Exception | None = None) -> int:
    """Carry out ``arguments`` and return the exit code. No traceback gets out of here.

    ``lost`` is what kept the answer to them, which was known, from being printed.
    """
    if lost is not None and sys.stdout is not None:
        silence(sys.stdout)
    _speak_utf8()
    arguments = composed(arguments)
    session = Session(Terminal.here(chosen_language(arguments)), language_is_asked=asked_language(arguments) is not None)
    code = _lost(session, lost) if isinstance(lost, OSError) else _run(session, arguments)
    return code if session.unheard is None else _unheard(session, session.unheard, code)


def _run(session: Session, arguments: Sequence[str]) -> int:
    try:
        refuse_holes(unfilled(arguments))
        code = _carried_out(session, list(arguments))
        session.flush()
        if code == INTERRUPTED:  # the command-line library has met a Ctrl-C
            return _interrupted(session)
        incomplete = session.say_unseen()
        session.settle()
        return (code if isinstance(code, int) else 0) or (UNSEEN if incomplete else 0)
    except KeyboardInterrupt:
        return _interrupted(session)
    except BrokenPipeError:
        return _nobody_reads(session)
    except SystemExit as error:  # the command-line library meets a broken pipe with an exit of its own
        if isinstance(error.__context__, BrokenPipeError):
            return _nobody_reads(session)
        raise
    except typer.Abort:
        return _interrupted(session)
    except Exception as error:  # noqa: BLE001 — a fault is told, never thrown at a reader
        told = of_output(error)
        return _lost(session, told) if isinstance(told, OutputLost) else _explained(session, told, arguments)


def _interrupted(session: Session) -> int:
    session.say_text(f"\n{session.words(_('interrupted'))}")
    return INTERRUPTED


def _carried_out(session: Session, arguments: list[str]) -> object:
    """The command; where it lacks what a person at a terminal can say, once more with the answers."""
    for _time in range(_MOST):
        try:
            return _once(session, arguments)
        except QmsError as error:
            from qmsctl.cli.lacking import answers
            from qmsctl.cli.program import root_command
            from qmsctl.cli.typed import typed

            added = answers(session, error, typed(root_command(session), arguments, session)) if session.terminal.asks and "--" not in arguments else []
            if not added:
                raise
            arguments = [*arguments, *added]
    return _once(session, arguments)


def _once(session: Session, arguments: list[str]) -> object:
    plain = plain_line(arguments)
    if plain:
        return plain.run(session)
    from qmsctl.cli.program import root_command

    return root_command(session).main(arguments, prog_name="qmsctl", standalone_mode=False, obj=session)


def _explained(session: Session, error: Exception, arguments: Sequence[str]) -> int:
    """The exit code, once it is said why ``arguments`` failed and how to go on."""
    from qmsctl.cli import command_line
    from qmsctl.cli.failure import explain_failure
    from qmsctl.cli.program import root_command
    from qmsctl.cli.typed import together, typed

    given = None
    if arguments and isinstance(error, QmsError | command_line.MissingParameter):
        given = typed(root_command(session), arguments, session)
    elif isinstance(error, command_line.NotUnderstood):
        given = together(root_command(session), arguments, session, error)
    return explain_failure(session, error, given)


def _lost(session: Session, error: OSError | OutputLost) -> int:
    """What was to be printed cannot be: say why."""
    silence(sys.stdout)
    if isinstance(error, BrokenPipeError):
        return _nobody_reads(session)
    return _explained(session, OutputLost(Stream.OUT, error) if isinstance(error, OSError) else error, ())


def _nobody_reads(session: Session) -> int:
    """The reader of the output went away: say no more than what was written, and the rest by the exit code alone."""
    silence(sys.stdout)
    session.say_written()
    return BROKEN_PIPE


def _unheard(session: Session, lost: OutputLost, code: int) -> int:
    """The talk of a command reached nobody: say so where its data goes, if that is open."""
    if lost.is_unread:
        return code or BROKEN_PIPE
    try:
        print(f"{session.words(_('error'))}: {session.words(lost.message)}", flush=True)
    except OSError:
        silence(sys.stdout)
    return code or lost.exit_code


def _speak_utf8() -> None:
    """Vietnamese has to come out whole, whatever the locale of the machine says; a closed stream swallows it."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 — for the whole run
    streams: tuple[Any, ...] = (sys.stdout, sys.stderr)
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
