"""What is staged is read as a commit of it would be, and reading it changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmsctl.core.source import EntryKind
from qmsctl.store.commit_tree import CommitTree
from qmsctl.store.git.repository import Git
from qmsctl.store.staged import StagedTree
from tests.store.conftest import commit_all, git_command, lay


def whole(root: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in sorted((root / ".git").rglob("*")) if path.is_file()}


@pytest.mark.parametrize("prefix", ["", "một hai"])
def test_it_is_what_the_commit_will_be(folder: Path, git: Git, prefix: str) -> None:
    inside = f"{prefix}/" if prefix else ""
    lay(folder, {f"{inside}qms.yaml": "language: vi\n", f"{inside}documents/Quy trình “một”.md": "x" * 40_000, f"{inside}inner/qms.yaml": "", f"{inside}inner/a.md": ""})
    (folder / f"{inside}link").symlink_to("nowhere")
    git_command(folder, "add", "--all")
    before = whole(folder)
    staged = StagedTree(git, prefix)
    entries = staged.entries()
    texts = {path: staged.read(path) for path, kind in entries.items() if kind is EntryKind.FILE}
    assert whole(folder) == before
    committed = CommitTree(git, commit_all(folder), prefix)
    assert [*entries.items()] == [*committed.entries().items()]
    assert {EntryKind.SYMLINK, EntryKind.UNREAD} <= {*entries.values()}
    assert texts == {path: committed.read(path) for path in texts}


def test_another_index_that_git_names(folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(folder, {"documents/QT-02.md": "hai\n"})
    monkeypatch.chdir(folder)
    (folder / ".git" / "other").write_bytes((folder / ".git" / "index").read_bytes())
    git_command(folder, "add", "--all")
    assert "documents/QT-02.md" in StagedTree(git).entries()
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/other")
    assert "documents/QT-02.md" not in StagedTree(git).entries()
