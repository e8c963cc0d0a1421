"""The parser of command lines that Typer carries as a private package: this module alone knows where it is and how it words things."""

from __future__ import annotations

from typer import _click
from typer._click import exceptions
from typer._click.types import StringParamType
from typer.models import TyperPath

from qmsctl.cli.plain_line import FLAG, PATH, TEXT

Command = _click.Command
Context = _click.Context
HelpFormatter = _click.HelpFormatter
Parameter = _click.Parameter

Misuse = exceptions.ClickException
NotUnderstood = exceptions.UsageError
BadOptionUsage = exceptions.BadOptionUsage
BadParameter = exceptions.BadParameter
MissingParameter = exceptions.MissingParameter
NoArgumentsIsHelp = exceptions.NoArgsIsHelpError
NoSuchOption = exceptions.NoSuchOption

_EXTRA = "Got unexpected extra argument(s)"


def verb() -> str:
    """The words after ``qmsctl`` that name the command at work; none before one is known."""
    context = _click.globals.get_current_context(silent=True)
    return context.command_path.partition(" ")[2] if context else ""


def is_given(context: Context, parameter: str) -> bool:
    """Whether somebody has typed it: a value that is there by default was not asked for."""
    source = context.get_parameter_source(parameter)
    return source is not None and source.name == "COMMANDLINE"


def extra_words(error: NotUnderstood) -> str:
    """The words that a command has no place for, empty if the error is another one."""
    return error.message.removeprefix(_EXTRA).strip("() ") if error.message.startswith(_EXTRA) else ""


def takes_no_value(error: BadOptionUsage) -> bool:
    """Whether the option was given a value and has none."""
    found = error.ctx.command.params if error.ctx else ()
    return any(getattr(each, "is_flag", False) for each in found if error.option_name in (*each.opts, *each.secondary_opts))


def plain_kind(parameter: Parameter) -> str | None:
    """How :mod:`qmsctl.cli.plain_line` reads the words of a parameter; ``None`` where Typer does more with them."""
    if parameter.envvar or parameter.nargs not in (1, -1) or getattr(parameter, "prompt", None) or getattr(parameter, "count", False):
        return None
    if getattr(parameter, "is_flag", False):
        return FLAG if getattr(parameter, "is_bool_flag", False) else None
    if type(parameter.type) is TyperPath:
        return PATH if vars(parameter.type) == vars(TyperPath()) else None
    return TEXT if type(parameter.type) is StringParamType else None
