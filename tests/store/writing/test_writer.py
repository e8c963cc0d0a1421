from __future__ import annotations

import errno
import json
import os
import signal
import stat
import unicodedata
from pathlib import Path

import pytest

from qmsctl.core.edit import Edit, FileChange
from qmsctl.errors import QmsError, Refusal, RepositoryError
from qmsctl.message import _
from qmsctl.store.git.repository import Git
from qmsctl.store.machine import files
from qmsctl.store.sources import WorkTree
from qmsctl.store.writing.journal import Journal, Step, Untrusted, digest
from qmsctl.store.writing.left_behind import was_interrupted
from qmsctl.store.writing.lock import Lock, Waiting
from qmsctl.store.writing.state import make_state_folder, state_folder
from qmsctl.store.writing.writer import Writer, write
from tests.store.conftest import commit_all, git_command, lay
from tests.store.git.test_git import status

ONE = "documents/QT-01.md"


def encoded(text: str | None) -> bytes | None:
    return None if text is None else text.encode()


def edit(*changes: tuple[str, str | None, str | None]) -> Edit:
    return Edit(
        tuple(FileChange(path, encoded(before), encoded(after)) for path, before, after in changes),
        _("change"),
    )


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
        if ".git" not in path.relative_to(folder).parts
    }


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A QMS outside any repository."""
    root = tmp_path / "plain"
    lay(root, {"qms.yaml": "language: vi\n", ONE: "một\n"})
    return root


def test_writes_creates_and_deletes(folder: Path, git: Git) -> None:
    lay(folder, {"records/old.md": "old\n"})
    (folder / ONE).chmod(0o640)
    write(
        folder,
        edit(
            (ONE, "một\n", "hai\r\n"),
            ("records/năm 2026/NC-2026-001.md", None, "mới\n"),
            ("records/old.md", "old\n", None),
            ("qms.yaml", "language: vi\n", "language: vi\n"),
        ),
        git,
    )
    assert {k: v for k, v in everything(folder).items() if v} == {
        "qms.yaml": b"language: vi\n",
        ONE: b"hai\r\n",
        "records/năm 2026/NC-2026-001.md": "mới\n".encode(),
    }
    assert (folder / ONE).stat().st_mode & 0o777 == 0o640
    assert "qmsctl" not in status(folder)
    assert recover(folder, git) is False


@pytest.mark.process
def test_without_git_nothing_shows_up_later(plain: Path) -> None:
    write(plain, edit((ONE, "một\n", "hai\n")), None)
    assert [*WorkTree(plain).entries()] == [ONE, "qms.yaml"]
    git_command(plain, "init", "--quiet")
    assert status(plain) == f"?? {ONE}\n?? qms.yaml\n"


def test_each_system_of_a_repository_has_its_own_state(folder: Path, git: Git) -> None:
    assert state_folder(folder, git) == folder / ".git/qmsctl/_"
    assert state_folder(folder / "a b/c", git) == folder / ".git/qmsctl/a%20b%2Fc"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ((ONE, "other\n", "hai\n"), f"{ONE} was changed since"),
        ((ONE, None, "hai\n"), f"{ONE} exists already"),
        (("documents/QT-02.md", "gone\n", "hai\n"), "documents/QT-02.md was changed since"),
        (("linked/QT-02.md", None, "x"), "leads over linked"),
        (("link.md", None, "x"), "leads over link.md"),
        ((f"{ONE}/x.md", None, "x"), "leads over QT-01.md"),
        (("documents", None, "x"), "leads over documents"),
        (("documents/../../x.md", None, "x"), "not a name"),
        (("/tmp/x.md", None, "x"), "not a name"),
        (("documents//x.md", None, "x"), "not a name"),
        (("documents\\x.md", None, "x"), "not a name"),
        (("C:x.md", None, "x"), "not a name"),
        ((".git/config", None, "x"), "not a name"),
        ((".GIT/hooks/x", None, "x"), "not a name"),
        (("documents/nul.md", None, "x"), "not a name"),
        (("documents/x.md.", None, "x"), "not a name"),
        (("documents/a\nb.md", None, "x"), "not a name"),
        (("documents/qt-01.MD", None, "x"), "would look the same as QT-01.md"),
        (("Documents/QT-05.md", None, "x"), "would look the same as documents"),
        ((unicodedata.normalize("NFD", "documents/số.md"), None, "x"), "normal form"),
    ],
)
def test_refuses_with_nothing_changed(
    folder: Path, git: Git, change: tuple[str, str | None, str | None], sentence: str
) -> None:
    (folder / "linked").symlink_to("documents")
    (folder / "link.md").symlink_to("qms.yaml")
    before = everything(folder)
    with pytest.raises(Refusal) as caught:
        write(folder, edit(("new/NC-1.md", None, "x"), change), git)
    assert sentence in str(caught.value)
    assert caught.value.mend is not None
    assert everything(folder) == before


def test_refuses_two_paths_that_look_the_same(folder: Path, git: Git) -> None:
    with pytest.raises(Refusal, match="look the same"):
        write(folder, edit(("a/x.md", None, "x"), ("a/X.md", None, "y")), git)
    assert not (folder / "a").exists()


def test_refuses_on_a_detached_head_and_in_a_merge(folder: Path, git: Git) -> None:
    git_command(folder, "switch", "--quiet", "--detach")
    with pytest.raises(Refusal, match="No branch"):
        write(folder, edit((ONE, "một\n", "hai\n")), git)
    git_command(folder, "switch", "--quiet", "main")
    (folder / ".git/MERGE_HEAD").touch()
    with pytest.raises(Refusal, match="A merge is not finished"):
        write(folder, edit((ONE, "một\n", "hai\n")), git)
    assert (folder / ONE).read_text() == "một\n"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("verb", ["fsync", "replace", "open", "mkdir", "unlink"])
def test_a_failing_disk_changes_nothing(
    folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch, verb: str, number: int
) -> None:
    """Each call fails once, the first, the second, … until none fails any more."""
    changes = edit(
        (ONE, "một\n", "hai\n"), ("a/b.md", None, "x"), ("qms.yaml", "language: vi\n", None)
    )
    before = everything(folder)
    make_state_folder(folder, git)
    real = getattr(os, verb)
    for failing in range(100):
        calls = iter(range(1000))

        def broken(*args: object, **kwargs: object) -> object:
            if next(calls) == failing:  # noqa: B023
                raise OSError(number, os.strerror(number), str(folder / "x"))
            return real(*args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(os, verb, broken)
            try:
                write(folder, changes, git)
            except QmsError as error:
                assert os.strerror(number).lower() in str(error)
            else:
                break
        recover(folder, git)
        now = everything(folder)
        if now != before:
            assert now.keys() >= {ONE, "a/b.md"}
            assert "qms.yaml" not in now
            break
    assert not list(folder.rglob("*.qmsctl-tmp"))


def test_a_journal_that_a_failing_disk_keeps_is_told(folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor can it be seen any more whether there is a key to it; once the disk is well again, the change is made."""
    with monkeypatch.context() as broken:
        real = os.replace

        def fails(*_given: object, **_options: object) -> int:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        def replace(source: Path, target: Path) -> None:
            real(source, target)
            for verb in ("open", "unlink"):
                broken.setattr(os, verb, fails)

        broken.setattr(os, "replace", replace)
        with pytest.raises(RepositoryError, match="is noted in .* and not made"):
            write(folder, edit((ONE, "một\n", "hai\n")), git)
    assert (folder / ONE).read_bytes() == "một\n".encode()
    assert recover(folder, git)
    assert (folder / ONE).read_bytes() == b"hai\n"


@pytest.mark.parametrize("also_full", [False, True], ids=["", "and the disk is full"])
def test_what_somebody_saves_while_it_writes_stays(folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch, also_full: bool) -> None:
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == "b.md":
            lay(folder, {ONE: "a person's\n"})
            if also_full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    before = everything(folder)
    with pytest.raises(QmsError) as told:
        write(folder, edit(("a.md", None, "x"), ("b.md", None, "x"), (ONE, "một\n", "hai\n")), git)
    assert ("no space left" if also_full else f"{ONE} was changed since") in str(told.value)
    assert everything(folder) == before | {ONE: b"a person's\n"}
    assert not recover(folder, git)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_read_only_folder(folder: Path, git: Git) -> None:
    (folder / "documents").chmod(0o555)
    with pytest.raises(RepositoryError, match="permission denied. Nothing was changed"):
        write(folder, edit((ONE, "một\n", "hai\n")), git)


def test_ctrl_c_takes_effect_after_the_change(
    folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files.write_new

    def interrupted(*args: object) -> None:
        signal.raise_signal(signal.SIGINT)
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "write_new", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(folder, edit((ONE, "một\n", "hai\n")), git)
    assert (folder / ONE).read_text() == "hai\n"
    assert recover(folder, git) is False
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def recover(folder: Path, git: Git | None) -> bool:
    """What any writing command does first; tells whether there was something to finish."""
    pending = was_interrupted(folder, git)
    with Writer(folder, git):
        assert not was_interrupted(folder, git)
    return pending


def leave_journal(folder: Path, git: Git | None, *steps: Step) -> Path:
    left = Journal(make_state_folder(folder, git), folder)
    left.write(steps)
    return left.path


def test_recovery_finishes_the_change(folder: Path, git: Git) -> None:
    lay(folder, {"documents/QT-02.md": "hai\n"})
    leave_journal(
        folder,
        git,
        Step(ONE, digest("một\n".encode()), b"new one\n"),
        Step("documents/QT-02.md", digest(b"before\n"), b"hai\n"),
        Step("records/NC-1.md", None, b"nc\n"),
        Step("qms.yaml", digest(b"language: vi\n"), None),
    )
    assert recover(folder, git) is True
    assert {k: v for k, v in everything(folder).items() if v} == {
        ONE: b"new one\n",
        "documents/QT-02.md": b"hai\n",
        "records/NC-1.md": b"nc\n",
    }
    assert recover(folder, git) is False


def test_recovery_stops_where_somebody_edited(folder: Path, git: Git) -> None:
    left = leave_journal(
        folder,
        git,
        Step("qms.yaml", digest(b"language: vi\n"), b"x"),
        Step(ONE, digest(b"before\n"), b"after\n"),
    )
    before = everything(folder)
    for act in (lambda: recover(folder, git), lambda: write(folder, edit(), git)):
        with pytest.raises(Refusal, match=f"edited since: {ONE}") as caught:
            act()
        assert str(left) in str(caught.value.mend)
        assert everything(folder) == before
    left.unlink()
    write(folder, edit((ONE, "một\n", "hai\n")), git)


def test_damaged_journal(folder: Path, git: Git) -> None:
    left = leave_journal(folder, git, Step(ONE, digest("một\n".encode()), b"new one\n"))
    left.write_bytes(left.read_bytes()[:-1])
    with pytest.raises(RepositoryError, match="of an interrupted command is damaged"):
        recover(folder, git)
    assert (folder / ONE).read_bytes() == "một\n".encode()


@pytest.mark.parametrize("content", [b"", b"nonsense", b"[]\n", b"5\n5\n5", b"\xff\n"])
def test_journal_of_nobody(folder: Path, git: Git, content: bytes) -> None:
    leave_journal(folder, git).write_bytes(content)
    with pytest.raises(Untrusted, match="does not say who left it"):
        recover(folder, git)


@pytest.mark.parametrize("version", [2, 9])
def test_journal_of_another_version(folder: Path, git: Git, version: int) -> None:
    left = leave_journal(folder, git, Step(ONE, digest("một\n".encode()), b"new one\n"))
    left.write_bytes(left.read_bytes().replace(b'"version": 3', f'"version": {version}'.encode()))
    with pytest.raises(Untrusted, match="left by another version of qmsctl"):
        recover(folder, git)
    assert (folder / ONE).read_bytes() == "một\n".encode()


def test_journal_cannot_lead_out_of_the_system(folder: Path, git: Git) -> None:
    leave_journal(folder, git, Step("../outside.md", None, b"x"))
    with pytest.raises(Refusal):
        recover(folder, git)
    assert not (folder.parent / "outside.md").exists()


def test_waiting_in_vain_names_the_holder(tmp_path: Path) -> None:
    with Lock(tmp_path / "lock"), pytest.raises(Refusal, match=f"process {os.getpid()} of"):
        Lock(tmp_path / "lock", Waiting(most=0.1)).__enter__()
    with Lock(tmp_path / "lock", Waiting(most=0.1)):
        assert json.loads((tmp_path / "lock").read_text())["pid"] == os.getpid()


def test_linked_work_trees_do_not_wait_for_each_other(
    folder: Path, git: Git, tmp_path: Path
) -> None:
    git_command(folder, "worktree", "add", "--quiet", "-b", "side", str(tmp_path / "linked"))
    linked = Git.discover(tmp_path / "linked")
    with Writer(folder, git):
        write(tmp_path / "linked", edit((ONE, "một\n", "hai\n")), linked)
    commit_all(tmp_path / "linked")


@pytest.mark.skipif(os.name == "nt", reason="there are no such rights")
@pytest.mark.parametrize(("said", "file", "inner"), [("group", 0o660, 0o770), ("everybody", 0o664, 0o775), ("0640", 0o640, 0o750), ("false", 0o600, 0o700), ("nonsense", 0o600, 0o700), (None, 0o600, 0o700)])
def test_what_is_written_is_as_open_as_git_is_told_to_be(folder: Path, git: Git, said: str | None, file: int, inner: int) -> None:
    if said:
        git_command(folder, "config", "core.sharedRepository", said)
    before = os.umask(0o077)
    try:
        write(folder, edit(("new/a.md", None, "a")), git)
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)
    found = [stat.S_IMODE(each.stat().st_mode) for each in (folder / "new/a.md", folder / "new", next(git.git_dir.rglob("lock")))]
    assert found == [file, inner, file]
