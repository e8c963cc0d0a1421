"""What a person should do next, as a value: it can be printed, offered as a button, and run by a test.

It meets words, quoting and language in :mod:`qmsctl.mend_words` and :mod:`qmsctl.cli.formats.mend_data` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from qmsctl.message import Message, Translate, Worded, untranslated
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Hole:
    """A value that the person still has to supply, for the field or option called ``name``; ``many`` values or one.

    It is shown as ``…``, and no command takes that for a value.
    """

    name: str = ""
    many: bool = False


HOLE = Hole()
"""A hole that is called after its place: the field, the column or the option it is in."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row for a data block: its columns, each with a value or a hole."""

    cells: tuple[tuple[str, str | Hole], ...]


Value = str | Hole | Row


@dataclass(frozen=True, slots=True)
class Assignment:
    """A field and the value it gets: in place of the one it has or, with ``more``, added to it."""

    name: str
    value: Value
    more: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command of qmsctl: its ``verb`` (``nc log`` is one, too), operands such as ids, fields to set, and options.

    An option has a value, a hole, or ``None`` where its name says all; its name is written without dashes.
    ``general`` options are those of qmsctl itself, which stand before the verb; without a verb they are all there is.
    """

    verb: str
    operands: tuple[str | Hole, ...] = ()
    sets: tuple[Assignment, ...] = ()
    options: tuple[tuple[str, str | Hole | None], ...] = ()
    general: tuple[tuple[str, str | Hole | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """What the command that was refused needs besides: fields to set, and options."""

    sets: tuple[Assignment, ...] = ()
    options: tuple[tuple[str, str | Hole | None], ...] = ()


@dataclass(frozen=True, slots=True)
class GitCommand:
    """A command of git, by its words after ``git``."""

    words: tuple[str | Hole, ...]


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The file at ``path`` gets back the bytes it had: of ``copy``, else of the commit ``since``, else of git.

    Its folder may be ``gone``; ``within`` is where the QMS lies, if not here. A refused command leaves nothing of this.
    """

    path: str
    copy: str | None = None
    since: str | None = None
    gone: bool = False
    within: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text: from line and column up to, and without, end line and end column, in characters from 1."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Correction:
    """Another text at a place in a file, where that is all; ``old`` is what stands there."""

    path: str
    span: Span
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What has to be thought about or done by hand, in words; ``undoes`` where it takes back what somebody did.

    ``sets`` are fields of a new file; ``corrects`` is for words in a file; ``instead``, a word and the one meant.
    """

    message: Worded
    undoes: bool = False
    sets: tuple[Assignment, ...] = ()
    corrects: bool = False
    instead: tuple[str, str] | None = None


Step = Command | Addition | GitCommand | TakeBack | Correction | Advice


@dataclass(frozen=True, slots=True)
class Mend(Worded):
    """Steps to be taken one after another, or ``otherwise`` another way.

    ``why`` says what for. ``by`` are the ids of the people who may do it, with ``names`` as people know them;
    empty where anybody may. A mend that is ``part`` of what is needed leaves the rest for another.
    """

    steps: tuple[Step, ...]
    why: Message | None = None
    by: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    part: bool = False
    otherwise: Mend | None = None

    def render(self, translate: Translate = untranslated, lang: str = "en") -> str:
        """The mend in words."""
        from qmsctl.mend_words import words

        return words(self).render(translate, lang)

    def __str__(self) -> str:
        return self.render()

    def then(self, other: Mend) -> Mend:
        """This, and after it the steps of ``other``."""
        return replace(self, steps=(*self.steps, *other.steps))

    def or_else(self, other: Mend | None) -> Mend:
        """This, or another way: of both one is enough."""
        last = other if self.otherwise is None else self.otherwise.or_else(other)
        return replace(self, otherwise=last)

    def in_order_to(self, why: Message) -> Mend:
        """The same, with what it is for."""
        return replace(self, why=why)

    def done_by(self, people: Iterable[tuple[str, str]]) -> Mend:
        """The same, by one of these ``people``: pairs of id and name."""
        pairs = tuple(people)
        return replace(self, by=tuple(each for each, _name in pairs), names=tuple(name for _each, name in pairs))

    def in_part(self) -> Mend:
        """The same, as a part of what is needed."""
        return replace(self, part=True)

    @property
    def ways(self) -> Iterator[Mend]:
        """Every way, by itself."""
        yield replace(self, otherwise=None)
        if self.otherwise is not None:
            yield from self.otherwise.ways

    @property
    def holes(self) -> tuple[str, ...]:
        """The names of what is still to be supplied on the first way."""
        return tuple(hole for step in self.steps for hole in holes_of(step))


def advice(message: Worded, *, undoes: bool = False, sets: Iterable[Assignment] = (), corrects: bool = False) -> Mend:
    """A mend in words."""
    return Mend((Advice(message, undoes, tuple(sets), corrects),))


def command(verb: str, *operands: str | Hole, sets: Iterable[Assignment] = (), **options: Any) -> Mend:
    """``qmsctl VERB OPERAND … --option value``; an option that is ``True`` has no value, ``None`` leaves it out."""
    return Mend((Command(verb, operands, tuple(sets), _options(options)),))


def addition(*sets: Assignment, **options: Any) -> Mend:
    """What the command that was refused needs besides; options as :func:`command` takes them."""
    return Mend((Addition(sets, _options(options)),))


def _options(given: Mapping[str, Any]) -> tuple[tuple[str, str | Hole | None], ...]:
    named = ((name.rstrip("_").replace("_", "-"), value) for name, value in given.items() if value is not None)
    return tuple((name, None if value is True else value) for name, value in named)


def git(*words: str | Hole) -> Mend:
    """``git WORD …``."""
    return Mend((GitCommand(words),))


def take_back(path: str, copy: str | None = None, since: str | None = None, *, gone: bool = False) -> Mend:
    """The bytes that a file had; ``gone`` where its folder has to be made first."""
    return Mend((TakeBack(path, copy, since, gone),))


def correction(path: str, span: Span, old: str, new: str) -> Mend:
    """An edit of a text at a span."""
    return Mend((Correction(path, span, old, new),))


def with_general(mend: Mend, **options: Any) -> Mend:
    """The same, its commands with options of qmsctl itself, such as the folder it is to work in."""
    steps = (replace(each, general=_options(options)) if isinstance(each, Command) else each for each in mend.steps)
    return replace(mend, steps=tuple(steps))


def holes_of(step: Step) -> Iterator[str]:
    """The names of what a step leaves to be supplied."""
    match step:
        case Command() | Addition():
            operands, general = (step.operands, step.general) if isinstance(step, Command) else ((), ())
            yield from (each.name or "value" for each in operands if isinstance(each, Hole))
            named = (*((each.name, each.value) for each in step.sets), *general, *step.options)
            yield from (hole for name, value in named if value is not None for hole in _in_value(name, value))
        case GitCommand():
            yield from (each.name or "value" for each in step.words if isinstance(each, Hole))
        case TakeBack() | Correction() | Advice():
            return


def _in_value(name: str, value: Value) -> Iterator[str]:
    match value:
        case Hole():
            yield value.name or name
        case Row():
            yield from (f"{name}.{column}" for column, cell in value.cells if isinstance(cell, Hole))
