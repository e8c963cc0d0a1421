from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from qmsctl.core.lifecycle.elsewhere import Elsewhere
from qmsctl.core.source import EntryKind
from qmsctl.errors import Refusal, RepositoryError
from qmsctl.store.git import objects
from qmsctl.store.git.identity import Identity
from qmsctl.store.git.plumbing import GitFailed
from qmsctl.store.git.repository import Git
from qmsctl.store.history.past import ids_up_to
from tests.store.committing import commit
from tests.store.conftest import AUTHOR, NOW, commit_all, git_command, lay, used_ids


def status(folder: Path) -> str:
    return git_command(folder, "-c", "core.quotePath=false", "status", "--porcelain", "-uall")


def test_discovers_from_a_folder_inside(folder: Path) -> None:
    found = Git.discover(folder / "documents")
    assert found is not None
    assert found.top == folder
    assert found.git_dir == folder / ".git"
    assert found.prefix(folder / "documents") == "documents"
    assert found.prefix(folder) == ""


def test_no_repository(tmp_path: Path) -> None:
    assert Git.discover(tmp_path) is None


def test_variables_of_the_caller_do_not_reach_git(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(other))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "Nobody")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "nonsense")
    git = Git.discover(folder)
    assert git is not None
    assert git.top == folder
    made = commit(git, {"documents/QT-02.md": b"hai\n"}, "second", AUTHOR, NOW)
    assert git.head() == made
    assert git.identity() is None
    assert os.environ["GIT_DIR"] == str(other)
    assert list(other.iterdir()) == []


def test_linked_work_tree(folder: Path, tmp_path: Path) -> None:
    linked = tmp_path / "linked tree"
    git_command(folder, "worktree", "add", "--quiet", "-b", "side", str(linked))
    git = Git.discover(linked / "documents")
    assert git is not None
    assert (git.top, git.branch()) == (linked, "side")
    assert git.common_dir.resolve() == folder / ".git"
    made = commit(git, {"documents/QT-01.md": b"side\n"}, "side", AUTHOR, NOW)
    lay(linked, {"documents/QT-01.md": "side\n"})
    assert git_command(folder, "rev-parse", "side").strip() == made
    assert status(linked) == ""
    assert status(folder) == ""


def test_work_tree_whose_repository_is_gone(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /nowhere\n")
    with pytest.raises(RepositoryError, match="names no git repository"):
        Git.discover(tmp_path)


def test_bare_repository_by_its_path(folder: Path, tmp_path: Path) -> None:
    bare = tmp_path / "server.git"
    git_command(folder, "clone", "--quiet", "--bare", ".", str(bare))
    git = Git.discover(bare)
    assert git is not None
    assert git.top is None
    head = git.head()
    assert head is not None
    assert [entry.path for entry in git.tree(head)] == ["documents/QT-01.md", "qms.yaml"]
    with pytest.raises(Refusal, match="bare"):
        commit(git, {"a.md": b""}, "x", AUTHOR, NOW)


def test_bare_repository_inside_a_tree_is_not_adopted(folder: Path) -> None:
    inside = folder / "attachments" / "trap"
    git_command(folder, "init", "--quiet", "--bare", str(inside))
    git = Git.discover(inside)
    assert git is not None
    assert git.top == folder


def test_quarantined_objects_of_a_receiving_hook_are_seen(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path / "server.git"
    git_command(folder, "clone", "--quiet", "--bare", ".", str(bare))
    lay(folder, {"documents/QT-02.md": "hai\n"})
    commit = commit_all(folder)
    git = Git.discover(bare)
    assert git is not None
    with pytest.raises(RepositoryError):
        git.resolve(commit)
    monkeypatch.setenv("GIT_QUARANTINE_PATH", str(folder / ".git/objects"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(folder / ".git/objects"))
    assert git.resolve(commit) == commit


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_foreign_owner_is_one_sentence_until_trusted(folder: Path) -> None:
    os.chown(folder / ".git", 12345, 12345)
    with pytest.raises(RepositoryError, match="belongs to another user") as caught:
        Git.discover(folder)
    assert "safe.directory" in str(caught.value.mend)
    git_command(folder, "config", "--global", "--add", "safe.directory", str(folder))
    assert Git.discover(folder) is not None


@pytest.mark.process
def test_empty_repository(tmp_path: Path) -> None:
    git = Git.init(tmp_path / "mới")
    assert (git.head(), git.branch(), used_ids(git)) == (None, "main", frozenset())
    assert not (git.git_dir / "hooks").exists()
    lay(tmp_path / "mới", {"qms.yaml": "language: vi\n"})
    made = commit(git, {"qms.yaml": b"language: vi\n"}, "first", AUTHOR, NOW)
    assert git.head() == made
    assert status(tmp_path / "mới") == ""


def test_identity(folder: Path, git: Git) -> None:
    assert git.identity() is None
    git_command(folder, "config", "--global", "user.name", "Lê Lan")
    git_command(folder, "config", "--global", "user.email", "lan@x.example")
    assert git.identity() == Identity("Lê Lan", "lan@x.example")
    git_command(folder, "config", "user.email", "local@x.example")
    assert git.identity() == Identity(
        "Lê Lan", "local@x.example", Elsewhere("local@x.example", "lan@x.example", ("config", "--unset-all", "user.email"))
    )


@pytest.mark.parametrize("name", ["Lê Lan", "L", "Lan, Jr.", "'Lan'", " Lan", "Lan <lan@y.example>", "Lan\tLê", "Lan\x01", ".", "", "L\\"])
def test_identity_is_as_git_names_it(folder: Path, git: Git, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the name and the address are plain git is not asked how it would write them."""
    monkeypatch.delenv("EMAIL", raising=False)
    git_command(folder, "config", "user.name", name)
    git_command(folder, "config", "user.email", "lan@x.example")
    said = git.plumbing.ask("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT", absent=128)
    found = git.identity()
    assert found is not None
    assert found.email == "lan@x.example"
    assert found.name == (said.decode().rpartition(" <")[0] if said else "")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "<lan>@z.example")
    asked = git.identity()
    assert asked is not None
    assert asked.email == "lan@z.example"


def test_resolve_takes_only_commits(folder: Path, git: Git, tmp_path: Path) -> None:
    git_command(folder, "tag", "-a", "v1", "-m", "one")
    assert git.resolve("v1") == git.resolve("main") == git.head()
    target = tmp_path / "F"
    for ref in (f"--output={target}", "$(touch F)", "nowhere", "", "HEAD:qms.yaml", "-h"):
        with pytest.raises(RepositoryError, match="no commit"):
            git.resolve(ref)
    assert not target.exists()


def test_an_identity_of_its_own(folder: Path, git: Git) -> None:
    git.set_identity(Identity("Phạm Thị Hoa", "hoa@tan-an.example"))
    assert git.identity() == Identity("Phạm Thị Hoa", "hoa@tan-an.example")


def test_tree_and_blobs(folder: Path, git: Git) -> None:
    lay(folder, {"documents/sub/Quy trình số 7.md": "bảy\n", "attachments/empty.pdf": b""})
    (folder / "documents" / "link.md").symlink_to("QT-01.md")
    head = commit_all(folder)
    entries = {entry.path: entry for entry in git.tree(head, "documents")}
    assert list(entries) == ["QT-01.md", "link.md", "sub/Quy trình số 7.md"]
    assert entries["link.md"].kind is EntryKind.SYMLINK
    assert entries["sub/Quy trình số 7.md"].size == len("bảy\n".encode())
    assert git.tree(head, "nowhere") == ()
    everything = git.tree(head)
    contents = dict(
        zip((e.path for e in everything), git.blobs([e.oid for e in everything]), strict=True)
    )
    assert contents["attachments/empty.pdf"] == b""
    assert contents["documents/sub/Quy trình số 7.md"] == "bảy\n".encode()
    with pytest.raises(RepositoryError):
        list(git.blobs([head]))
    with pytest.raises(RepositoryError):
        list(git.blobs(["0" * 40]))


def test_used_ids_sees_every_ref_and_the_past(folder: Path, git: Git) -> None:
    lay(folder, {"records/nc/NC-2026-001.md": "x", "notes/other.md": "x", "records/a.txt": "x"})
    first = commit_all(folder)
    (folder / "records/nc/NC-2026-001.md").rename(folder / "records/nc/NC-2026-002.md")
    commit_all(folder)
    git_command(folder, "switch", "--quiet", "-c", "side")
    lay(folder, {"documents/bị xóa.md": "x"})
    side = commit_all(folder)
    git_command(folder, "switch", "--quiet", "main")
    git_command(folder, "merge", "--quiet", "--no-commit", "--no-ff", "side")
    lay(folder, {"records/EVIL-1.md": "only in the merge"})
    commit_all(folder, "merge")
    git_command(folder, "rm", "--quiet", "records/nc/NC-2026-002.md")
    commit_all(folder)
    used = ids_up_to(git, "HEAD")
    assert used_ids(git) == used.keys() == {"QT-01", "NC-2026-001", "NC-2026-002", "bị xóa", "EVIL-1"}
    assert used["bị xóa"] == f"{side[:12]}:documents/bị xóa.md"
    for place in used.values():
        git_command(folder, "cat-file", "-e", place)
    assert first[:12] not in used["QT-01"]


def test_used_ids_of_a_system_in_a_folder(folder: Path, git: Git) -> None:
    lay(folder, {"qms one/documents/QT-09.md": "x"})
    commit_all(folder)
    assert used_ids(git, "qms one") == {"QT-09"}


def of_documents(path: str) -> bool:
    return path.startswith("documents/")


def test_history(folder: Path, git: Git) -> None:
    lay(folder, {"documents/QT-01.md": "hai\n"})
    commit_all(folder)
    found = [(c.status, c.path, c.email) for c in git.history(("--all",), of_documents)]
    assert found == [
        ("M", "documents/QT-01.md", "lan@tan-an.example"),
        ("A", "documents/QT-01.md", "lan@tan-an.example"),
    ]


@pytest.mark.process
def test_a_history_of_two_thousand_commits_is_read_at_one_go(tmp_path: Path, started: list[str]) -> None:
    git = Git.init(tmp_path)
    stream = [
        f"commit refs/heads/main\ncommitter L <l@x> {1700000000 + number} +0700\n"
        f"data 1\nx\nM 644 inline documents/{number % 50}/QT-{number}.md\n"
        f"data {len(str(number))}\n{number}\n"
        for number in range(2000)
    ]
    git.plumbing.run("fast-import", "--quiet", stdin="".join(stream).encode())
    started.clear()
    assert len(used_ids(git)) == 2000
    assert len(started) == 2


WISHES = {
    "log.follow": "true", "log.showRoot": "false", "log.mailmap": "true", "log.diffMerges": "off", "log.decorate": "full", "format.pretty": "short",
    "diff.relative": "true", "diff.renames": "copies", "diff.orderFile": "qms.yaml", "diff.ignoreSubmodules": "all", "diff.mnemonicPrefix": "true",
    "i18n.logOutputEncoding": "UTF-16", "core.quotePath": "true", "core.abbrev": "7", "color.ui": "always", "notes.displayRef": "*",
}
"""What a repository may wish `git log` to show, see git-config(1)."""


def test_history_is_what_plumbing_says_whatever_git_log_is_wished_to_show(folder: Path, git: Git) -> None:
    """Both sides of a merge that takes neither, and a side that a merge left out."""
    for branch, text in {"left": "trái\n", "right": "phải\n", "lost": "mất\n"}.items():
        git_command(folder, "checkout", "--quiet", "-b", branch, "main")
        lay(folder, {"documents/QT-01.md": text, f"documents/{branch}.md": text})
        commit_all(folder)
    git_command(folder, "checkout", "--quiet", "left")
    git_command(folder, "merge", "--quiet", "-s", "ours", "-m", "ours", "lost")
    git_command(folder, "merge", "--quiet", "--no-commit", "-X", "theirs", "right")
    lay(folder, {"documents/QT-01.md": "cả hai\n"})
    commit_all(folder)
    (folder / ".mailmap").write_text("Other <other@x.example> <lan@tan-an.example>\n")
    for key, value in WISHES.items():
        git_command(folder, "config", key, value)
    listed = git.plumbing.run("rev-list", "--all")
    shown = git.plumbing.run("diff-tree", "--stdin", "--root", "-r", "-c", "--no-renames", "--name-status", "--", "documents", stdin=listed)
    wanted, commit = [], ""
    for line in shown.decode().splitlines():
        status, tab, path = line.partition("\t")
        commit = commit if tab else status
        wanted += [(commit, status, path)] if tab else []
    found = [(each.commit, each.status, each.path) for each in git.history(("--all",), of_documents)]
    assert ("MM", "documents/QT-01.md") in {each[1:] for each in found}
    assert found == wanted
    assert {(each.name, each.email) for each in git.history(("--all",), of_documents)} == {("Lan", "lan@tan-an.example")}


def test_heads_are_what_git_says_when_asked_one_by_one(folder: Path, git: Git) -> None:
    def check() -> None:
        found = git.heads()
        assert (found.commit, found.branch) == (git.head(), git.branch())

    for words in (("status",), ("pack-refs", "--all"), ("tag", "one"), ("branch", "HEAD/x"), ("tag", "HEAD"), ("checkout", "--quiet", "--detach"), ("symbolic-ref", "HEAD", "refs/heads/mới")):
        git_command(folder, *words)
        check()
    assert git.heads().ref == "refs/heads/mới"


@pytest.mark.parametrize("change", [("branch", "side"), ("tag", "v1"), ("checkout", "--quiet", "-b", "side"), ("checkout", "--quiet", "--detach"), ("commit", "--quiet", "--allow-empty", "-m", "x")])
def test_heads_tell_every_change_of_a_ref(folder: Path, git: Git, change: tuple[str, ...]) -> None:
    before = git.heads()
    assert git.heads() == before
    git_command(folder, *change)
    assert git.heads() != before


def test_shallow_clone(folder: Path, git: Git, tmp_path: Path) -> None:
    lay(folder, {"documents/QT-02.md": "hai\n"})
    commit_all(folder)
    git_command(tmp_path, "clone", "--quiet", "--depth=1", f"file://{folder}", "shallow")
    shallow = Git.discover(tmp_path / "shallow")
    assert shallow is not None
    assert shallow.is_shallow()
    assert not git.is_shallow()
    assert not shallow.is_partial()
    assert used_ids(shallow) == {"QT-01", "QT-02"}


def test_partial_clone_never_fetches(folder: Path, tmp_path: Path) -> None:
    git_command(folder, "config", "uploadpack.allowFilter", "true")
    git_command(
        tmp_path, "clone", "--quiet", "--filter=blob:none", "--no-checkout", f"file://{folder}", "p"
    )
    partial = Git.discover(tmp_path / "p")
    assert partial is not None
    assert partial.is_partial()
    oid = git_command(folder, "rev-parse", "HEAD:qms.yaml").strip()
    with pytest.raises(RepositoryError):
        list(partial.blobs([oid]))


@pytest.mark.parametrize(
    ("start", "word"),
    [
        (("merge", "side"), "merge"),
        (("rebase", "side"), "rebase"),
        (("cherry-pick", "side"), "cherry-pick"),
    ],
)
def test_unfinished_work_is_named(
    folder: Path, git: Git, start: tuple[str, ...], word: str
) -> None:
    git_command(folder, "switch", "--quiet", "-c", "side")
    lay(folder, {"documents/QT-01.md": "side\n"})
    commit_all(folder)
    git_command(folder, "switch", "--quiet", "main")
    lay(folder, {"documents/QT-01.md": "main\n"})
    commit_all(folder)
    with pytest.raises(Exception, match="returned non-zero"):
        git_command(folder, *start)
    assert str(git.in_progress()) == word
    with pytest.raises(Refusal, match="is not finished"):
        commit(git, {"documents/QT-01.md": b"x"}, "x", AUTHOR, NOW)


def test_detached(folder: Path, git: Git) -> None:
    git_command(folder, "switch", "--quiet", "--detach")
    assert git.branch() is None
    with pytest.raises(Refusal, match="No branch"):
        commit(git, {"documents/QT-01.md": b"x"}, "x", AUTHOR, NOW)


def test_commits_exactly_the_files(folder: Path, git: Git) -> None:
    before = git.head()
    lay(
        folder,
        {
            "documents/QT-01.md": "một sửa\n",
            "documents/Quy trình 'số' 2.md": "hai\r\n",
            "documents/QT-03.md": "not yet\n",
            "staged.md": "staged\n",
        },
    )
    git_command(folder, "add", "staged.md")
    made = commit(git,
        {
            "documents/QT-01.md": "một sửa\n".encode(),
            "documents/Quy trình 'số' 2.md": b"hai\r\n",
        },
        "QT-01: lần ban hành 2\n\nChi tiết",
        AUTHOR,
        NOW,
    )
    assert made == git.head()
    assert git_command(folder, "log", "-1", "--format=%P %an <%ae> %at|%cn|%s|%b") == (
        f"{before} Trần Thị Bình <binh@tan-an.example> {int(NOW.timestamp())}"
        "|Trần Thị Bình|QT-01: lần ban hành 2|Chi tiết\n\n"
    )
    assert git_command(folder, "show", "HEAD:documents/Quy trình 'số' 2.md") == "hai\r\n"
    assert status(folder) == "A  staged.md\n?? documents/QT-03.md\n"
    git_command(folder, "fsck", "--strict")
    assert "QT-01" in git_command(folder, "reflog", "-1")


def test_commit_of_nothing_new(folder: Path, git: Git) -> None:
    head = git.head()
    assert commit(git, {"documents/QT-01.md": "một\n".encode()}, "x", AUTHOR, NOW) is None
    assert git.head() == head


def test_commit_deletes_and_keeps_the_mode(folder: Path, git: Git) -> None:
    lay(folder, {"run.md": "a\n"})
    (folder / "run.md").chmod(0o755)
    commit_all(folder)
    lay(folder, {"run.md": "b\n"})
    (folder / "documents/QT-01.md").unlink()
    commit(git, {"run.md": b"b\n", "documents/QT-01.md": None}, "x", AUTHOR, NOW)
    assert status(folder) == ""
    listed = git_command(folder, "ls-tree", "-r", "HEAD", "--format=%(objectmode) %(path)")
    assert listed == "100644 qms.yaml\n100755 run.md\n"


def test_commit_waits_for_nobody(folder: Path, git: Git) -> None:
    (folder / ".git/index.lock").touch()
    with pytest.raises(Refusal, match="Another git command"):
        commit(git, {"documents/QT-01.md": b"x"}, "x", AUTHOR, NOW)
    assert sorted(p.name for p in (folder / ".git").glob("qmsctl*")) == []


def test_commit_keeps_angle_brackets_out_of_the_author_line(folder: Path, git: Git) -> None:
    commit(git, {"a.md": b"x"}, "x", Identity("A <b>\nx", "c@d>"), NOW)
    assert git_command(folder, "log", "-1", "--format=%an|%ae") == "A bx|c@d\n"


@pytest.mark.process
def test_repository_with_other_object_names(tmp_path: Path) -> None:
    git_command(tmp_path, "init", "--quiet", "-b", "main", "--object-format=sha256")
    lay(tmp_path, {"documents/QT-01.md": "một\n"})
    head = commit_all(tmp_path)
    git = Git.discover(tmp_path)
    assert git is not None
    assert git.resolve("main") == head
    assert used_ids(git) == {"QT-01"}
    lay(tmp_path, {"records/nc/NC-1.md": "x"})
    made = commit(git, {"records/nc/NC-1.md": b"x"}, "x", AUTHOR, NOW)
    assert made == git.head()
    assert git_command(tmp_path, "rev-parse", "HEAD^").strip() == head
    assert status(tmp_path) == ""
    git_command(tmp_path, "fsck", "--strict")


def test_history_is_the_same_from_a_folder_inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are those from the top, wherever the command is given."""
    lay(folder, {"office/documents/QT-01.md": "x"})
    commit_all(folder)
    found = Git.discover(folder)
    assert found is not None
    monkeypatch.chdir(folder / "office")
    assert used_ids(found, "office") == {"QT-01"}


def handmade(folder: Path, *entries: tuple[str, str, str]) -> str:
    """A tree of these modes, names and ids, as only a program makes it."""
    data = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(oid) for mode, name, oid in entries)
    (folder.parent / "tree").write_bytes(data)
    return git_command(folder, "hash-object", "-t", "tree", "-w", "--literally", str(folder.parent / "tree")).strip()


def test_a_commit_with_two_files_at_a_path_is_not_read(folder: Path) -> None:
    """Git lays down the first; whoever takes the last looks at another one."""
    git = Git.discover(folder)
    assert git is not None
    one, other = (git_command(folder, "rev-parse", f"HEAD:{path}").strip() for path in ("qms.yaml", "documents"))
    for entries in ((("100644", "a", one), ("100644", "a", one)), (("40000", "a", other), ("40000", "a", other)), (("100644", "a", one), ("40000", "a", other))):
        with pytest.raises(RepositoryError, match="two files or folders at a"):
            git.tree(git_command(folder, "commit-tree", "-m", "x", handmade(folder, *entries)).strip())


def test_folders_that_hold_each_other_many_times_over_are_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = Git.discover(folder)
    assert git is not None
    tree = handmade(folder)
    for _level in range(12):
        tree = handmade(folder, *(("40000", name, tree) for name in "abcd"))
    made = git_command(folder, "commit-tree", "-m", "x", tree).strip()
    monkeypatch.setattr(objects, "MOST", 1000)
    with pytest.raises(RepositoryError, match="more than 1000 files and folders"):
        git.tree(made)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files")
@pytest.mark.parametrize("name", ["HEAD", "config", "index", "packed-refs", "commondir", "refs/heads/other", "logs/HEAD", "info/exclude", "objects/info/alternates"])
def test_git_does_not_wait_at_a_pipe(folder: Path, name: str) -> None:
    pipe = folder / ".git" / name
    pipe.parent.mkdir(exist_ok=True)
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    with pytest.raises(RepositoryError, match=f"{name} is a pipe"):
        Git.discover(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files")
@pytest.mark.parametrize("setting", ["[include]\npath", "[core]\nexcludesFile", '[includeIf "onbranch:x"]\nPath', "[fsck]\nskipList", "[mailmap]\nfile"])
@pytest.mark.parametrize("how", ["{above}/pipe", "../../pipe", '"{above}/\\\n/pipe"', "{above}/pipe\n[include]\npath = {above}/other"])
def test_git_does_not_wait_at_a_pipe_that_a_setting_names(folder: Path, setting: str, how: str) -> None:
    os.mkfifo(folder.parent / "pipe")
    line = f"{setting} = {how.format(above=folder.parent)}\n"
    (folder.parent / "other").write_text(line)
    config = folder / ".git/config"
    config.write_text(config.read_text() + (line if "other" not in line else line[line.index("[include]\npath = /") :]))
    with pytest.raises(RepositoryError, match="pipe is a pipe"):
        Git.discover(folder)


def test_a_configuration_without_end_is_not_read(folder: Path) -> None:
    config = folder / ".git/config"
    config.write_text(config.read_text() + "# x\n" * 300_000)
    with pytest.raises(RepositoryError, match="config has more than 1 MB"):
        Git.discover(folder)


def test_a_git_folder_with_files_for_folders_is_told(folder: Path) -> None:
    shutil.rmtree(folder / ".git/objects")
    (folder / ".git/objects").touch()
    with pytest.raises(RepositoryError, match="one of them is something else"):
        Git.discover(folder)


def test_what_would_fill_the_memory_is_not_read(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    assert git.blob_at("main:documents/QT-01.md") == "một\n".encode()
    git.check_sizes(["main:documents/QT-01.md"])
    monkeypatch.setattr("qmsctl.store.git.objects.largest", lambda _path: 3)
    monkeypatch.setattr("qmsctl.store.git.objects.LARGEST", 3)
    with pytest.raises(GitFailed, match="larger than qmsctl reads"):
        git.blob_at("main:documents/QT-01.md")
    with pytest.raises(GitFailed, match="larger than qmsctl reads"):
        git.check_sizes(["main:documents/QT-01.md"])
