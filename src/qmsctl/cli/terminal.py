"""The terminal a command runs at, as one value: looked at once, at the door."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, replace
from enum import Enum
from typing import TextIO


class Stream(Enum):
    """Where words go: data to standard output, talk to standard error."""

    OUT = "stdout"
    ERR = "stderr"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Which of the three streams are a terminal, how many columns wide, with colours or without, in which language.

    ``colours`` is what the person allows; no stream has any that is not a terminal.
    """

    language: str = "en"
    stdin: bool = False
    stdout: bool = False
    stderr: bool = False
    width: int = 80
    colours: bool = False

    @classmethod
    def here(cls, language: str) -> Terminal:
        """The terminal of this process."""
        return cls(
            language=language,
            stdin=_is_terminal(sys.stdin),
            stdout=_is_terminal(sys.stdout),
            stderr=_is_terminal(sys.stderr),
            width=shutil.get_terminal_size().columns,
            colours=_may_colour(),
        )

    @property
    def asks(self) -> bool:
        """True where a person sits at it: all three streams are one."""
        return self.stdin and self.stdout and self.stderr

    def is_coloured(self, stream: Stream = Stream.OUT) -> bool:
        """True where colours are wanted and seen."""
        return self.colours and (self.stdout if stream is Stream.OUT else self.stderr)

    def to_file(self) -> Terminal:
        """The same where what would stand on standard output goes into a file."""
        return replace(self, stdout=False)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _may_colour() -> bool:
    """False where the user wants none: https://no-color.org, or a terminal that knows none."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
