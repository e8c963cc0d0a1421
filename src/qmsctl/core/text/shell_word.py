"""Paths in commands that people are told to type."""

from __future__ import annotations

import shlex


def shell_word(path: str) -> str:
    """``path`` as one word of a command: quoted where a shell would read anything else into it."""
    return shlex.quote(path)
