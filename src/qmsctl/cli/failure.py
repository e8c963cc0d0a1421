"""What a person reads when a command fails, and the exit code that goes with it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from typer.core import TyperGroup

from qmsctl.cli import command_line
from qmsctl.cli.commands import NoSuchCommand
from qmsctl.cli.telling import tell
from qmsctl.cli.terminal import Stream
from qmsctl.errors import QmsError
from qmsctl.message import Message, _

if TYPE_CHECKING:
    from qmsctl.acts.judging import RefusedByRules
    from qmsctl.cli.session import Session

USAGE, FAULT = 2, 4


def explain_failure(session: Session, error: Exception) -> int:
    """Print why the command failed and how to go on; return the exit code."""
    match error:
        case QmsError():
            return _told(session, error)
        case command_line.NoArgumentsIsHelp():
            session.say_text(error.format_message())
            return USAGE
        case command_line.Misuse():
            session.complain(*usage_words(error))
            return USAGE
        case _:
            session.complain(
                _("this is a fault in qmsctl: {error}", error=f"{type(error).__name__}: {error}"),
                _("nothing was written; please report it with the command you gave"),
            )
            return FAULT


def _told(session: Session, error: QmsError) -> int:
    """Print an error, after what was written in spite of it, or the diagnostics that it is about."""
    from qmsctl.acts.done import NotCommitted
    from qmsctl.acts.judging import RefusedByRules

    message = error.message
    match error:
        case NotCommitted():
            tell(session, error.done)
        case RefusedByRules():
            message = _refused(session, error)
    session.complain(message, error.hint)
    return error.exit_code


def _refused(session: Session, error: RefusedByRules) -> Message:
    """Print the errors that a change would bring. Files that it would have made are not named: nobody finds them."""
    from qmsctl.acts.judging import would_bring
    from qmsctl.cli.by_command import by_command
    from qmsctl.cli.formats import diagnostic_lines

    told = by_command(error.brought)
    for each in told:
        for line in diagnostic_lines(session, each, Stream.ERR, placed=each.path not in error.made):
            session.say_text(line)
    return would_bring(len(told))


def usage_words(error: command_line.Misuse) -> tuple[Message, Message]:
    """The sentence and the hint for a command line that cannot be understood."""
    context = getattr(error, "ctx", None)
    hint = _("see {command} --help", command=context.command_path if context else "qmsctl")
    match error:
        case NoSuchCommand():
            near = get_close_matches(error.name, error.known, 1)
            message = _("there is no command “{name}”", name=error.name)
            path = [*(context.command_path.split()[1:] if context else ()), *near]
            return message, _("did you mean qmsctl {command}?", command=" ".join(path)) if near else hint
        case command_line.NoSuchOption():
            return _("there is no option {name}", name=error.option_name), _option_meant(error, context) or hint
        case command_line.MissingParameter():
            return _("{name} is missing", name=_parameter(error.param)), hint
        case command_line.BadParameter():
            return _("the value of {name} does not fit: {problem}", name=_parameter(error.param), problem=_misfit(error)), hint
        case command_line.BadOptionUsage() if command_line.takes_no_value(error):
            return _("{name} takes no value", name=error.option_name), hint
        case command_line.BadOptionUsage():
            return _("{name} needs a value", name=error.option_name), hint
        case command_line.NotUnderstood() if context and isinstance(context.command, TyperGroup):
            return _("no command is named"), hint
        case command_line.NotUnderstood() if words := command_line.extra_words(error):
            return _("{command} has no place for: {words}", command=context.command_path if context else "qmsctl", words=words), hint
        case _:
            return _("the command line cannot be understood: {problem}", problem=error.message), hint


def _option_meant(error: command_line.NoSuchOption, context: command_line.Context | None) -> Message | None:
    """The option that was mistyped, or that stands after the command's name instead of before it."""
    root = context.find_root() if context else None
    given = next((each for each in root.command.params if error.option_name in each.opts), None) if root else None
    if context and root and context is not root and given:
        rest = context.command_path.removeprefix(root.command_path).strip()
        value = given.make_metavar(root)
        return _("it stands before the command: qmsctl {option} {value} {command}", option=error.option_name, value=value, command=rest)
    near = error.possibilities
    return _("did you mean {option}?", option=near[0]) if near else None


def _misfit(error: command_line.BadParameter) -> Message | str:
    kind = error.param.type.name if error.param else ""
    return _("a whole number is expected") if kind.startswith("int") else error.message


def _parameter(parameter: command_line.Parameter | None) -> str:
    if parameter is None:
        return "?"
    return parameter.opts[-1] if parameter.param_type_name == "option" else parameter.human_readable_name
