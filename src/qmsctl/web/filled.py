"""A form as it was filled in: the same operands, options and fields that the command would have been given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import takewhile
from unicodedata import normalize

from qmsctl.core.text.values import by_commas, read_date
from qmsctl.errors import UsageError
from qmsctl.mend import Assignment, Command, Row
from qmsctl.mend_words import value_words
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.value import dataclass, field, replace

OPERAND, OPTION, SET, ROW, FILE = "operand.", "option.", "set.", "row.", "file."
"""What the names of inputs begin with: a word after the command, an option, a field, a column of a new row, an upload."""
_YEAR = regex(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Filled:
    """What was said: ``options`` with all their values, ``sets`` by field, ``rows`` by table and column, ``files`` by option."""

    operands: tuple[str, ...] = ()
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The document or record it is about; empty where it makes one."""
        return self.word(0)

    def word(self, place: int) -> str:
        """The operand at a place; empty where there is none."""
        return self.operands[place] if place < len(self.operands) else ""

    def option(self, name: str) -> str | None:
        """The value of an option, if it has one."""
        return next(iter(self.options.get(name, ())), None)

    def day(self, name: str) -> date | None:
        """The day that an option gives. Raises :class:`UsageError` for what is none."""
        text = self.option(name)
        found = read_date(text) if text else None
        if text and found is None:
            raise _not_as_expected(name, text, "2026-03-25")
        return found

    def year(self, name: str) -> int | None:
        """The year that an option gives. Raises :class:`UsageError` for what is none."""
        text = self.option(name)
        if text and not _YEAR.fullmatch(text):
            raise _not_as_expected(name, text, "2026")
        return int(text) if text else None

    def listed(self, name: str) -> tuple[str, ...]:
        """What an option names with commas between."""
        return by_commas(self.option(name) or "")

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """The fields, and the rows behind what the tables have."""
        rows = (Assignment(block, Row(tuple(cells.items())), more=True) for block, cells in self.rows.items())
        return (*(Assignment(name.removesuffix("+"), text, name.endswith("+")) for name, text in self.sets.items()), *rows)

    @property
    def given(self) -> Mapping[str, str]:
        """The same as ``key=value`` arguments give them."""
        return {f"{each.name}{'+' if each.more else ''}": value_words(each.value) for each in self.assignments}

    def command(self, verb: str, *, commit: bool = True) -> Command:
        """The command line that does the same."""
        said = [(name, value) for name, values in self.options.items() for value in values]
        said += [(name, upload.name) for name, upload in self.files.items() if name]
        named = tuple((name, None if value == "yes" and name in SWITCHES else value) for name, value in said)
        operands = (*self.operands, *(upload.name for name, upload in self.files.items() if not name))
        return Command(verb, operands, self.assignments, (*named, *((("commit", None),) if commit else ())))

    def without(self, *options: str) -> Filled:
        """The same with nothing said in these options."""
        return replace(self, options={name: values for name, values in self.options.items() if name not in options})


def _not_as_expected(name: str, text: str, expected: str) -> UsageError:
    return UsageError(_("{option} is “{text}”; {expected} is expected", option=f"--{name}", text=text, expected=expected))


SWITCHES = frozenset({"sign", "again", "replace", "editorial"})
"""Options whose name says all."""


def filled(named: Sequence[str], operands: Sequence[str], inputs: Iterable[tuple[str, str]], files: Mapping[str, Upload]) -> Filled:
    """What the inputs of a form say; what was left empty says nothing. ``operands`` are the first of those that are so ``named``."""
    own = dict(zip(named, operands, strict=False))
    options: dict[str, tuple[str, ...]] = {}
    sets: dict[str, str] = {}
    rows: dict[str, dict[str, str]] = {}
    for name, text in _said(inputs):
        if name.startswith(OPERAND):
            own.setdefault(name.removeprefix(OPERAND), text)
        elif name.startswith(OPTION):
            options[name.removeprefix(OPTION)] = (*options.get(name.removeprefix(OPTION), ()), text)
        elif name.startswith(SET):
            sets[name.removeprefix(SET)] = text
        elif name.startswith(ROW):
            block, _dot, column = name.removeprefix(ROW).partition(".")
            rows.setdefault(block, {})[column] = text
    given = tuple(own[name] for name in takewhile(own.__contains__, named))
    return Filled(given, options, sets, rows, files)


def _said(inputs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, value in inputs:
        text = normalize("NFC", value.replace("\r\n", "\n").strip())
        if text:
            yield name, text
