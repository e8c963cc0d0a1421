"""Command lines of the plainest kind, read by what Typer knew of the commands when qmsctl was built.

To import Typer and to have it make a command is a third of a short command. A line is plain where each word is the
name of a command, an option with its value, or an operand, and nothing is given twice. All others are Typer's to read, and
those that are wrong, for it alone says so.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qmsctl.cli import prepared
from qmsctl.cli.general_options import SETTERS, choose
from qmsctl.value import dataclass

if TYPE_CHECKING:
    from qmsctl.cli.session import Session

FLAG, TEXT, PATH = "flag", "text", "path"
_NO_COMMAND: tuple[str, dict[str, Any], Sequence[Any]] = ("", {}, ())
_COMPLETING = "_QMSCTL_COMPLETE"
"""The variable by which a shell asks for words to complete."""


@dataclass(frozen=True, slots=True)
class PlainLine:
    """The module of a command, and the parameters that were given, those of qmsctl itself among them."""

    module: str
    given: dict[str, Any]

    def run(self, session: Session) -> object:
        """Carry the command out, and return its exit code."""
        choose(session, **{name: self.given.pop(name) for name in SETTERS if name in self.given})
        return import_module(f"qmsctl.cli.commands.{self.module}").command(context=_Context(session), **self.given)


@dataclass(frozen=True, slots=True)
class _Context:
    """All that these commands ask of Typer's context."""

    obj: Session


def plain_line(arguments: Sequence[str]) -> PlainLine | None:
    """What a command line says; ``None`` where Typer has to read it."""
    known = {} if _COMPLETING in os.environ else prepared.command_lines()
    module, options, operands = known.get("", _NO_COMMAND)
    given: dict[str, Any] = {}
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if name in options:
            parameter, kind, many = options[name]
            found = _value(kind, equals + value if kind == FLAG else value if equals else next(words, ""))
            if found is None or (parameter in given and not many):
                return None
            given[parameter] = [*given.get(parameter, ()), found] if many else found
        elif module:
            rest.append(word)
        else:
            module, options, operands = known.get(word, _NO_COMMAND)
            if not module:
                return None
    for parameter, kind, many, needed in operands:
        values = [_value(kind, each) for each in (rest if many else rest[:1])]
        rest = rest[len(values) :]
        if None in values or (needed and not values):
            return None
        given |= {parameter: values if many else values[0]} if values else {}
    return PlainLine(module, given) if module and not rest else None


def _value(kind: str, word: str) -> bool | str | Path | None:
    """What a parameter is given; ``None`` where there is more to be said."""
    if kind == FLAG:
        return None if word else True
    if not word or word.startswith("-") or (kind == PATH and os.path.lexists(word) and not os.access(word, os.R_OK)):
        return None
    return Path(word) if kind == PATH else word
