"""What a person reads when a command fails, and the exit code that goes with it."""

from __future__ import annotations

from contextlib import suppress
from difflib import get_close_matches
from errno import EROFS
from pathlib import Path
from typing import TYPE_CHECKING

from typer.core import TyperGroup

from qmsctl.cli import command_line
from qmsctl.cli.option_words import option_meant
from qmsctl.cli.program import NoSuchCommand
from qmsctl.cli.streams import OutputLost
from qmsctl.cli.telling import tell_written
from qmsctl.cli.terminal import Stream
from qmsctl.cli.typed import Typed, with_typed
from qmsctl.errors import QmsError
from qmsctl.mend import HOLE, Hole, Mend, advice, command, git, with_general
from qmsctl.mend_words import shell_word
from qmsctl.message import Message, _
from qmsctl.store.machine.system_words import plain, remedy
from qmsctl.value import replace

if TYPE_CHECKING:
    from qmsctl.acts.judging import RefusedByRules
    from qmsctl.acts.several import LeftOut
    from qmsctl.cli.session import Session

USAGE, FAULT = 2, 4


def explain_failure(session: Session, error: Exception, given: Typed | None) -> int:
    """Print why the command failed and how to go on; return the exit code. ``given`` is what was typed, if that is known."""
    match error:
        case OutputLost():
            session.say_written()
            return _told(session, error, given)
        case QmsError():
            return _told(session, error, given)
        case OSError():
            session.say_written()
            session.complain(*_of_the_system(error))
            return QmsError.exit_code
        case MemoryError() | RuntimeError(args=("can't start new thread",)):
            session.say_written()
            session.complain(
                _("the system gives qmsctl no more memory or processes"),
                git("status").in_order_to(_("see what was written")).then(advice(_("end other programs, or have the limits raised, which this shows: {command}", command="ulimit -a"))),
            )
            return QmsError.exit_code
        case command_line.NoArgumentsIsHelp():
            session.say_text(error.format_message())
            return USAGE
        case command_line.Misuse():
            session.complain(*usage_words(error, given))
            return USAGE
        case _:
            session.say_written()
            session.complain(
                _("this is a fault in qmsctl: {error}", error=f"{type(error).__name__}: {error}"),
                git("status").in_order_to(_("see what was written")).then(advice(_("please report it with the command you gave"))),
            )
            return FAULT


def _of_the_system(error: OSError) -> tuple[Message, Mend]:
    """What the system says it is, and of which file, and what to do about it; where nothing can be written, nothing was."""
    try:
        Path.cwd()
    except OSError:
        return _("the folder that you are in is not there any more"), advice(_("go to one that is there, and give the command again"))
    said = plain(error)
    reason = Message("{path}: {said}", {"path": error.filename, "said": said}) if isinstance(error.filename, str) else said
    room = remedy(error, shell_word(error.filename) if isinstance(error.filename, str) else ".")
    message = _("the system does not let qmsctl go on: {reason}", reason=reason)
    if error.errno == EROFS:
        return message, room
    return message, git("status").in_order_to(_("see what was written")).then(room)


def _told(session: Session, error: QmsError, given: Typed | None) -> int:
    """Print an error, after what was written in spite of it, or the diagnostics that it is about."""
    from qmsctl.acts.done import Made
    from qmsctl.acts.judging import RefusedByRules
    from qmsctl.acts.several import LeftOut

    message = error.message
    match error:
        case LeftOut():
            _left_out(session, error, given)
        case Made():
            tell_written(session, error.edit, error.commit)
            _left_out(session, error.left, given)
        case RefusedByRules():
            message = _refused(session, error, given)
    session.complain(message, _whole(_of_system_gone(error) or error.mend, given))
    return error.exit_code


def _of_system_gone(error: QmsError) -> Mend | None:
    """Where the system is deleted here and not in git, the way back; it is looked for only where it is to be told."""
    from qmsctl.store.roots import NoSystem, taken_back

    with suppress(QmsError):
        return taken_back(error) if isinstance(error, NoSystem) else None
    return None


def _left_out(session: Session, error: LeftOut | None, given: Typed | None) -> None:
    """Why some of several were not signed."""
    from qmsctl.acts.judging import RefusedByRules

    for name, why in error.left.items() if error else ():
        if isinstance(why, RefusedByRules):
            _refused(session, why, given)
            session.complain(_("{id} is left out for what is said above", id=name))
        else:
            session.complain(_("{id} is left out: {reason}", id=name, reason=why.message), _whole(why.mend, given))


def _whole(mend: Mend | None, given: Typed | None) -> Mend | None:
    return with_typed(mend, given) if mend is not None and given is not None else mend


def _refused(session: Session, error: RefusedByRules, given: Typed | None) -> Message:
    """Print the errors that a change would bring. Files that it would have made are not named: nobody finds them."""
    from qmsctl.cli.formats.check_text import diagnostic_lines

    unknown = {str(each.message.params.get("key")) for each in error.brought if each.rule == "field-unknown"}
    known = replace(given, command=replace(given.command, sets=tuple(each for each in given.command.sets if each.name not in unknown))) if given else None
    for each in error.brought:
        whole = replace(each, mend=_whole(each.mend, given if each.rule == "field-unknown" else known))
        for line in diagnostic_lines(session, whole, Stream.ERR, placed=each.path not in error.made):
            session.say_text(line)
    return error.message


def usage_words(error: command_line.Misuse, given: Typed | None = None) -> tuple[Message, Mend]:
    """The sentence and the mend for a command line that cannot be understood; ``given`` is what it may have been meant to be."""
    context = getattr(error, "ctx", None)
    usage = command(_verb(context), help=True).in_order_to(_("to see how it is used"))
    meant = Mend((given.command,)).in_order_to(_("put words that belong together between quotation marks")) if given else None
    match error:
        case NoSuchCommand():
            near = get_close_matches(error.name, error.known, 1)
            message = _("there is no command “{name}”", name=error.name)
            verb = " ".join(filter(None, (_verb(context), *near)))
            return message, _step_meant(error) or (command(verb).in_order_to(_("did you mean")) if near else usage)
        case command_line.NoSuchOption():
            return _("there is no option {name}", name=error.option_name), _option_meant(error, context) or usage
        case command_line.MissingParameter():
            return _("{name} is missing", name=_parameter(error.param)), _completed(given, error.param).or_else(usage) if given and error.param else usage
        case command_line.BadParameter():
            return _("the value of {name} does not fit: {problem}", name=_parameter(error.param), problem=_misfit(error)), usage
        case command_line.BadOptionUsage() if command_line.takes_no_value(error):
            return _("{name} takes no value", name=error.option_name), usage
        case command_line.BadOptionUsage():
            return _("{name} needs a value", name=error.option_name), usage
        case command_line.NotUnderstood() if context and isinstance(context.command, TyperGroup):
            return _("no command is named"), usage
        case command_line.NotUnderstood() if words := command_line.extra_words(error):
            return _("{command} has no place for: {words}", command=context.command_path if context else "qmsctl", words=words), meant or usage
        case _:
            return _("the command line cannot be understood: {problem}", problem=error.message), usage


def _completed(given: Typed, lacking: command_line.Parameter) -> Mend:
    """The command that was given, with a hole for what it lacks, or with the one word that it has no place for."""
    hole = Hole(lacking.name or "")
    if lacking.param_type_name == "option":
        value = given.rest[0] if len(given.rest) == 1 else hole
        return Mend((replace(given.command, options=(*given.command.options, (max(lacking.opts, key=len).lstrip("-"), value))),))
    return Mend((replace(given.command, operands=(*given.command.operands, hole)),))


_STEPS = {"close": "closed", "cancel": "cancelled", "confirm": "confirmed", "reject": "rejected"}
"""What people call a step of a record, and the state it leads to."""


def _step_meant(error: NoSuchCommand) -> Mend | None:
    """The command that takes the step that somebody called by a word of their own."""
    state = _STEPS.get(error.name.lower())
    subject = next((each for each in error.rest if not each.startswith("-")), None)
    return command("advance", subject or Hole("id"), state).in_order_to(_("did you mean")) if state else None


def _verb(context: command_line.Context | None) -> str:
    """The words after ``qmsctl`` that name the command; none for qmsctl itself."""
    return context.command_path.partition(" ")[2] if context else ""


def _option_meant(error: command_line.NoSuchOption, context: command_line.Context | None) -> Mend | None:
    """The option that was mistyped, or that stands after the command's name instead of before it."""
    root = context.find_root() if context else None
    given = next((each for each in root.command.params if error.option_name in each.opts), None) if root else None
    if context and root and context is not root and given:
        general = {error.option_name.lstrip("-"): True if getattr(given, "is_flag", False) else HOLE}
        return with_general(command(_verb(context)), **general).in_order_to(_("it stands before the command"))
    wanted = error.option_name.lstrip("-").upper()
    named = [each.opts[0] for each in context.command.params if getattr(each, "metavar", None) == wanted and each.opts[0].startswith("-")] if context else []
    taken = {name.lstrip("-") for each in context.command.params for name in each.opts if name.startswith("--")} if context else set()
    near = named[0] if named else option_meant(error.option_name.lstrip("-"), taken)
    if near:
        return advice(_("did you mean {option}?", option=f"--{near.lstrip('-')}"))
    field = f"{error.option_name.lstrip('-').replace('-', '_')}=…"
    return advice(_("a field of the record is given as: {field}", field=f"--set {field}" if "set" in taken else field)) if context and ("set" in taken or context.info_name == "set") else None


def _misfit(error: command_line.BadParameter) -> Message | str:
    kind = error.param.type.name if error.param else ""
    return _("a whole number is expected") if kind.startswith("int") else error.message


def _parameter(parameter: command_line.Parameter | None) -> str:
    if parameter is None:
        return "?"
    return parameter.opts[-1] if parameter.param_type_name == "option" else parameter.human_readable_name
