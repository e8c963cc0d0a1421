"""An office on a small disk of its own that is full, or of which something can only be read. Mounting one takes Linux and root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.desk import git
from tests.endurance.bench import Result, copied
from tests.endurance.children import warm
from tests.endurance.facts import facts, untrue
from tests.endurance.works import Work

_SIZE = "12m"
_CHUNK = 4096


def can_mount() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def _mounted(place: Path, *words: str) -> Iterator[None]:
    subprocess.run(["mount", *words, str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def _with_room(left: int, disk: Path, _root: Path) -> Iterator[None]:
    """With room for so many bytes more."""
    with (disk / "full").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(_CHUNK))
    os.truncate(disk / "full", (disk / "full").stat().st_size - left)
    yield


@contextmanager
def _only_read(folder: str, _disk: Path, root: Path) -> Iterator[None]:
    place = root / folder
    place.mkdir(exist_ok=True)
    with _mounted(place, "--bind", str(place)):
        subprocess.run(["mount", "-o", "remount,bind,ro", str(place)], check=True)
        yield


DISKS: Mapping[str, Callable[[Path, Path], AbstractContextManager[None]]] = {
    **{f"{left} bytes left": partial(_with_room, left) for left in (0, 4096, 16384, 65536)},
    **{f"{folder} read-only": partial(_only_read, folder) for folder in (".", ".git", ".git/objects", "records")},
}


def on_disk(work: Work, offices: Path, name: str) -> Result:
    """A command on such a disk: what it says is true, whether it is refused or not."""
    with TemporaryDirectory() as folder, _mounted(Path(folder), "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs"):
        root = copied(work, offices, Path(folder) / "place")
        git(root, "status")
        with DISKS[name](Path(folder), root):
            before = facts(root)
            said = warm(root, work.words, carry=work.carry)
            after = facts(root)
    return Result(f"{work.name}, {name}", tuple(untrue(before, after, said, commits=work.commits)), begun=after != before)
