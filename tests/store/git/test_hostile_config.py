"""A repository whose configuration names a program for everything: none of them ever runs."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from qmsctl.core.edit import Edit, FileChange
from qmsctl.errors import RepositoryError
from qmsctl.message import _
from qmsctl.store.commit_tree import CommitTree
from qmsctl.store.git.repository import Git
from qmsctl.store.sources import WorkTree
from qmsctl.store.writing.writer import write
from tests.hostile import arm
from tests.store.committing import commit
from tests.store.conftest import AUTHOR, NOW, commit_all, git_command, lay, used_ids


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return tmp_path / "canary"


@pytest.fixture
def hostile(folder: Path, tmp_path: Path, canary: Path) -> Git:
    lay(folder, {".gitattributes": "*.md filter=evil diff=evil merge=evil\n"})
    commit_all(folder)
    arm(folder, tmp_path, canary)
    git = Git.discover(folder)
    assert git is not None
    canary.unlink(missing_ok=True)
    return git


def test_the_trap_is_armed(hostile: Git, canary: Path) -> None:
    """The same repository does run its programs under the everyday commands."""
    assert hostile.top is not None
    lay(hostile.top, {"documents/QT-01.md": "changed\n"})
    git_command(hostile.top, "--work-tree=.", "status")
    assert canary.exists()


def test_no_reading_verb_runs_anything(hostile: Git, folder: Path, canary: Path) -> None:
    lay(folder, {"documents/QT-01.md": "changed\n"})
    head = hostile.resolve("main")
    hostile.head()
    hostile.branch()
    hostile.identity()
    hostile.in_progress()
    hostile.is_shallow()
    assert hostile.is_partial()
    used_ids(hostile)
    list(hostile.history(("--all",)))
    for source in (CommitTree(hostile, head), WorkTree(folder)):
        for path in source.entries():
            source.read(path)
            source.sha256(path)
    assert not canary.exists(), canary.read_text()


def test_a_missing_object_is_not_fetched(hostile: Git, canary: Path) -> None:
    missing = "1" * 40
    with pytest.raises(RepositoryError):
        list(hostile.blobs([missing]))
    with pytest.raises(RepositoryError):
        hostile.blob_sha256(missing)
    with pytest.raises(RepositoryError):
        hostile.tree(missing)
    with pytest.raises(RepositoryError):
        hostile.resolve(missing)
    with pytest.raises(RepositoryError):
        list(hostile.history(start=(missing,)))
    assert not canary.exists(), canary.read_text()


def test_writing_and_committing_run_nothing(hostile: Git, folder: Path, canary: Path) -> None:
    change = FileChange("documents/QT-01.md", "một\n".encode(), b"hai\n")
    write(folder, Edit((change,), _("change")), hostile)
    made = commit(hostile, {"documents/QT-01.md": b"hai\n"}, "change", AUTHOR, NOW)
    assert made == hostile.head()
    assert not canary.exists(), canary.read_text()


def test_init_inside_runs_nothing(hostile: Git, folder: Path, canary: Path) -> None:
    Git.init(folder)
    assert not canary.exists(), canary.read_text()


def test_replaced_objects_do_not_count(folder: Path, git: Git) -> None:
    head = git.resolve("main")
    real = git_command(folder, "rev-parse", "HEAD:documents/QT-01.md").strip()
    lay(folder, {"other": "forged\n"})
    forged = git_command(folder, "hash-object", "-w", "other").strip()
    git_command(folder, "replace", real, forged)
    assert CommitTree(git, head).read("documents/QT-01.md") == "một\n".encode()


def test_grafts_do_not_count(folder: Path, git: Git) -> None:
    lay(folder, {"documents/QT-02.md": "x"})
    head = commit_all(folder)
    (folder / ".git/info").mkdir(exist_ok=True)
    (folder / ".git/info/grafts").write_text(f"{head}\n")
    assert [c.path for c in git.history((head,), lambda path: path.startswith("documents/"))] == [
        "documents/QT-02.md",
        "documents/QT-01.md",
    ]


def test_a_commit_graph_does_not_count(folder: Path, git: Git) -> None:
    """It may say that a commit has no parents, and everything before it is gone."""
    lay(folder, {"documents/QT-02.md": "x"})
    head = commit_all(folder)
    git_command(folder, "commit-graph", "write", "--reachable")
    graph = folder / ".git/objects/info/commit-graph"
    data = bytearray(graph.read_bytes())
    chunks = {bytes(data[at : at + 4]): int.from_bytes(data[at + 4 : at + 12]) for at in range(8, 8 + 12 * data[6], 12)}
    row = (data.index(bytes.fromhex(head), chunks[b"OIDL"]) - chunks[b"OIDL"]) // 20
    parent = chunks[b"CDAT"] + 36 * row + 20
    data[parent : parent + 4] = (0x70000000).to_bytes(4)
    data[-20:] = hashlib.sha1(data[:-20], usedforsecurity=False).digest()
    graph.chmod(0o644)
    graph.write_bytes(data)
    assert git_command(folder, "rev-list", "--count", "HEAD").strip() == "1"
    assert [each.path for each in git.history((head,), lambda path: path.startswith("documents/"))] == ["documents/QT-02.md", "documents/QT-01.md"]
