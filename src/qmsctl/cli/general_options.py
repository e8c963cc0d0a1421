"""The options of qmsctl itself, which stand before a command's name, or anywhere after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qmsctl.cli.language import folder_from_here
from qmsctl.cli.session import Session
from qmsctl.errors import UsageError
from qmsctl.message import _
from qmsctl.value import replace

if TYPE_CHECKING:
    from qmsctl.cli import command_line

SETTERS: dict[str, Callable[[Session, Any], None]] = {}
"""What each option sets, by the name of its parameter."""


def _sets(name: str) -> Callable[[Callable[[Session, Any], None]], Callable[[Session, Any], None]]:
    def kept(setter: Callable[[Session, Any], None]) -> Callable[[Session, Any], None]:
        SETTERS[name] = setter
        return setter

    return kept


@_sets("repo")
def _start(session: Session, value: Path) -> None:
    session.start = Path(value)
    if session.start != Path():
        _keep(session, "C", str(value))
        session.again = replace(session.again, folder=folder_from_here(session.start, session.start))


def _keep(session: Session, name: str, value: str) -> None:
    """Have the commands that are proposed carry the option, too."""
    kept = (each for each in session.again.general if each[0] != name)
    session.again = replace(session.again, general=(*kept, (name, value)))


@_sets("lang")
def _check_language(session: Session, value: str) -> None:
    """The language is taken from the words of the command line before they are parsed."""
    if value not in ("vi", "en"):
        raise UsageError(_("--lang is “{lang}”; vi or en is expected", lang=value))


@_sets("no_cache")
def _keep_nothing(session: Session, value: bool) -> None:
    session.cached = session.cached and not value


@_sets("today")
def _choose_day(session: Session, value: str) -> None:
    session.day = session.read_day(value, "--today")
    _keep(session, "today", value)


def choose(session: Session, **given: Any) -> None:
    """Set what was given; ``None`` leaves an option as it is. The folder comes first: days are read as its office writes them."""
    for name, setter in SETTERS.items():
        if given.get(name) is not None:
            setter(session, given[name])


def let_stand_anywhere(command: command_line.Command, general: Iterable[command_line.Parameter]) -> None:
    """Have the command, and those below it, take the options of qmsctl too, but for those that it has of its own."""
    taken = {name for each in command.params for name in each.opts}
    command.params += [_here(each) for each in general if each.name in SETTERS and not taken.intersection(each.opts)]
    for part in getattr(command, "commands", {}).values():
        let_stand_anywhere(part, general)


def is_general(parameter: command_line.Parameter) -> bool:
    """True for an option that was put into a command here."""
    return not parameter.expose_value and parameter.name in SETTERS


def _here(option: command_line.Parameter) -> command_line.Parameter:
    found: Any = copy(option)
    found.expose_value, found.hidden, found.default = False, True, None
    found.is_eager = option.name == "repo"
    found.callback = _set
    return found  # type: ignore[no-any-return]


def _set(context: command_line.Context, option: command_line.Parameter, value: Any) -> None:
    if value is None or value is False:
        return
    context.find_root().params[option.name or ""] = value
    if isinstance(context.obj, Session):
        choose(context.obj, **{option.name or "": value})
