"""The shape of a gate's arguments, as each operator declares it: how they are written, and what of a type they name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Any, Literal

from qmsctl.value import dataclass

Named = Literal["field", "section", "block", "role", "type", "state"]

_DIGITS_OF_DAYS = 4


class Written(Enum):
    """How an argument is written in ``type.yaml``."""

    TEXT = auto()
    TEXTS = auto()
    """A list of one text or more."""
    DAYS = auto()
    """A whole number, of four digits at most."""
    FLAG = auto()
    """``true`` or ``false``."""
    VALUES = auto()
    """Keys, each with a text."""
    CHOICES = auto()
    """Keys, each with a list."""
    MEMBERS = auto()
    """A text, a list, or keys each with a list."""
    GATES = auto()
    """Other gates, in a list or one alone."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument.

    Its texts, or its keys, are what it ``names`` in the type that has the gate. Where it ``reaches``, the name of
    a field may have a dot, after which stands a field of what the first one names. ``needed`` counts for arguments with
    a key.
    """

    written: Written
    names: Named | None = None
    reaches: bool = False
    needed: bool = False

    def fits(self, given: Any) -> bool:
        """True if ``given``, of plain texts, tuples and dictionaries, is written so."""
        return _fits(self.written, given)


@dataclass(frozen=True, slots=True)
class Arguments:
    """Arguments by their keys; where there are ``ways``, all keys of one of them have to be given."""

    by_key: Mapping[str, Argument]
    ways: tuple[tuple[str, ...], ...] = ()

    def fits(self, given: Any) -> bool:
        """True if ``given`` has what is needed, nothing else, and each as it is written."""
        needed = {key for key, argument in self.by_key.items() if argument.needed}
        if not isinstance(given, dict) or not needed <= given.keys() <= self.by_key.keys():
            return False
        if self.ways and not any(given.keys() >= set(way) for way in self.ways):
            return False
        return all(self.by_key[key].fits(value) for key, value in given.items())


Shape = Argument | Arguments


def _fits(written: Written, given: Any) -> bool:
    match written:
        case Written.TEXT:
            return _is_text(given)
        case Written.TEXTS:
            return _is_texts(given)
        case Written.DAYS:
            return isinstance(given, str) and given.isascii() and given.isdigit() and len(given) <= _DIGITS_OF_DAYS
        case Written.FLAG:
            return given in ("true", "false")
        case Written.VALUES:
            return isinstance(given, dict) and bool(given) and all(map(_is_text, given.values()))
        case Written.CHOICES:
            return isinstance(given, dict) and bool(given) and all(map(_is_texts, given.values()))
        case Written.MEMBERS:
            return any(_fits(each, given) for each in (Written.TEXT, Written.TEXTS, Written.CHOICES))
        case Written.GATES:
            return isinstance(given, tuple)


def _is_text(given: Any) -> bool:
    return isinstance(given, str) and bool(given)


def _is_texts(given: Any) -> bool:
    return isinstance(given, tuple) and bool(given) and all(map(_is_text, given))
