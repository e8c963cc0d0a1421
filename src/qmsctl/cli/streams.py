"""Where the words of a command go, and what is to be said where nobody takes them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from qmsctl.cli.terminal import Stream
from qmsctl.errors import QmsError
from qmsctl.message import _


class OutputLost(QmsError):
    """What a command said on a stream could not be written; what it wrote into files stands.

    ``is_unread`` is set where whoever read it went away.
    """

    def __init__(self, stream: Stream, error: OSError) -> None:
        from qmsctl.mend import advice
        from qmsctl.store.machine.system_words import plain

        reason = plain(error)
        message = (
            _("standard output cannot be written: {reason}", reason=reason)
            if stream is Stream.OUT
            else _("standard error cannot be written: {reason}", reason=reason)
        )
        super().__init__(message, advice(_("send it where there is room; what a command wrote into files stands")))
        self.is_unread = isinstance(error, BrokenPipeError)


@contextmanager
def to_output() -> Iterator[None]:
    """Turn what hinders standard output into :class:`OutputLost`; a reader who went away stays a broken pipe."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputLost(Stream.OUT, error) from error


def put(data: bytes) -> None:
    """Bytes as they are, on standard output. Raises :class:`OutputLost`."""
    with to_output():
        sys.stdout.flush()
        binary = getattr(sys.stdout, "buffer", None)
        if binary is None:
            sys.stdout.write(data.decode("utf-8", "replace"))
        else:
            binary.write(data)
            binary.flush()


def of_output(error: Exception) -> Exception:
    """``error`` as :class:`OutputLost` where something is left on standard output that cannot be written, as a help page of the library."""
    try:
        if isinstance(error, OSError):
            sys.stdout.flush()
    except BrokenPipeError:
        return error
    except OSError as again:
        return OutputLost(Stream.OUT, again)
    return error


def silence(stream: TextIO) -> None:
    """What is left to be written goes nowhere, so that Python does not fail over it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
