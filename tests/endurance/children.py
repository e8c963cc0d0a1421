"""Commands in processes that go wrong: killed, or told by the system that something cannot be done.

A warm child is a fork of this process, which has everything imported; the program is started anew as a person does.
"""

from __future__ import annotations

import builtins
import io
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from errno import EACCES, EIO, ENOSPC
from functools import partial
from pathlib import Path
from select import select

from qmsctl.__main__ import main
from tests.desk import command, environment
from tests.endurance.facts import Said

ERRORS = {"ENOSPC": ENOSPC, "EIO": EIO, "EACCES": EACCES}
SHORT = "short"
"""Half of what is to be written is written, as a disk does that is about to be full."""
FAULTS = (*ERRORS, SHORT)
_PATHS = ("open", "replace", "rename", "unlink", "remove", "mkdir", "rmdir", "link", "chmod", "listdir", "scandir")
_DESCRIPTORS = ("write", "fsync", "fdatasync", "ftruncate")
Prepare = Callable[[], None]
Carry = Callable[[Path, Sequence[str]], int]
"""Carries out in this process what a command's words say; how it ends."""


def by_words(root: Path, words: Sequence[str]) -> int:
    return main(["-C", str(root), "--lang", "en", *words])


def warm(root: Path, words: Sequence[str], prepare: Prepare = lambda: None, path: str | None = None, carry: Carry = by_words) -> Said:
    """A command in a fork, where ``prepare`` is called first."""
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if child == 0:
            _become(root, words, prepare, Path(folder), path, carry)
        return _ended(child, Path(folder), None)


def killed_at_work(root: Path, words: Sequence[str], moment: float, carry: Carry = by_words, *, locks: bool = True) -> tuple[Said, float]:
    """The same, killed ``moment`` seconds after it has taken the lock, or begun where it takes none; what was said, and how long it was left at work."""
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if child == 0:
            os.close(reading)
            _become(root, words, lambda: _tell_lock(writing), Path(folder), None, carry)
        os.close(writing)
        begun = time.monotonic()
        if locks:
            os.read(reading, 1)
            begun = time.monotonic()
        select([reading], [], [], moment)
        at_work = time.monotonic() - begun
        os.close(reading)
        return _ended(child, Path(folder), 0), at_work


def _tell_lock(writing: int) -> None:
    """Let a byte go into a pipe when the lock of an office is first opened to write."""
    real, first = os.open, iter([b"."])

    def verb(path: str | Path, flags: int, *more: int, **options: int) -> int:
        if flags & os.O_RDWR and str(path).endswith("/lock"):
            os.write(writing, next(first, b""))
        return real(path, flags, *more, **options)

    os.open = verb  # type: ignore[assignment]


def cold(root: Path, words: Sequence[str], kill_after: float | None = None, path: str | None = None) -> Said:
    """The program itself."""
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "out").open("wb") as out, (Path(folder) / "err").open("wb") as err:
            variables = environment(**({"PATH": path} if path else {}))
            child = subprocess.Popen(command("-C", root, "--lang", "en", *words), cwd=root, env=variables, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)
        said = _ended(child.pid, Path(folder), kill_after)
        child.returncode = 0  # waited for above
        return said


def _become(root: Path, words: Sequence[str], prepare: Prepare, folder: Path, path: str | None, carry: Carry) -> None:
    """Carry the command out in this process, which ends with it."""
    code = 1
    try:
        os.setsid()
        os.chdir(root)
        os.environ |= {"PATH": path} if path else {}
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
        sys.stdout, sys.stderr = ((folder / name).open("w", encoding="utf-8", buffering=1) for name in ("out", "err"))
        prepare()
        code = carry(root, words)
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001
        sys.stderr.write(f"Traceback: {type(error).__name__}: {error}\n")
    finally:
        os.kill(os.getpid(), signal.SIGKILL) if code is None else os._exit(code)


def _ended(child: int, folder: Path, kill_after: float | None) -> Said:
    if kill_after is not None:
        time.sleep(kill_after)
        _kill_with_its_children(child)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    out, err = ((folder / name).read_text(encoding="utf-8", errors="replace") if (folder / name).exists() else "" for name in ("out", "err"))
    return Said(None if status < 0 else status, out, err)


def _kill_with_its_children(child: int) -> None:
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(child, signal.SIGKILL)


def failing(root: Path, call: int, fault: str, told: Path) -> Prepare:
    """Let the ``call``-th call to the system that concerns the office fail once; ``told`` is made where it did."""
    return _at(root, call, lambda name, real, arguments: _fail(name, real, arguments, fault, told))


def dying(root: Path, call: int, told: Path, *, after: bool) -> Prepare:
    """Let the process die at that call, before or ``after`` it."""

    def die(name: str, real: Callable[..., object], arguments: tuple[object, ...]) -> object:
        told.touch()
        if after:
            real(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    return _at(root, call, die)


def _fail(name: str, real: Callable[..., object], arguments: tuple[object, ...], fault: str, told: Path) -> object:
    told.touch()
    if fault != SHORT:
        number = ERRORS[fault]
        raise OSError(number, os.strerror(number), str(arguments[0]) if isinstance(arguments[0], str | Path) else None)
    if name != "write":
        return real(*arguments)
    data = bytes(arguments[1])  # type: ignore[call-overload]
    return real(arguments[0], data[: len(data) // 2] or data)


def _at(root: Path, call: int, act: Callable[[str, Callable[..., object], tuple[object, ...]], object]) -> Prepare:
    """Put ``act`` in place of one call to the system: of those with a path, of those that concern the office or the user's own folder."""

    def prepare() -> None:
        left = iter(range(call, -1, -1))
        inside = (str(root), os.environ.get("HOME", "/nowhere"))

        def wrapped(name: str, real: Callable[..., object], concerns: Callable[[object], bool]) -> Callable[..., object]:
            def verb(*arguments: object, **options: object) -> object:
                if arguments and concerns(arguments[0]) and next(left, -1) == 0:
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
    """A ``PATH`` whose git fails at its ``call``-th time: ``before`` it does anything, or ``after`` it has done it."""
    folder.mkdir(exist_ok=True)
    real = next(str(Path(each) / "git") for each in os.environ["PATH"].split(os.pathsep) if (Path(each) / "git").exists())
    done = f'"{real}" "$@"; ' if how == "after" else ""
    (folder / "git").write_text(
        "#!/bin/sh\n"
        f'count="{folder}/count"; number=$(cat "$count" 2>/dev/null || echo 0); echo $((number + 1)) >"$count"\n'
        f'if [ "$number" = {call} ]; then touch "{folder}/told"; {done}echo "fatal: unable to write file: No space left on device" >&2; exit 128; fi\n'
        f'exec "{real}" "$@"\n'
    )
    (folder / "git").chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


