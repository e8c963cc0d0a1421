"""What a person should do next, as a value: it can be printed, offered as a button, and run by a test.

It meets words, quoting and language in :mod:`qmsctl.mend_words` and :mod:`qmsctl.cli.formats.mend_data` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from qmsctl.mend_steps import (
    HOLE,
    Addition,
    Advice,
    Assignment,
    Command,
    Correction,
    GitCommand,
    Hole,
    Row,
    Span,
    Step,
    TakeBack,
    Value,
    holes_of,
)
from qmsctl.message import Message, Translate, Worded, _, untranslated
from qmsctl.value import dataclass, replace

__all__ = [
    "HOLE", "Addition", "Advice", "Assignment", "Command", "Correction", "GitCommand", "Hole", "Mend", "Row", "Span",
    "Step", "TakeBack", "Value", "addition", "advice", "command", "correction", "either", "git", "holes_of",
    "take_back", "with_general",
]


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
        return self.words.render(translate, lang)

    def __str__(self) -> str:
        return self.render()

    @property
    def words(self) -> Worded:
        """The whole mend: what for, by whom, its steps, and the other way where there is one."""
        from qmsctl.mend_words import one_after_another

        said = one_after_another(self.steps)
        if self.why is not None:
            said = _("{why}: {what}", why=self.why, what=said)
        if self.names:
            said = _("by {names}: {what}", names=self.names, what=said)
        return said if self.otherwise is None else _("{what}; or: {other}", what=said, other=self.otherwise.words)

    @property
    def hint(self) -> Worded:
        """The mend as a person is shown it: one with a hole, which no command takes for a value, is called a form."""
        return _("{what} (a form: fill in …)", what=self.words) if self.is_form else self.words

    @property
    def is_form(self) -> bool:
        """True where something is still to be supplied on one of the ways."""
        return bool(self.holes) or (self.otherwise is not None and self.otherwise.is_form)

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
        return Mend(self.steps, self.why, self.by, self.names, True, self.otherwise)

    @property
    def ways(self) -> Iterator[Mend]:
        """Every way, by itself."""
        yield self if self.otherwise is None else replace(self, otherwise=None)
        if self.otherwise is not None:
            yield from self.otherwise.ways

    @property
    def holes(self) -> tuple[str, ...]:
        """The names of what is still to be supplied on the first way."""
        return tuple(hole for step in self.steps for hole in holes_of(step))


def either(ways: Sequence[Mend]) -> Mend | None:
    """One of several mends, each of which is enough; ``None`` where there is none."""
    whole = ways[-1] if ways else None
    for way in reversed(ways[:-1]):
        whole = way.or_else(whole)
    return whole


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
