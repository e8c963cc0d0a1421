"""The command that somebody typed, as a value; what is proposed in its place loses nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from typer.core import TyperGroup

from qmsctl.cli import command_line
from qmsctl.cli.general_options import is_general
from qmsctl.cli.session import Session
from qmsctl.core.text.suggest import Suggestion
from qmsctl.mend import Addition, Advice, Assignment, Command, Hole, Mend, Row, Step
from qmsctl.message import Message, _
from qmsctl.value import dataclass, replace

_OF_THE_PERSON = frozenset({"by", "role", "comment", "sign", "key"})
"""Options that are for nobody else to give."""

_IN_PLACE_OF = {"answered": ("to", "reason"), "to": ("answered",)}
"""Options that stand without others: where one is proposed, those are left out."""

_SIGNS = "sign"
"""The option of commands that sign: what they take is of the sign-off, whatever fields of the record are called."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, without the options of qmsctl itself, and the options that its command ``takes``, without dashes.

    ``values`` are those of them that were given the one value they may have, ``rest`` the words that the command has no place for.
    """

    command: Command
    takes: frozenset[str]
    values: frozenset[str] = frozenset()
    rest: tuple[str, ...] = ()


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
    given, rest, order = command.make_parser(command_line.Context(command)).parse_args(words)
    params = [each for each in dict.fromkeys(order) if not is_general(each)]
    named = [(each, word) for each in params for word in _words(given.get(each.name or ""))]
    fields = [word for each, word in named if each.name == "fields" and word is not None]
    operands = [word for each, word in named if each.param_type_name == "argument" and each.name != "fields" and word is not None]
    options = [(_long(each), word) for each, word in named if each.param_type_name == "option" and each.name != "fields"]
    takes = frozenset(name.lstrip("-") for each in command.params if each.param_type_name == "option" and not is_general(each) for name in each.opts)
    values = frozenset(_long(each) for each, word in named if each.param_type_name == "option" and each.nargs == 1 and word is not None and not getattr(each, "multiple", False))
    return Typed(Command(" ".join(verb), tuple(operands), tuple(_assigned(fields)), tuple(options)), takes, values, tuple(rest))


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
    if len(way.steps) == 1 and (meant := _respelt(given.command, way.steps[0])):
        return replace(way, steps=(meant,), why=_("did you mean"))
    steps = [_taken(_with_typed(step, given.command, for_others=bool(way.by)), given) for step in way.steps]
    return replace(way, steps=tuple(step for step in steps if step)) if all(steps) else None


def _out_of_reach(way: Mend, given: Typed) -> Mend:
    """What to do where the command cannot be given what it lacks."""
    added = [step for step in way.steps if isinstance(step, Addition)]
    lacking = (*(each.name for step in added for each in step.sets), *(name for step in added for name, _value in step.options))
    told = _("{command} has no option for {fields}: make the file with a command that has one, or by hand",
             command=Message(f"qmsctl {given.command.verb}"), fields=lacking)
    return replace(way, steps=(Advice(told),))


def together(root: command_line.Command, arguments: Sequence[str], session: Session, error: command_line.NotUnderstood) -> Typed | None:
    """The command in which words that were left over are the title, or one word with what stands before them, as between quotation marks."""
    words, extra, given = list(arguments), command_line.extra_words(error), typed(root, arguments, session)
    places = ((at, end) for at in range(1, len(words)) if extra.startswith(words[at]) for end in range(at, len(words)) if " ".join(words[at : end + 1]) == extra)
    at, end = next(places, (0, 0)) if extra else (0, 0)
    if given is None or not at:
        return None
    untitled = "title" in given.takes and "title" not in dict(given.command.options)
    whole = ("--title", extra) if untitled else (f"{words[at - 1]} {extra}",)
    return typed(root, [*words[: at if untitled else at - 1], *whole, *words[end + 1 :]], session)


def _respelt(given: Command, step: Step) -> Command | None:
    """The command that was given, with the word that is meant in the place of another; ``None`` where it has no such word."""
    if not isinstance(step, Advice):
        return None
    near = (step.message.word, step.message.found or "") if isinstance(step.message, Suggestion) else ("", "")
    old, new = step.instead or near
    other = replace(
        given,
        operands=tuple(new if each == old else each for each in given.operands),
        sets=tuple(replace(each, name=new if each.name == old else each.name, value=_listed(each.value, old, new)) for each in given.sets),
        options=tuple((name, _listed(value, old, new)) for name, value in given.options),
    )
    return other if new and other != given else None


def _listed(value: Any, old: str, new: str) -> Any:
    """A value, or the values between commas, with one in the place of another."""
    return ",".join(new if each.strip() == old else each for each in value.split(",")) if isinstance(value, str) else value


def _taken(step: Step, given: Typed) -> Step | None:
    """An addition as the command takes it: a field by its own option, else by ``--set``; ``None`` where it takes none of that.

    What the command was given already stands there with its other value, and the rest of the command with it.
    """
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
        whole = replace(given.command, sets=sets, options=options)
        other = {(each.name, each.more) for each in sets} & {(each.name, False) for each in given.command.sets} or dict(options).keys() & given.values
        return _with_typed(whole, given.command, for_others=False) if other else replace(step, sets=sets, options=options)
    if "by" in dict(given.command.options):
        return replace(step, sets=(), options=(("by", Hole("person")),))
    return None


def _with_typed(step: Step, given: Command, *, for_others: bool) -> Step:
    if isinstance(step, Command) and step.general and not step.verb:
        return replace(given, general=step.general)
    if not isinstance(step, Command) or not _is_the_same(step, given) or _adds_a_row(step):
        return step
    named, has = {each.name for each in step.sets}, {name for name, _value in step.options}
    sets = (each for each in given.sets if each.name not in named)
    left_out = has.union(*(_IN_PLACE_OF.get(name, ()) for name in has), _OF_THE_PERSON if for_others else ())
    return replace(step, sets=(*step.sets, *sets), options=(*step.options, *(each for each in given.options if each[0] not in left_out)))


def _adds_a_row(step: Command) -> bool:
    """True for a command that comes before the one that was given: a row may move what the fields may not."""
    return any(isinstance(each.value, Row) for each in step.sets)


def _is_the_same(step: Command, given: Command) -> bool:
    """True if both are of the same verb and about the same; what is left open in ``step`` may be anything."""
    pairs = zip(step.operands, (*given.operands, *[None] * len(step.operands)), strict=False)
    fits = all(isinstance(wanted, Hole) or wanted == word for wanted, word in pairs)
    return step.verb == given.verb and len(given.operands) <= len(step.operands) and fits
