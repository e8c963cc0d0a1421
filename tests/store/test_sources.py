from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qmsctl.core.source import EntryKind
from qmsctl.core.text.text_file import MAX_FILE_BYTES
from qmsctl.errors import RepositoryError
from qmsctl.store.commit_tree import CommitTree
from qmsctl.store.git.repository import Git
from qmsctl.store.loading import load, locate
from qmsctl.store.machine import files
from qmsctl.store.place import Place
from qmsctl.store.roots import find_prefix, find_root
from qmsctl.store.sources import WorkTree
from tests.store.conftest import commit_all, git_command, lay


def test_finds_the_nearest_root(folder: Path, tmp_path: Path) -> None:
    lay(folder, {"other/qms.yaml": "", "other/documents/QT-01.md": ""})
    assert find_root(folder / "documents") == folder
    assert find_root(folder / "other" / "documents") == folder / "other"
    with pytest.raises(RepositoryError, match="There is no qms.yaml") as caught:
        find_root(tmp_path)
    assert "qmsctl init" in str(caught.value.mend)


def test_finds_the_system_of_a_commit(folder: Path, git: Git) -> None:
    assert find_prefix(git, git.resolve("main")) == ""
    (folder / "qms.yaml").unlink()
    with pytest.raises(RepositoryError, match="holds no"):
        find_prefix(git, commit_all(folder))
    lay(folder, {"a b/qms.yaml": "", "a b/c/qms.yaml": ""})
    assert find_prefix(git, commit_all(folder)) == "a b"
    lay(folder, {"z/qms.yaml": ""})
    with pytest.raises(RepositoryError, match="several"):
        find_prefix(git, commit_all(folder))


def test_both_sources_show_the_same(folder: Path, git: Git) -> None:
    lay(
        folder,
        {
            "documents/sub/Quy trình số 7.md": "bảy\r\n",
            "documents.md": "before the folder of the same name",
            "nested/qms.yaml": "",
            "nested/documents/QT-01.md": "another system",
            "node_modules/x/README.md": "",
            "node_modules/x/index.js": "",
            ".venv/QT-02.MD": "",
            "documents/QT-03.md.qmsctl-tmp": "",
            "attachments/scan.qmsctl-tmp": "",
            "documents/__pycache__/x.pyc": b"\0",
            "attachments/scan.pdf": b"\xff" * 40_000,
        },
    )
    (folder / "documents/link.md").symlink_to("QT-01.md")
    (folder / "documents/linked").symlink_to("sub")
    head = commit_all(folder)
    here, there = locate(folder).source, CommitTree(git, head)
    assert list(here.entries().items()) == list(there.entries().items())
    assert {*here.larger(10_000)} == {*there.larger(10_000)} == {"attachments/scan.pdf"}
    paths = [*here.entries()]
    assert paths == sorted(paths)
    assert "nested/qms.yaml" not in paths
    assert here.entries()["documents/linked"] is EntryKind.SYMLINK
    for path, kind in here.entries().items():
        if kind is EntryKind.FILE:
            content = (folder / path).read_bytes()
            assert here.read(path) == there.read(path) == content
            assert here.sha256(path) == there.sha256(path)
            assert here.sha256(path) == hashlib.sha256(content).hexdigest()


def test_a_system_in_a_folder_of_the_repository(folder: Path, git: Git) -> None:
    lay(folder, {"qms one/qms.yaml": "x", "qms one/documents/QT-01.md": "y"})
    there = CommitTree(git, commit_all(folder), "qms one")
    assert [*there.entries()] == ["documents/QT-01.md", "qms.yaml"]
    assert there.read("qms.yaml") == b"x"
    assert (
        there.oid("qms.yaml") == git_command(folder, "rev-parse", "HEAD:qms one/qms.yaml").strip()
    )


def test_special_files_are_named_and_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "documents" / "pipe.md")
    source = WorkTree(folder)
    assert source.entries()["documents/pipe.md"] is EntryKind.SPECIAL
    with pytest.raises(RepositoryError, match="not a regular file"):
        source.read("documents/pipe.md")


@pytest.mark.parametrize(
    "path",
    [
        "link.md",
        "linked/secret.md",
        "documents/../../secret.md",
        "/etc/passwd",
        "documents//QT-01.md",
        "documents/nowhere.md",
        "documents",
        "./qms.yaml",
    ],
)
def test_nothing_outside_is_read(folder: Path, path: str) -> None:
    lay(folder.parent, {"secret.md": "secret"})
    (folder / "link.md").symlink_to("../secret.md")
    (folder / "linked").symlink_to("..")
    source = WorkTree(folder)
    for _walked in range(2):
        with pytest.raises(RepositoryError):
            source.read(path)
        source.entries()


def test_a_repository_inside_is_one_entry(folder: Path) -> None:
    lay(folder, {"sub/.git": "gitdir: ../.git/modules/sub\n", "sub/README.md": ""})
    assert WorkTree(folder).entries()["sub"] is EntryKind.SUBMODULE


def test_submodule_of_a_commit(folder: Path, git: Git) -> None:
    head = git.resolve("main")
    git_command(folder, "update-index", "--add", "--cacheinfo", f"160000,{head},sub")
    git_command(folder, "commit", "--quiet", "-m", "sub")
    there = CommitTree(git, git.resolve("main"))
    assert there.entries()["sub"] is EntryKind.SUBMODULE
    with pytest.raises(RepositoryError, match="holds no file sub"):
        there.read("sub")


def test_unreadable_names_survive(folder: Path, git: Git) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/documents/\xff.md"))).write_bytes(b"x")
    head = commit_all(folder)
    assert list(WorkTree(folder).entries().items()) == list(CommitTree(git, head).entries().items())
    assert WorkTree(folder).read("documents/\udcff.md") == b"x"


def test_reading_a_commit_out_of_order(folder: Path, git: Git) -> None:
    lay(folder, {f"documents/{n:03}.md": f"text {n}" for n in range(100)})
    there = CommitTree(git, commit_all(folder))
    for number in (50, 3, 99, 3, *range(100)):
        assert there.read(f"documents/{number:03}.md") == f"text {number}".encode()


def test_every_file_of_many_folders_is_read(tmp_path: Path) -> None:
    body = b"x" * 6500
    for number in range(20):
        folder = tmp_path / "documents" / f"{number}"
        folder.mkdir(parents=True)
        for inner in range(20):
            (folder / f"QT-{inner}.md").write_bytes(body)
    (tmp_path / "qms.yaml").touch()
    source = WorkTree(tmp_path)
    total = sum(len(source.read(path)) for path in source.entries())
    assert total == 20 * 20 * 6500


def test_folders_that_are_not_read_are_said(folder: Path, git: Git) -> None:
    """A nested configuration, a tool's folder below the top, or depth: none of them hides files silently."""
    deep = f"records/{'x/' * 60}e.md"
    paths = ("documents/a.md", "documents/inner/qms.yaml", "documents/inner/b.md", "documents/node_modules/c.md", "node_modules/d.md", deep)
    lay(folder, dict.fromkeys(paths, "x"))
    head = commit_all(folder)
    for source in (locate(folder).source, CommitTree(git, head)):
        found = source.entries()
        assert found["documents/a.md"] is EntryKind.FILE
        assert found["documents/inner"] is found["documents/node_modules"] is EntryKind.UNREAD
        assert [kind for path, kind in found.items() if path.startswith("records/x/")] == [EntryKind.UNREAD]
        assert not [path for path in found if path.endswith(("b.md", "c.md", "e.md"))]
        assert "node_modules/d.md" in found


LARGE = ("documents/large.md", "records/large.md", "signoffs/A/1-12345678/large.md", "signoffs/A/1-12345678/large.md.sig", "people.yaml")
NO_LARGER = ("attachments/large.md", "attachments/scan.pdf", "documents/README.md", "documents/table.csv")


def test_a_text_larger_than_what_may_be_read_is_not_read_at_all(folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(folder, dict.fromkeys((*LARGE, *NO_LARGER), b"-" * (MAX_FILE_BYTES + 1)) | {"documents/whole.md": b"-" * MAX_FILE_BYTES})
    head = commit_all(folder)
    for source in (WorkTree(folder), CommitTree(git, head)):
        for path in LARGE:
            with pytest.raises(RepositoryError, match="more than qmsctl reads"):
                source.read(path)
        assert [len(source.read(path)) for path in NO_LARGER] == [MAX_FILE_BYTES + 1] * len(NO_LARGER)
        assert len(source.read("documents/whole.md")) == MAX_FILE_BYTES
    held: list[int] = []
    real = os.read

    def counted(descriptor: int, size: int) -> bytes:
        data = real(descriptor, size)
        held.append(len(data))
        return data

    monkeypatch.setattr(os, "read", counted)
    with pytest.raises(RepositoryError):
        files.read(folder / "documents/large.md", "documents/large.md")
    assert sum(held) < MAX_FILE_BYTES // 10


def test_what_is_too_large_is_said_and_the_rest_is_read(folder: Path, git: Git) -> None:
    lay(folder, {"documents/large.md": b"-" * (MAX_FILE_BYTES + 1), "documents/QT-02.md": "---\nid: QT-02\ntype: procedure\n---\n"})
    head = commit_all(folder)
    for at, source in ((None, WorkTree(folder)), (head, CommitTree(git, head))):
        library = load(Place(folder, git, at, "", source), datetime(2026, 1, 1, tzinfo=UTC))
        problem = library.parsed["documents/large.md"].problem
        assert problem is not None
        assert (problem.rule, str(problem.message)) == ("file-unreadable", "the file is larger than 1088 kB")
        assert [item.id for item in library.items] == ["QT-02"]
