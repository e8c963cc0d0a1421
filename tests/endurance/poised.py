"""A command that stands before the lock of its office, and copies of it that go on from there and are killed.

What it does before is done once; the copies differ in nothing but the moment of their death.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from typing import Self

from qmsctl.store import stamp
from tests.endurance.children import Carry, adopt_orphans, become, by_words, ended, kill_with_its_children
from tests.endurance.facts import Said
from tests.endurance.memory import Facts


class Poised:
    """The command inside a ``with``; where it takes no lock (``locks``), it stands at its beginning."""

    def __init__(self, root: Path, words: Sequence[str], carry: Carry = by_words, *, locks: bool = True) -> None:
        self._given = root, words, carry, locks

    def __enter__(self) -> Self:
        root, words, carry, locks = self._given
        self._folder = TemporaryDirectory()
        reading, self._orders = os.pipe()
        self._answers, writing = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            _close(self._orders, self._answers)
            stand = _Stand(reading, writing)
            become(root, words, stand.before_lock if locks else stand.here, Path(self._folder.name), None, carry)
        _close(reading, writing)
        assert self._answer() == "ready", "the command takes no lock"
        self._said = [each.stat().st_size for each in self._outputs()]
        return self

    def __exit__(self, *_why: object) -> None:
        os.close(self._orders)
        os.waitpid(self._child, 0)
        os.close(self._answers)
        self._folder.cleanup()

    def killed(self, moment: float | None, anew: Mapping[Facts, Facts]) -> tuple[Said, float]:
        """A copy that goes on for ``moment`` seconds, or to its end; what it said, and how long it was at work. ``anew`` are files that were brought back."""
        for path, size in zip(self._outputs(), self._said, strict=True):
            os.truncate(path, size)
        os.write(self._orders, json.dumps([*anew.items()]).encode() + b"\n")
        child, begun = int(self._answer()), time.monotonic()
        select([self._answers], [], [], moment)
        at_work = time.monotonic() - begun
        with suppress(ProcessLookupError):
            kill_with_its_children(child)
        return ended(int(self._answer()), Path(self._folder.name)), at_work

    def _outputs(self) -> tuple[Path, ...]:
        return tuple(Path(self._folder.name, name) for name in ("out", "err"))

    def _answer(self) -> str:
        return _line(self._answers)


class _Stand:
    """Where the command stands: each order makes a copy of it that goes on."""

    def __init__(self, orders: int, answers: int) -> None:
        self._orders, self._answers = orders, answers

    def before_lock(self) -> None:
        real, is_first = os.open, iter([True])

        def verb(path: str | Path, flags: int, *more: int, **options: int) -> int:
            if flags & os.O_RDWR and str(path).endswith("/lock") and next(is_first, False):
                self.here()
            return real(path, flags, *more, **options)

        os.open = verb  # type: ignore[assignment]

    def here(self) -> None:
        adopt_orphans()
        gc.freeze()  # the copies share what is there now
        os.write(self._answers, b"ready\n")
        while order := _line(self._orders):
            if (child := os.fork()) == 0:
                os.setsid()
                _close(self._orders, self._answers)
                _take_for_old({tuple(now): tuple(then) for now, then in json.loads(order)})
                return
            os.write(self._answers, b"%d\n" % child)
            status = os.waitpid(child, 0)[1]
            with suppress(ChildProcessError):
                while True:
                    os.wait()  # what it had started dies with it, and somewhat later
            os.write(self._answers, b"%d\n" % status)
        os.kill(os.getpid(), signal.SIGKILL)


def _take_for_old(anew: Mapping[tuple[int, ...], tuple[int, ...]]) -> None:
    """Let a file that was brought back look as it did before."""
    real = stamp.stamp

    def seen(place: object) -> stamp.Stamp:
        found = real(place)  # type: ignore[arg-type]
        return found._replace(files=tuple((path, kind, anew.get(facts, facts)) for path, kind, facts in found.files))

    for module in [*sys.modules.values()]:
        if getattr(module, "stamp", None) is real:
            module.stamp = seen  # type: ignore[attr-defined]


def _close(*descriptors: int) -> None:
    for each in descriptors:
        os.close(each)


def _line(descriptor: int) -> str:
    found = b""
    while (byte := os.read(descriptor, 1)) not in (b"", b"\n"):
        found += byte
    return found.decode()
