"""The command that somebody typed, as a value; what is proposed in its place loses nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from typer.core import TyperGroup

from qmsctl.cli import command_line
from qmsctl.cli.general_options import is_general
from qmsctl.cli.session import Session
from qmsctl.mend import Addition, Advice, Assignment, Command, Hole, Mend, Row, Step
from qmsctl.message import Message, _
from qmsctl.value import dataclass

_OF_THE_PERSON = frozenset({"by", "role", "comment", "sign", "key"})
"""Options that are for nobody else to give."""

_SIGNS = "sign"
"""The option of commands that sign: what they take is of the sign-off, whatever fields of the record are called."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, without the options of qmsctl itself, and the options that its command ``takes``, without dashes."""

    command: Command
    takes: frozenset[str]


def typed(root: command_line.Command, arguments: Sequence[str], session: Session) -> Typed | None:
    """The command of a command line; ``None`` where that cannot be read."""
    try:
        return _typed(root, arguments, session)
    except command_line.Misuse:
        return None


def _typed(root: command_line.Command, arguments: Sequence[str], session: Session) -> Typed | None:
    command: command_line.Command | None = root
    words, verb = list(arguments), list[str]()
    while isinstance(command, TyperGroup):
        context = command_line.Context(command, obj=session)
        begun = words
        _given, words, _order = command.make_parser(context).parse_args(words)
        if not words:
            if not (verb and command.invoke_without_command):
                return None
            words = begun
            break
        name, command, words = command.resolve_command(context, words)
        verb.append(name or "")
    if command is None:
        return None
    given, _rest, order = command.make_parser(command_line.Context(command)).parse_args(words)
    params = [each for each in dict.fromkeys(order) if not is_general(each)]
    named = [(each, word) for each in params for word in _words(given.get(each.name or ""))]
    fields = [word for each, word in named if each.name == "fields" and word is not None]
    operands = [word for each, word in named if each.param_type_name == "argument" and each.name != "fields" and word is not None]
    options = [(_long(each), word) for each, word in named if each.param_type_name == "option" and each.name != "fields"]
    takes = frozenset(name.lstrip("-") for each in command.params if each.param_type_name == "option" and not is_general(each) for name in each.opts)
    return Typed(Command(" ".join(verb), tuple(operands), tuple(_assigned(fields)), tuple(options)), takes)


def _words(value: Any) -> Iterator[str | None]:
    """The words that were given for a parameter; ``None`` for an option without one."""
    if isinstance(value, list | tuple):
        yield from (each for each in value if isinstance(each, str))
    elif isinstance(value, str):
        yield value
    elif value is True:
        yield None


def _long(option: command_line.Parameter) -> str:
    return max(option.opts, key=len).lstrip("-")


def _assigned(words: Iterable[str]) -> Iterator[Assignment]:
    for word in words:
        name, _equals, value = word.partition("=")
        yield Assignment(name.strip().removesuffix("+"), value.strip(), name.strip().endswith("+"))


def with_typed(mend: Mend, given: Typed) -> Mend:
    """A mend whose commands, where they are the one that was ``given``, have all the rest that was given with it.

    What is to be added to that command are options that it takes; of several ways those that ask for others are left out.
    """
    ways = list(mend.ways)
    first, *others = [way for each in ways if (way := _within(each, given))] or [_out_of_reach(ways[0], given)]
    for way in others:
        first = first.or_else(way)
    return first


def _within(way: Mend, given: Typed) -> Mend | None:
    steps = [_taken(_with_typed(step, given.command, for_others=bool(way.by)), given) for step in way.steps]
    return replace(way, steps=tuple(step for step in steps if step)) if all(steps) else None


def _out_of_reach(way: Mend, given: Typed) -> Mend:
    """What to do where the command cannot be given what it lacks."""
    added = [step for step in way.steps if isinstance(step, Addition)]
    lacking = (*(each.name for step in added for each in step.sets), *(name for step in added for name, _value in step.options))
    told = _("{command} has no option for {fields}: make the file with a command that has one, or by hand",
             command=Message(f"qmsctl {given.command.verb}"), fields=lacking)
    return replace(way, steps=(Advice(told),))


def _taken(step: Step, given: Typed) -> Step | None:
    """An addition as the command takes it: a field by its own option, else by ``--set``; ``None`` where it takes none of that."""
    if not isinstance(step, Addition):
        return step
    own = {each.name: each for each in step.sets if each.name in given.takes and isinstance(each.value, str | Hole)}
    by_set = "set" in given.takes
    sets = tuple(
        each for each in step.sets
        if (by_set and (each.name not in own or each.name == "title" or _SIGNS in given.takes)) or (each.name == "title" and "title" in given.takes)
    )
    wanted = ((each.name, each.value) for each in own.values() if each not in sets and isinstance(each.value, str | Hole))
    options = (*wanted, *(option for option in step.options if option[0] in given.takes))
    if sets or options:
        return replace(step, sets=sets, options=options)
    if "by" in dict(given.command.options):
        return replace(step, sets=(), options=(("by", Hole("person")),))
    return None


def _with_typed(step: Step, given: Command, *, for_others: bool) -> Step:
    if not isinstance(step, Command) or not _is_the_same(step, given) or _adds_a_row(step):
        return step
    named, has = {each.name for each in step.sets}, {name for name, _value in step.options}
    sets = (each for each in given.sets if each.name not in named)
    left_out = has | _OF_THE_PERSON if for_others else has
    return replace(step, sets=(*step.sets, *sets), options=(*step.options, *(each for each in given.options if each[0] not in left_out)))


def _adds_a_row(step: Command) -> bool:
    """True for a command that comes before the one that was given: a row may move what the fields may not."""
    return any(isinstance(each.value, Row) for each in step.sets)


def _is_the_same(step: Command, given: Command) -> bool:
    """True if both are of the same verb and about the same; what is left open in ``step`` may be anything."""
    pairs = zip(step.operands, (*given.operands, *[None] * len(step.operands)), strict=False)
    fits = all(isinstance(wanted, Hole) or wanted == word for wanted, word in pairs)
    return step.verb == given.verb and len(given.operands) <= len(step.operands) and fits
