"""The words of a command line in the form in which files hold them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from unicodedata import normalize


def composed(arguments: Sequence[str]) -> list[str]:
    """The same words with their letters put together (Unicode NFC); the name of a file that is there stays as it is."""
    return [_composed(argument) for argument in arguments]


def _composed(argument: str) -> str:
    found = normalize("NFC", argument)
    if found == argument:
        return argument
    _option, equals, value = argument.partition("=")
    names = (argument, value) if equals and argument.startswith("-") else (argument,)
    return argument if any(os.path.lexists(name) for name in names) else found
