"""A git whose output is read while it runs: what it says of errors is kept, and it does not run for ever."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from math import inf
from typing import IO, Self

_HEARD = 1 << 16
"""So much is kept of what it says of errors."""
_NO_MEMORY = b"ut of memory"
_MEMORY = 1 << 30
"""Bytes it may take for itself where it is asked for what may have no end; what it maps of its packs comes on top."""


class GitStream:
    """The output of a command inside a ``with``; afterwards its exit status, and what it said. ``stdin`` is what it is given.

    After ``limit`` seconds it is ``stopped``, and after ``patience`` seconds without a word. Raises ``OSError`` where it does not start.
    """

    def __init__(self, words: Sequence[str], env: Mapping[str, str], limit: float, *, stdin: bytes = b"", patience: float = inf) -> None:
        import subprocess
        import threading

        given = subprocess.PIPE if stdin else subprocess.DEVNULL
        self._process = subprocess.Popen(words, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        assert self._process.stdout is not None  # it was asked for
        self.output: IO[bytes] = self._process.stdout
        self.said = b""
        self.stopped = False
        self._limit, self._patience = limit, patience
        self._over = threading.Event()
        self._unheard = 0
        self._beside = [threading.Thread(target=work, daemon=True) for work in (self._watch, self._listen)]
        if stdin:
            self._beside.append(threading.Thread(target=self._feed, args=(stdin,), daemon=True))
        if patience < inf:
            _limit_memory(self._process.pid)

    def __enter__(self) -> Self:
        for each in self._beside:
            each.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.output.close()
        self._process.wait()
        self._over.set()
        for each in self._beside:
            each.join()

    @property
    def status(self) -> int:
        """The exit status, negative where a signal ended it."""
        return self._process.returncode

    @property
    def is_endless(self) -> bool:
        """Whether it was given a patience, and took more than that, or all memory."""
        return self._patience < inf and (self.stopped or _NO_MEMORY in self.said)

    def parts(self) -> Iterator[bytes]:
        """The output, split at NUL bytes."""
        rest = b""
        while chunk := self._read():
            *whole, rest = (rest + chunk).split(b"\0")
            yield from whole
        if rest:
            yield rest

    def _read(self) -> bytes:
        found: bytes = self.output.read1(1 << 16)  # type: ignore[attr-defined]
        self._unheard = 0
        return found

    def _watch(self) -> None:
        """Count the seconds in which this process is at work, too: one that was put to sleep has not waited."""
        passed = 0
        while not self._over.wait(1):
            passed, self._unheard = passed + 1, self._unheard + 1
            if passed >= self._limit or self._unheard >= self._patience:
                self.stopped = True
                self._process.kill()
                return

    def _feed(self, data: bytes) -> None:
        assert self._process.stdin is not None
        with suppress(OSError), self._process.stdin as stream:  # one that has ended says so by its status
            stream.write(data)

    def _listen(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as stream:
            self.said = stream.read(_HEARD)
            while stream.read(_HEARD):
                pass


def _limit_memory(process: int) -> None:
    """Where the system can: on Linux."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError, ValueError):
            resource.prlimit(process, resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
