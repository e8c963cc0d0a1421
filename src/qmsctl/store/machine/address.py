"""Addresses of a network that were given where a path of this machine is expected."""

from __future__ import annotations

import os
from pathlib import Path

from qmsctl.errors import Refusal
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.regex import regex

_ADDRESS = regex(r"(?:^|(?<=[/\\]))([A-Za-z][A-Za-z0-9+.-]+:)([/\\]+)")
"""How an address of a network begins as a path, in which two slashes are one; a drive has one letter."""


def is_address(path: Path) -> bool:
    """True for an address of a network that was given for a path, and of which nothing is there."""
    text = str(path)
    return any(not os.path.lexists(text[: each.end(1)]) for each in _ADDRESS.finditer(text))


def as_given(path: Path) -> str:
    """The path as a person wrote it, an address with both of its slashes."""
    return _ADDRESS.sub(r"\1//", str(path)) if is_address(path) else str(path)


def check_here(path: Path) -> None:
    """Raise ``Refusal`` for an address where a file or a folder to be read is expected."""
    if is_address(path):
        raise Refusal(_("{path} is an address, and qmsctl reads files and folders of this machine alone", path=as_given(path)), advice(_("fetch the file first, and name it by its path")))
