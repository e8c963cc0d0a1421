"""A process that reads what others wrote, with limits of memory and time: what brings it down brings down nothing else.

One process reads many files; where one ends it, another begins with the next. Answers come as JSON, so that a process
that was taken over by what it read says words and nothing more.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from threading import Timer
from typing import Any, Self

from qmsctl.message import _
from qmsctl.store.incoming.unfit import Unfit, unfit

SECONDS = 20.0
"""So long may one file take; what an office has takes less than one."""

MEGABYTES = 300
"""So much memory may it take, beside what Python takes."""

_CHILD = "qmsctl.store.incoming.child"


class Reader:
    """Reads files in another process while it is open; ``kind`` is the name of a reader, see :mod:`qmsctl.store.incoming.child`."""

    def __init__(self, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:
        self._seconds, self._megabytes = seconds, megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._too_slow = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        self._end()

    def read(self, kind: str, data: bytes, **options: Any) -> Any:
        """What the reader found in the file. Raises :class:`Unfit` where it refused it, or was brought down by it."""
        answer = self._answer(json.dumps([kind, len(data), options]).encode() + b"\n" + data)
        if answer is None:
            self._end()
            raise Unfit(_("reading it took more than {count} s", count=round(self._seconds)) if self._too_slow
                        else _("it could not be read: the reader was brought down by it"))
        found = json.loads(answer)
        if "refused" in found:
            raise unfit(found["refused"])
        return found["found"]

    def _answer(self, question: bytes) -> bytes | None:
        """A line of the child; nothing where it ended or took too long."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        self._too_slow = False
        timer = Timer(self._seconds, self._stop)
        timer.start()
        try:
            process.stdin.write(question)
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            return None
        finally:
            timer.cancel()
        return line if line.endswith(b"\n") else None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, "-P", "-m", _CHILD, str(self._megabytes)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return self._process

    def _stop(self) -> None:
        self._too_slow = True
        if self._process is not None:
            self._process.kill()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            assert stream is not None
            with suppress(OSError):
                stream.close()
        process.wait()
