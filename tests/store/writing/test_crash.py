"""Processes that die in the middle, and processes that want the same thing at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qmsctl.core.edit import Edit, FileChange
from qmsctl.message import _
from qmsctl.store.git.repository import Git
from qmsctl.store.machine.user_state import user_state
from qmsctl.store.writing.writer import Writer, write
from tests.store.conftest import lay
from tests.store.git.test_git import status
from tests.store.writing.test_writer import recover

VERBS = ("open", "fsync", "replace", "unlink", "mkdir", "write", "rename", "chmod")
PATHS = ("documents/QT-01.md", "documents/QT-02.md", "records/moi/NC-1.md")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def in_child(act: Callable[[], None]) -> int:
    """Run ``act`` in a process of its own; its exit status."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:  # noqa: BLE001
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_at(call: int, *, after: bool, git: bool = False) -> None:
    """Let this process end at its ``call``-th call to the system, before it or after it; one of ``git`` is one, too, if wanted."""
    calls = iter(range(10_000))

    def wrapped(real: Callable[..., object]) -> Callable[..., object]:
        def verb(*args: object, **kwargs: object) -> object:
            last = next(calls) == call
            if last and not after:
                os._exit(9)
            try:
                return real(*args, **kwargs)
            finally:
                if last:
                    os._exit(9)

        return verb

    for name in VERBS:
        setattr(os, name, wrapped(getattr(os, name)))
    if git:
        subprocess.run = wrapped(subprocess.run)  # type: ignore[assignment]


def change(folder: Path, content: bytes) -> Edit:
    return Edit(
        tuple(
            FileChange(
                path, (folder / path).read_bytes() if (folder / path).exists() else None, content
            )
            for path in PATHS
        ),
        _("change"),
    )


def contents(folder: Path) -> set[bytes | None]:
    return {(folder / path).read_bytes() if (folder / path).exists() else None for path in PATHS}


@pytest.mark.parametrize("after", [False, True])
def test_dying_at_every_step_leaves_old_or_new(folder: Path, git: Git, *, after: bool) -> None:
    lay(folder, dict.fromkeys(PATHS, b"0"))
    outcomes = set()
    for call in range(200):
        old, new = str(call).encode(), str(call + 1).encode()
        lay(folder, dict.fromkeys(PATHS, old))

        def act(call: int = call, new: bytes = new) -> None:
            die_at(call, after=after)
            write(folder, change(folder, new), git)

        died = in_child(act)
        recover(folder, git)
        assert contents(folder) in ({old}, {new})
        assert not list(folder.rglob("*.qmsctl-tmp"))
        outcomes.add(contents(folder) == {old})
        write(folder, change(folder, b"still works"), git)
        if died == 0:
            break
    else:
        pytest.fail("the writer never came to its end")
    assert outcomes == {True, False}
    assert "tmp" not in status(folder)
    assert list(user_state().iterdir()) == [], "no key outlives its journal"


def test_dying_during_recovery(folder: Path, git: Git) -> None:
    lay(folder, dict.fromkeys(PATHS, b"old"))

    def die_between_renames() -> None:
        real, calls = os.replace, iter(range(100))

        def replace(*args: object) -> None:
            if next(calls) == 2:
                os._exit(9)
            real(*args)  # type: ignore[arg-type]

        os.replace = replace  # type: ignore[assignment]
        write(folder, change(folder, b"new"), git)

    assert in_child(die_between_renames) == 9
    assert contents(folder) == {b"old", b"new"}
    for call in range(200):

        def act(call: int = call) -> None:
            die_at(call, after=False)
            recover(folder, git)

        if in_child(act) == 0:
            break
    assert contents(folder) == {b"new"}


def test_killed_at_random_moments(folder: Path, git: Git) -> None:
    lay(folder, dict.fromkeys(PATHS, b"x"))
    chance = random.Random(7)
    for number in range(60):
        before = contents(folder)
        child = os.fork()
        if child == 0:
            write(folder, change(folder, str(number).encode()), git)
            os._exit(0)
        time.sleep(chance.uniform(0, 0.012))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        recover(folder, git)
        assert contents(folder) in (before, {str(number).encode()})
        assert not list(folder.rglob("*.qmsctl-tmp"))


def test_eight_processes_take_distinct_ids(folder: Path, git: Git) -> None:
    def take_twenty() -> None:
        for _turn in range(20):
            with Writer(folder, git) as writer:
                taken = len(list((folder / "records").glob("*.md")))
                path = f"records/NC-{taken + 1:03}.md"
                writer.write(Edit((FileChange(path, None, b"x"),), _("new")))

    (folder / "records").mkdir()
    children = []
    for _child in range(8):
        child = os.fork()
        if child == 0:
            try:
                take_twenty()
            except BaseException:  # noqa: BLE001
                os._exit(1)
            os._exit(0)
        children.append(child)
    ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert ended == [0] * 8
    found = sorted(path.name for path in (folder / "records").iterdir())
    assert found == [f"NC-{number:03}.md" for number in range(1, 161)]
