"""Help texts and headings in the reader's language."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from qmsctl.cli import command_line
from qmsctl.cli.placeholders import translate_placeholders

if TYPE_CHECKING:
    from qmsctl.cli.session import Session

ANYWHERE = "Here, too: -C, --lang, --today, --no-cache; see qmsctl --help."

HEADINGS = (
    "Usage: ", "Options", "Commands", "Arguments", "Reports", "Examples", "Show this message and exit.", "required", "default",
    "Install completion for the current shell.",
    "Show completion for the current shell, to copy it or customize the installation.",
    ANYWHERE,
)
"""The headings of a help page, and the words that the command-line library itself puts into it."""

def translate_help(command: command_line.Command, session: Session) -> command_line.Command:
    """``command`` with its help, and that of its parameters and subcommands, translated.

    What typer calls its epilog are the examples, one a line.
    """
    translate = session.translate
    examples = [line.strip() for line in (command.epilog or "").splitlines() if line.strip()]
    command.epilog = None
    command.context_class = _context_class(session, examples)
    if command.help:
        parts = [translate(part) for part in paragraphs(command.help)]
        command.help = "\n\n".join(parts)
        command.short_help = parts[0]
    translate_placeholders(command, translate)
    for parameter in command.params:
        text = getattr(parameter, "help", None)
        if text:
            parameter.help = translate(text)  # type: ignore[attr-defined]
    for part in getattr(command, "commands", {}).values():
        translate_help(part, session)
    return command


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a docstring, each on one line: the units of translation."""
    return [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n") if part.strip()]


def _context_class(session: Session, examples: Sequence[str]) -> type[command_line.Context]:
    class Formatter(command_line.HelpFormatter):
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, session.translate("Usage: "))

        def write_heading(self, heading: str) -> None:
            super().write_heading(session.translate(heading))

        def write_dl(self, rows: Any, *args: Any, **kwargs: Any) -> None:
            super().write_dl([(first, self._words(second)) for first, second in rows], *args, **kwargs)

        def _words(self, text: str) -> str:
            own = session.translate(text)
            for word in ("required", "default"):
                own = own.replace(f"[{word}", f"[{session.translate(word)}")
            return own

    class Context(command_line.Context):
        formatter_class = Formatter

        def get_help(self) -> str:
            """The help, and beneath it the examples as they are typed: a line each, however long."""
            lines = [f"{session.translate('Examples')}:", *(f"  {line}" for line in examples)] if examples else []
            anywhere = ["", session.translate(ANYWHERE)] if self.parent else []
            return "\n".join((super().get_help(), *anywhere, *([""] if lines else []), *lines))

        def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
            """An error that does not say so learns in which command it came up, so that its help can be named."""
            if isinstance(error, command_line.NotUnderstood) and error.ctx is None:
                error.ctx = self
            super().__exit__(kind, error, trace)

    return Context
