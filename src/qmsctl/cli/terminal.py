"""The terminal a command runs at, as one value: looked at once, at the door."""

from __future__ import annotations

import os
import stat
import sys
from enum import Enum
from typing import TextIO

from qmsctl.value import dataclass, replace

RED, YELLOW, GREEN, BOLD, DIM = "31", "33", "32", "1", "2"
_USUAL = 80


class Stream(Enum):
    """Where words go: data to standard output, talk to standard error."""

    OUT = "stdout"
    ERR = "stderr"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Which of the three streams are a terminal, how many columns wide, with colours or without, in which language.

    ``colours`` is what the person allows; no stream has any that is not a terminal. ``pager`` says that standard output
    is a pipe of somebody who sits at a terminal, as to ``more``; ``fits`` is false for who wants whole lines even so.
    """

    language: str = "en"
    stdin: bool = False
    stdout: bool = False
    stderr: bool = False
    width: int = _USUAL
    colours: bool = False
    pager: bool = False
    fits: bool = True

    @classmethod
    def here(cls, language: str) -> Terminal:
        """The terminal of this process."""
        return cls(
            language=language,
            stdin=_is_terminal(sys.stdin),
            stdout=_is_terminal(sys.stdout),
            stderr=_is_terminal(sys.stderr),
            width=_width(sys.stdout if _is_terminal(sys.stdout) else sys.stderr),
            colours=_may_colour(),
            pager=_is_pipe(sys.stdout) and _is_terminal(sys.stderr),
        )

    @property
    def asks(self) -> bool:
        """True where a person sits at it: all three streams are one."""
        return self.stdin and self.stdout and self.stderr

    def is_coloured(self, stream: Stream = Stream.OUT) -> bool:
        """True where colours are wanted and seen."""
        return self.colours and (self.stdout if stream is Stream.OUT else self.stderr)

    @property
    def folds(self) -> bool:
        """True where a person reads what is printed, so that no line is wider than the screen; to a program a row is one line."""
        return self.fits and (self.stdout or self.pager)

    def widened(self, wide: bool) -> Terminal:
        """The same, a row one line however narrow the screen, where ``--wide`` asks for it."""
        return replace(self, fits=self.fits and not wide)

    def to_file(self) -> Terminal:
        """The same where what would stand on standard output goes into a file."""
        return replace(self, stdout=False, pager=False)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _is_pipe(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _width(stream: TextIO | None) -> int:
    """How many columns there are: what ``COLUMNS`` says, else the terminal, else 80."""
    try:
        return int(os.environ.get("COLUMNS") or 0) or (os.get_terminal_size(stream.fileno()).columns if stream else 0) or _USUAL
    except (OSError, ValueError):
        return _USUAL


def _may_colour() -> bool:
    """False where the user wants none: https://no-color.org, or a terminal that knows none."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
