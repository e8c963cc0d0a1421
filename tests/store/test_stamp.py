"""Whatever somebody does to the files or the history shows in the stamp; looking does not."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qmsctl.core.text.text_file import digest
from qmsctl.store.git.repository import Git
from qmsctl.store.loading import load, locate
from qmsctl.store.stamp import stamp
from qmsctl.store.writing.writer import Writer
from tests.store.conftest import commit_all, git_command, lay

ONE = "documents/QT-01.md"


def same_size_and_time(folder: Path) -> None:
    """What only the inode and the moment of the last change of state tell."""
    file = folder / ONE
    before = file.stat()
    (folder / "new").write_bytes(b"hai\n".ljust(before.st_size)[: before.st_size])
    os.utime(folder / "new", ns=(before.st_atime_ns, before.st_mtime_ns))
    (folder / "new").replace(file)


def link_instead(folder: Path) -> None:
    (folder / ONE).unlink()
    (folder / ONE).symlink_to("../qms.yaml")


def committed(folder: Path) -> None:
    lay(folder, {ONE: "hai\n"})
    commit_all(folder)


CHANGES: dict[str, Callable[[Path], object]] = {
    "text": lambda f: lay(f, {ONE: "hai\n"}),
    "the same size and time": same_size_and_time,
    "a new file": lambda f: lay(f, {"records/NC-1.md": "x"}),
    "a new attachment": lambda f: lay(f, {"attachments/a/b.bin": b"x"}),
    "configuration": lambda f: lay(f, {"qms.yaml": "language: en\n"}),
    "own type": lambda f: lay(f, {".qms/types/a/type.yaml": "x"}),
    "deleted": lambda f: (f / ONE).unlink(),
    "moved": lambda f: (f / ONE).rename(f / "documents/QT-02.md"),
    "a link": lambda f: (f / "documents/link.md").symlink_to("QT-01.md"),
    "a link instead": link_instead,
    "a commit": committed,
    "an empty commit": lambda f: git_command(f, "commit", "--quiet", "--allow-empty", "-m", "x"),
    "a branch": lambda f: git_command(f, "branch", "other"),
    "a tag": lambda f: git_command(f, "tag", "one"),
    "another branch": lambda f: git_command(f, "checkout", "--quiet", "-b", "other"),
    "detached": lambda f: git_command(f, "checkout", "--quiet", "--detach"),
    "packed and moved": lambda f: (git_command(f, "pack-refs", "--all"), git_command(f, "branch", "other")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_shows(folder: Path, name: str) -> None:
    before = stamp(locate(folder))
    CHANGES[name](folder)
    assert stamp(locate(folder)) != before


def test_looking_and_locking_do_not_show(folder: Path, git: Git) -> None:
    before = stamp(locate(folder))
    (folder / ONE).read_bytes()
    git_command(folder, "status")
    git_command(folder, "pack-refs", "--all")
    with Writer(folder, git):
        pass
    assert stamp(locate(folder)) == before
    assert before.files


def test_without_git(tmp_path: Path) -> None:
    lay(tmp_path, {"qms.yaml": "language: vi\n", ONE: "một\n"})
    before = stamp(locate(tmp_path))
    with Writer(tmp_path, None):
        pass
    assert stamp(locate(tmp_path)) == before
    lay(tmp_path, {ONE: "hai\n"})
    assert stamp(locate(tmp_path)) != before


def test_what_was_looked_for_is_read_as_it_is_then(folder: Path) -> None:
    """The files of a stamp are those of the library that is read next, and nobody else's; what has changed between shows in the next stamp."""
    place = locate(folder)
    before = stamp(place, to_read=True)
    lay(folder, {"records/NC-1.md": "x", ONE: "hai\n"})
    library = load(place, datetime.now(UTC))
    assert "records/NC-1.md" not in library.files
    assert library.parsed[ONE].sha256 == digest(b"hai\n")
    assert stamp(place) == stamp(locate(folder)) != before
    assert "records/NC-1.md" in load(place, datetime.now(UTC)).files
