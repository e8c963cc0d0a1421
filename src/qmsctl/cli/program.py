"""The program with its global options; a command is found by name, and its module imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer
from typer.core import TyperGroup

from qmsctl import __version__
from qmsctl.cli import command_line
from qmsctl.cli.general_options import choose, let_stand_anywhere
from qmsctl.cli.help import translate_help
from qmsctl.cli.session import Session

COMMANDS = ["init", "new", "revise", "submit", "review", "approve", "return", "withdraw", "acknowledge", "import", "adopt", "set", "row", "tidy", "attach", "advance", "reopen", "escalate", "measure", "nc", "audit", "management-review", "check", "sync", "renumber", "hook", "explain", "rules", "todo", "status", "list", "show", "history", "diff", "procedure", "training", "cases", "verify", "checkpoint", "witness", "types", "schema", "report", "export", "coverage", "transition", "records", "upgrade", "fleet", "serve"]
"""The commands, in the order of a document's life; each is the module of its name."""

_KEYWORDS = {"import": "import_", "return": "return_", "list": "list_", "set": "set_", "management-review": "management_review"}


def module_of(name: str) -> ModuleType:
    """The module that has the command ``name``."""
    return import_module(f"qmsctl.cli.commands.{_KEYWORDS.get(name, name)}")


class PlainGroup(TyperGroup):
    """A group that names an unknown command in a sentence of ours."""

    def resolve_command(
        self, ctx: command_line.Context, args: list[str]
    ) -> tuple[str | None, command_line.Command | None, list[str]]:
        """The command that ``args`` begin with. Raises :class:`NoSuchCommand`."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            raise NoSuchCommand(args[0], known, ctx, args[1:])
        return super().resolve_command(ctx, args)


class LazyGroup(PlainGroup):
    """A group whose commands are modules of this package.

    A module has an ``app`` of several commands, each with its examples as ``epilog``, or one function ``command`` and its
    examples, one a line, in ``EXAMPLE``; a class ``Command`` where its help says more than others.
    """

    def list_commands(self, ctx: command_line.Context) -> list[str]:
        """The names of all commands, in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: command_line.Context, cmd_name: str) -> command_line.Command | None:
        """The command of this name, its help in the reader's language."""
        if cmd_name not in COMMANDS:
            return None
        module = module_of(cmd_name)
        application: typer.Typer | None = getattr(module, "app", None)
        if application is None:
            application = typer.Typer(rich_markup_mode=None, add_completion=False)
            application.command(cmd_name, cls=getattr(module, "Command", None), epilog=module.EXAMPLE)(module.command)
        found = typer.main.get_command(application)
        found.name = cmd_name
        let_stand_anywhere(found, ctx.find_root().command.params)
        return translate_help(found, ctx.obj)


class NoSuchCommand(command_line.NotUnderstood):
    """A word that is no command, the words that are, and what was written after it."""

    def __init__(self, name: str, known: list[str], context: command_line.Context, rest: Sequence[str] = ()) -> None:
        super().__init__(name, context)
        self.rest = rest
        self.name = name
        self.known = known


def root_command(session: Session) -> command_line.Command:
    """The program itself, with all its commands below it."""
    application = typer.Typer(
        cls=LazyGroup, rich_markup_mode=None, pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True,
    )
    application.callback()(options)
    return translate_help(typer.main.get_command(application), session)


def options(
    context: typer.Context,
    repo: Annotated[Path, typer.Option("-C", "--repo", metavar="DIR", help="Folder of the QMS, or one inside it.")] = Path(),
    lang: Annotated[str | None, typer.Option("--lang", metavar="vi|en", help="Language of messages and reports.")] = None,
    today: Annotated[str | None, typer.Option("--today", metavar="DATE", help="The day it is to be: what was in force then.")] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Read every file again, and keep nothing of it for the next command.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_version)] = False,
) -> None:
    """Run an ISO 9001 quality management system as a git repository of Markdown files."""
    session: Session = context.obj
    choose(session, repo=repo, lang=lang, no_cache=no_cache, today=today)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"qmsctl {__version__}")
        raise typer.Exit
