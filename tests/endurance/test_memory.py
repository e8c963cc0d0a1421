"""What is judged once rests on a digest: what matters makes another, what differs by chance does not."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk import git
from tests.endurance.memory import Memory

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("remembered") / "office"
    (root / "below").mkdir(parents=True)
    git(root, "init", "--quiet", "-b", "main")
    (root / "below/a.md").write_text("one")
    (root / "link").symlink_to("below/a.md")
    git(root, "add", "--all")
    (root / ".git/qmsctl/_").mkdir(parents=True)
    (root / ".git/logs").mkdir()
    (root / ".git/logs/HEAD").write_text("0 1 Minh <m@x> 1700000000 +0700\tcommit\n")
    return root


def _linked(path: Path) -> Path:
    path.symlink_to("elsewhere")
    return path


def _hide(root: Path) -> None:
    """Let a file be another that looks to git as it did: of the same size and moments, told by the index."""
    looks = (root / "below/a.md").lstat()
    later = time.time() + 60
    (root / "below/a.md").write_text("two")
    os.utime(root / "below/a.md", ns=(looks.st_mtime_ns, looks.st_mtime_ns))
    changed = (root / "below/a.md").lstat().st_ctime_ns
    index = root / ".git/index"
    data = bytearray(index.read_bytes())
    at = data.index(b"below/a.md") - 62
    data[at : at + 8] = b"".join(part.to_bytes(4, "big") for part in divmod(changed, 10**9))
    index.write_bytes(data)
    os.utime(index, (later, later))


MATTERS: dict[str, Callable[[Path], object]] = {
    "bytes": lambda root: (root / "below/a.md").write_text("other"),
    "a file more": lambda root: (root / "b.md").touch(),
    "a file less": lambda root: (root / "below/a.md").unlink(),
    "an empty folder": lambda root: (root / "empty").mkdir(),
    "mode": lambda root: (root / "below/a.md").chmod(0o755),
    "a link": lambda root: _linked(root / "other").replace(root / "link"),
    "a lock of git's": lambda root: (root / ".git/index.lock").touch(),
    "the index": lambda root: (root / ".git/index").unlink(),
    "half an object": lambda root: (root / ".git/objects/tmp_obj_abcdef").write_text("half"),
    "a journal": lambda root: (root / ".git/qmsctl/_/journal").write_text("{}\n"),
    "a draft": lambda root: (root / ".0123456789abcdef-01234567.qmsctl-tmp").touch(),
    "what git does not see": _hide,
}


@pytest.mark.parametrize("change", MATTERS.values(), ids=MATTERS)
def test_what_matters_is_told_and_brought_back(change: Callable[[Path], object], office: Path) -> None:
    memory = Memory([office])
    before = memory.digest()
    change(office)
    assert memory.digest() != before
    memory.bring_back()
    assert Memory([office]).digest() == before
    assert git(office, "diff") == ""


def test_what_differs_by_chance_is_not(office: Path) -> None:
    memory, found = Memory([office]), set()
    for number in ("12", "34"):
        (office / f".git/objects/tmp_obj_abcd{number}").write_text("half")
        (office / f".0123456789abcdef-012345{number}.qmsctl-tmp").touch()
        (office / ".git/qmsctl/_/lock").write_text(f'{{"pid": {number}, "user": "minh"}}')
        (office / ".git/logs/HEAD").write_text(f"0 1 Minh <m@x> 17000000{number} +0700\tcommit\n")
        os.utime(office / "below/a.md", (int(number), int(number)))
        git(office, "update-index", "--refresh")
        found.add(memory.digest())
        memory.bring_back()
    assert len(found) == 1
