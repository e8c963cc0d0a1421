"""A git whose output is read while it runs: what it says of errors is kept, and it does not run for ever."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Self

_HEARD = 1 << 16
"""So much is kept of what it says of errors."""


class GitStream:
    """The output of a command inside a ``with``; afterwards its exit status, and what it said.

    After ``limit`` seconds it is ``stopped``. Raises ``OSError`` where it does not start.
    """

    def __init__(self, words: Sequence[str], env: Mapping[str, str], limit: float) -> None:
        self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        assert self._process.stdout is not None  # it was asked for
        self.output: IO[bytes] = self._process.stdout
        self.said = b""
        self.stopped = False
        self._limit = threading.Timer(limit, self._stop)
        self._ear = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        self._limit.daemon = True
        self._limit.start()
        self._ear.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.output.close()
        self._process.wait()
        self._limit.cancel()
        self._ear.join()

    @property
    def status(self) -> int:
        """The exit status, negative where a signal ended it."""
        return self._process.returncode

    def parts(self) -> Iterator[bytes]:
        """The output, split at NUL bytes."""
        rest = b""
        while chunk := self.output.read(1 << 16):
            *whole, rest = (rest + chunk).split(b"\0")
            yield from whole
        if rest:
            yield rest

    def _stop(self) -> None:
        self.stopped = True
        self._process.kill()

    def _listen(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as stream:
            self.said = stream.read(_HEARD)
            while stream.read(_HEARD):
                pass
