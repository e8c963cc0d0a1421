"""What a mend is made of: steps, each a value with holes for what the person still has to supply."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.message import Worded
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
