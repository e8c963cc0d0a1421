"""Commands in processes that go wrong: killed, or told by the system that something cannot be done.

A warm child is a fork of this process, which has everything imported; the program is started anew as a person does.
"""

from __future__ import annotations

import builtins
import ctypes
import io
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from errno import EACCES, EIO, ENOSPC
from functools import partial
from pathlib import Path

from qmsctl.__main__ import main
from qmsctl.store.machine import clock
from tests.desk import SOURCE, command, environment
from tests.endurance.facts import Said

ERRORS = {"ENOSPC": ENOSPC, "EIO": EIO, "EACCES": EACCES}
SHORT = "short"
"""Half of what is to be written is written, as a disk does that is about to be full."""
FAULTS = (*ERRORS, SHORT)
_PATHS = ("open", "replace", "rename", "unlink", "remove", "mkdir", "rmdir", "link", "chmod", "listdir", "scandir")
_DESCRIPTORS = ("write", "fsync", "fdatasync", "ftruncate")
_SUBREAPER = 36
_now = [datetime.now(UTC)]
_PROGRAM = "import sys, pathlib, importlib; sys.exit(getattr(importlib.import_module(sys.argv[1]), sys.argv[2])(pathlib.Path(sys.argv[3]), sys.argv[4:]))"
Prepare = Callable[[], None]
Carry = Callable[[Path, Sequence[str]], int]
"""Carries out in this process what a command's words say; how it ends."""


class _Standing(datetime):
    """A clock that stands still, so that a command does the same to the byte however often it is carried out."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return _now[0].astimezone(tz) if tz else _now[0].astimezone().replace(tzinfo=None)


def set_clock() -> None:
    """Let the clock of the children stand at this moment."""
    _now[0] = datetime.now(UTC)


def by_words(root: Path, words: Sequence[str]) -> int:
    return main(["-C", str(root), "--lang", "en", *words])


def warm(root: Path, words: Sequence[str], prepare: Prepare = lambda: None, path: str | None = None, carry: Carry = by_words) -> Said:
    """A command in a fork, where ``prepare`` is called first."""
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if child == 0:
            become(root, words, prepare, Path(folder), path, carry)
        return ended(os.waitpid(child, 0)[1], Path(folder))


def cold(root: Path, words: Sequence[str], kill_after: float | None = None, carry: Carry = by_words) -> tuple[Said, float]:
    """The program itself, or another that carries the words out, killed after so many seconds or left alone; what it said, and how long it was at work."""
    asked = command("-C", root, "--lang", "en", *words) if carry is by_words else [sys.executable, "-c", _PROGRAM, carry.__module__, carry.__name__, str(root), *words]
    adopt_orphans()
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "out").open("wb") as out, (Path(folder) / "err").open("wb") as err:
            child = subprocess.Popen(asked, cwd=root, env=environment(PYTHONPATH=f"{SOURCE}{os.pathsep}{SOURCE.parent}"), stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)
        begun = time.monotonic()
        with suppress(subprocess.TimeoutExpired):
            child.wait(kill_after)
        at_work = time.monotonic() - begun
        if child.returncode is None:
            kill_with_its_children(child.pid)
            child.wait()
        with suppress(ChildProcessError):
            while True:
                os.waitpid(-child.pid, 0)  # what it had started dies with it, and somewhat later
        return ended(abs(min(child.returncode, 0)) or child.returncode << 8, Path(folder)), at_work


def become(root: Path, words: Sequence[str], prepare: Prepare, folder: Path, path: str | None, carry: Carry) -> None:
    """Carry the command out in this process, which ends with it; its clock stands still."""
    code = 1
    try:
        os.setsid()
        clock.datetime = _Standing  # type: ignore[attr-defined]
        os.chdir(root)
        os.environ |= {"PATH": path} if path else {}
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
        sys.stdout, sys.stderr = ((folder / name).open("a", encoding="utf-8", buffering=1) for name in ("out", "err"))
        prepare()
        code = carry(root, words)
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001
        sys.stderr.write(f"Traceback: {type(error).__name__}: {error}\n")
    finally:
        os.kill(os.getpid(), signal.SIGKILL) if code is None else os._exit(code)


def ended(status: int, folder: Path) -> Said:
    """What a process said that ended with this status of ``wait``."""
    code = os.waitstatus_to_exitcode(status)
    out, err = ((folder / name).read_text(encoding="utf-8", errors="replace") if (folder / name).exists() else "" for name in ("out", "err"))
    return Said(None if code < 0 else code, out, err)


def adopt_orphans() -> None:
    """Let processes whose parent was killed be this one's children, where the system knows how, so that their end can be waited for."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SUBREAPER, 1)


def kill_with_its_children(child: int) -> None:
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(child, signal.SIGKILL)


def watched(root: Path, look: Callable[[], str], told: Path) -> Prepare:
    """Write down what ``look`` tells before and after each call, two lines a call."""
    is_looking = False

    def see(_name: str, real: Callable[..., object], arguments: tuple[object, ...]) -> object:
        _note()
        try:
            return real(*arguments)
        finally:
            _note()

    def _note() -> None:
        nonlocal is_looking
        is_looking = True
        with told.open("a") as file:
            file.write(f"{look()}\n")
        is_looking = False

    return _at(root, lambda: not is_looking, see)


def failing(root: Path, call: int, fault: str, told: Path) -> Prepare:
    """Let the ``call``-th call to the system that concerns the office fail once; ``told`` is made where it did."""
    return _at(root, _once(call), lambda name, real, arguments: _fail(name, real, arguments, fault, told))


def dying(root: Path, call: int, told: Path, *, after: bool) -> Prepare:
    """Let the process die at that call, before or ``after`` it."""

    def die(name: str, real: Callable[..., object], arguments: tuple[object, ...]) -> object:
        told.touch()
        if after:
            real(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    return _at(root, _once(call), die)


def _fail(name: str, real: Callable[..., object], arguments: tuple[object, ...], fault: str, told: Path) -> object:
    told.touch()
    if fault != SHORT:
        number = ERRORS[fault]
        raise OSError(number, os.strerror(number), str(arguments[0]) if isinstance(arguments[0], str | Path) else None)
    if name != "write":
        return real(*arguments)
    data = bytes(arguments[1])  # type: ignore[call-overload]
    return real(arguments[0], data[: len(data) // 2] or data)


def _once(call: int) -> Callable[[], bool]:
    left = iter(range(call, -1, -1))
    return lambda: next(left, -1) == 0


def _at(root: Path, is_due: Callable[[], bool], act: Callable[[str, Callable[..., object], tuple[object, ...]], object]) -> Prepare:
    """Put ``act`` in place of those calls to the system that are due: of those with a path, of those that concern the office or the user's own folder."""

    def prepare() -> None:
        inside = (str(root), os.environ.get("HOME", "/nowhere"))

        def wrapped(name: str, real: Callable[..., object], concerns: Callable[[object], bool]) -> Callable[..., object]:
            def verb(*arguments: object, **options: object) -> object:
                if arguments and concerns(arguments[0]) and is_due():
                    return act(name, lambda *given: real(*given, **options), arguments)
                return real(*arguments, **options)

            return verb

        for name in _PATHS:
            setattr(os, name, wrapped(name, getattr(os, name), partial(_is_in, inside)))
        for name in _DESCRIPTORS:
            setattr(os, name, wrapped(name, getattr(os, name), _is_kept))
        io.open = builtins.open = wrapped("open", io.open, partial(_is_in, inside))  # type: ignore[assignment]

    return prepare


def _is_in(folders: tuple[str, ...], place: object) -> bool:
    if not isinstance(place, str | bytes | Path):
        return False
    path = os.fsdecode(place)
    return not path.startswith("/") or path.startswith(folders)


def _is_kept(number: object) -> bool:
    """True for a descriptor of a file or a folder, not of a pipe or a terminal."""
    if not isinstance(number, int):
        return False
    mode = os.fstat(number).st_mode
    return number > 2 and (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def git_that_fails(folder: Path, call: int, how: str) -> str:
    """A ``PATH`` whose git fails at its ``call``-th time: ``before`` it does anything, or ``after`` it has done it; where that is ``for good``, it does nothing more."""
    folder.mkdir(exist_ok=True)
    real = next(str(Path(each) / "git") for each in os.environ["PATH"].split(os.pathsep) if (Path(each) / "git").exists())
    done = f'"{real}" "$@"; ' if how.startswith("after") else ""
    later = f'[ "$number" -gt {call} ] && exit 128\n' if how.endswith("for good") else ""
    (folder / "git").write_text(
        "#!/bin/sh\n"
        f'count="{folder}/count"; number=$(cat "$count" 2>/dev/null || echo 0); echo $((number + 1)) >"$count"\n'
        f'if [ "$number" = {call} ]; then touch "{folder}/told"; {done}echo "fatal: unable to write file: No space left on device" >&2; exit 128; fi\n'
        f'{later}exec "{real}" "$@"\n'
    )
    (folder / "git").chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


