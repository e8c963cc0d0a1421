"""What an interrupted command left: its files, its commit and git's index are finished together, or a person is told how."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qmsctl.core.edit import Edit, FileChange
from qmsctl.errors import Refusal
from qmsctl.message import _
from qmsctl.store.git import commits
from qmsctl.store.git.intent import IndexBehind, Intent, Unseen, Wish
from qmsctl.store.git.plumbing import GitFailed, Plumbing
from qmsctl.store.git.repository import Git
from qmsctl.store.loading import locate
from qmsctl.store.machine import files
from qmsctl.store.writing.left_behind import was_interrupted
from qmsctl.store.writing.recovery import Finished
from qmsctl.store.writing.writer import Writer
from qmsctl.value import replace
from tests.store.conftest import AUTHOR, NOW, commit_all, git_command, lay
from tests.store.git.test_git import status
from tests.store.writing.test_crash import die_at, in_child

ONE, NEW, GONE = "documents/QT-01.md", "records/nc/NC-1.md", "records/old.md"
WISH = Wish(AUTHOR, NOW, "NC-1: 'một' $lần")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def office(folder: Path) -> Path:
    lay(folder, {GONE: "old\n", "note.txt": "1\n"})
    commit_all(folder, "second")
    return folder


def change() -> Edit:
    return Edit((FileChange(ONE, "một\n".encode(), b"hai\n"), FileChange(NEW, None, b"nc\n"), FileChange(GONE, b"old\n", None)), _("change"))


def is_made(folder: Path) -> bool:
    """All of it on the disk; none of it otherwise."""
    found = [(folder / path).read_bytes() if (folder / path).exists() else None for path in (ONE, NEW, GONE)]
    assert found in ([b"hai\n", b"nc\n", None], ["một\n".encode(), None, b"old\n"])
    return found[0] == b"hai\n"


def written(folder: Path) -> None:
    with Writer(folder, Git.discover(folder)) as writer:
        writer.write(change(), WISH)


def recovered(folder: Path) -> Finished | None:
    with Writer(folder, Git.discover(folder)) as writer:
        return writer.finished


def killed_before(folder: Path, verb: str) -> None:
    """The change, in a process that dies before git is asked to do this."""
    real = subprocess.run

    def run(words: list[str], **given: object) -> object:
        if verb in words:
            os._exit(9)
        return real(words, **given)  # type: ignore[call-overload]

    def act() -> None:
        subprocess.run = run  # type: ignore[assignment]
        written(folder)

    assert in_child(act) == 9
    assert was_interrupted(folder, Git.discover(folder))


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("first", [0, 1])
def test_dying_at_any_step_leaves_files_commit_and_index_of_one_mind(office: Path, first: int, *, after: bool) -> None:
    start = git_command(office, "rev-parse", "HEAD").strip()
    for call in range(first, 200, 4):
        git_command(office, "reset", "--quiet", "--hard", start)

        def act(call: int = call) -> None:
            die_at(call, after=after, git=True)
            written(office)

        died = in_child(act)
        recovered(office)
        made = is_made(office)
        assert not status(office), call
        assert git_command(office, "log", "--format=%s", f"{start}..").splitlines() == ([WISH.message] if made else [])
        git_command(office, "fsck", "--strict", "--no-dangling")
        if died == 0:
            assert made
            return
    pytest.fail("the writer never came to its end")


def test_it_says_what_it_has_finished(office: Path) -> None:
    killed_before(office, "update-ref")
    assert recovered(office) == Finished((ONE, NEW, GONE), git_command(office, "rev-parse", "HEAD").strip())
    assert git_command(office, "log", "-1", "--format=%an %ae %at %s") == f"{AUTHOR.name} {AUTHOR.email} {int(NOW.timestamp())} {WISH.message}\n"
    assert recovered(office) is None


def test_on_top_of_what_came_meanwhile(office: Path) -> None:
    killed_before(office, "update-ref")
    git_command(office, "commit", "--quiet", "--allow-empty", "-m", "meanwhile")
    assert recovered(office) is not None
    assert git_command(office, "log", "-2", "--format=%s").splitlines() == [WISH.message, "meanwhile"]
    assert not status(office)


def test_what_is_committed_by_hand_already_is_not_committed_again(office: Path) -> None:
    killed_before(office, "update-ref")
    head = commit_all(office, "by hand")
    assert recovered(office) == Finished((ONE, NEW, GONE))
    assert git_command(office, "rev-parse", "HEAD").strip() == head


def _other_branch(folder: Path) -> None:
    git_command(folder, "switch", "--quiet", "-c", "side")


def _edited(folder: Path) -> None:
    lay(folder, {ONE: "edited\n"})


def _overtaken(folder: Path) -> None:
    blob = subprocess.run(["git", "hash-object", "-w", "--stdin"], cwd=folder, input=b"theirs\n", capture_output=True, check=True).stdout.decode().strip()
    git_command(folder, "update-index", "--cacheinfo", f"100644,{blob},{ONE}")
    git_command(folder, "commit", "--quiet", "-m", "theirs")


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        (_other_branch, "the files are written, but not committed: another branch is checked out"),
        (_edited, f"A command was interrupted, and these files were edited since: {ONE}"),
        (_overtaken, "the files are written, but not committed: somebody has committed the same files"),
    ],
)
def test_where_it_cannot_be_committed_two_lines_of_git_do(office: Path, tmp_path: Path, meanwhile: Callable[[Path], None], why: str) -> None:
    killed_before(office, "update-ref")
    meanwhile(office)
    head = git_command(office, "rev-parse", "HEAD")
    found = recovered(office)
    assert found is not None
    assert found.doubt is not None
    assert str(found.doubt).startswith(why)
    assert found.paths == ((NEW, GONE) if meanwhile is _edited else (ONE, NEW, GONE)), "of what was edited nobody can say whether it had been written"
    assert git_command(office, "rev-parse", "HEAD") == head
    assert found.doubt.mend is not None
    for line in found.doubt.mend.hint.render().removeprefix("see whether its change is in them: ").split(", then: "):
        git_command(tmp_path, *shlex.split(line)[1:])
    assert not status(office)
    assert recovered(office) is None


def killed_at_rename(folder: Path, number: int, edit: Edit) -> None:
    """The change, in a process that dies before it renames this file; the journal is the first."""

    def act() -> None:
        real, calls = os.replace, iter(range(100))

        def replace(*given: object) -> None:
            if next(calls) == number:
                os._exit(9)
            real(*given)  # type: ignore[arg-type]

        os.replace = replace  # type: ignore[assignment]
        with Writer(folder, Git.discover(folder)) as writer:
            writer.write(edit, WISH)

    assert in_child(act) == 9


def test_what_was_edited_before_it_was_written_is_not_called_written(office: Path) -> None:
    killed_at_rename(office, 1, Edit((FileChange(ONE, "một\n".encode(), b"hai\n"),), _("change")))
    _edited(office)
    for _time in range(2):
        with pytest.raises(Refusal, match=f"edited since: {ONE}"):
            recovered(office)


@pytest.mark.parametrize("meanwhile", [(), ("commit", "--quiet", "--allow-empty", "-m", "meanwhile")], ids=["as meant", "on another"])
def test_objects_that_git_has_tidied_away_are_made_again(office: Path, meanwhile: tuple[str, ...]) -> None:
    killed_before(office, "update-ref")
    if meanwhile:
        git_command(office, *meanwhile)
    git_command(office, "prune", "--expire=now")
    assert recovered(office) == Finished((ONE, NEW, GONE), git_command(office, "rev-parse", "HEAD").strip())
    git_command(office, "fsck", "--strict")
    assert not status(office)


def test_of_a_file_beside_it_that_was_edited_and_tidied_away_there_is_no_commit(office: Path) -> None:
    beside = Wish(AUTHOR, NOW, WISH.message, ("note.txt",))
    lay(office, {"note.txt": "2\n"})
    real = commits.publish

    def act() -> None:
        commits.publish = lambda *_given: os._exit(9)
        with Writer(office, Git.discover(office)) as writer:
            writer.write(change(), beside)

    assert in_child(act) == 9
    assert commits.publish is real
    lay(office, {"note.txt": "3\n"})
    git_command(office, "prune", "--expire=now")
    head = git_command(office, "rev-parse", "HEAD")
    found = recovered(office)
    assert found is not None
    assert "written, but not committed" in str(found.doubt)
    assert git_command(office, "rev-parse", "HEAD") == head
    git_command(office, "fsck", "--strict")


def test_half_of_a_change_whose_other_half_was_edited_is_left_alone(office: Path) -> None:
    killed_at_rename(office, 2, change())
    lay(office, {ONE: "edited\n"})
    for _time in range(2):
        with pytest.raises(Refusal, match=f"edited since: {ONE}"):
            recovered(office)
    assert (office / GONE).exists()


def test_the_index_comes_up_and_what_a_person_staged_stays(office: Path) -> None:
    killed_before(office, "update-index")
    assert "D  records/nc/NC-1.md" in status(office)
    lay(office, {"note.txt": "2\n"})
    git_command(office, "add", "note.txt")
    git_command(office, "rm", "--quiet", "--force", "--cached", ONE)
    recovered(office)
    assert status(office) == f"D  {ONE}\nM  note.txt\n?? {ONE}\n"


def test_a_plain_commit_in_between_is_made_good(office: Path) -> None:
    """It commits the index, which was behind, and so takes the change back; nobody has meant that."""
    killed_before(office, "update-index")
    git_command(office, "commit", "--quiet", "-m", "plain")
    recovered(office)
    assert is_made(office)
    assert not status(office)
    git_command(office, "cat-file", "-e", f"HEAD:{NEW}")


def test_a_check_names_an_index_that_is_behind(office: Path) -> None:
    from qmsctl.store.history.index_lag import behind

    assert behind(locate(office)) == ()
    killed_before(office, "update-index")
    assert behind(locate(office)) == (ONE, NEW, GONE)
    lay(office, {ONE: "mine\n", "note.txt": "2\n"})
    git_command(office, "add", "note.txt")
    assert behind(locate(office)) == (NEW, GONE), "of a file that was edited one sees that it differs"
    assert behind(locate(office, "HEAD")) == ()
    git_command(office, "reset", "--quiet", "--", NEW, GONE)
    assert behind(locate(office)) == ()


@pytest.mark.parametrize("verb", ["update-ref", "update-index"])
def test_a_git_that_fails_once_it_has_done_its_work_is_not_believed(office: Path, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    monkeypatch.setattr(commits, "_PAUSES", (0.0, 0.01))
    real = Plumbing.run

    def failing(self: Plumbing, *words: str, **given: Any) -> bytes:
        done = real(self, *words, **given)
        if verb in words and verb not in failed:
            failed.append(verb)
            raise GitFailed(verb, "no space left on device")
        return done

    failed: list[str] = []
    monkeypatch.setattr(Plumbing, "run", failing)
    written(office)
    assert failed == [verb]
    assert is_made(office)
    assert not status(office)
    assert git_command(office, "log", "--format=%s", "-2").splitlines() == [WISH.message, "second"]


@pytest.mark.parametrize("is_done", [True, False])
@pytest.mark.parametrize("is_own", [True, False])
def test_what_git_does_not_tell_is_neither_claimed_nor_denied(office: Path, monkeypatch: pytest.MonkeyPatch, is_done: bool, is_own: bool) -> None:
    """A commit of one's own and one that others have made; the next command finds out."""
    monkeypatch.setattr(commits, "_PAUSES", (0.0, 0.01))
    real, dead = subprocess.run, list[bool]()

    def run(words: list[str], **given: Any) -> object:
        if "update-ref" in words and not dead:
            dead.append(True)
            if is_done:
                real(words, **given)
        return subprocess.CompletedProcess(words, 128, b"", b"fatal: unable to fork") if dead else real(words, **given)

    git = Git.discover(office)
    assert git is not None
    planned = commits.plan(git, {each.path: each.after for each in change().changes}, WISH)
    assert planned is not None
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(Unseen), Writer(office, git) as writer:
        writer.write(change(), WISH if is_own else replace(planned, by=None))
    monkeypatch.setattr(subprocess, "run", real)
    assert writer.wrote
    found = recovered(office)
    assert found is not None
    assert (found.doubt, is_made(office), status(office)) == (None, True, "")
    assert git_command(office, "log", "--format=%s", "-2").splitlines() == [WISH.message, "second"]


def test_where_the_index_cannot_be_seen_what_is_committed_is_not_denied(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed_before(office, "update-ref")
    real = Plumbing.run

    def failing(self: Plumbing, *words: str, **given: Any) -> bytes:
        if "ls-files" in words:
            raise GitFailed("ls-files", "unable to fork")
        return real(self, *words, **given)

    with monkeypatch.context() as patched:
        patched.setattr(Plumbing, "run", failing)
        found = recovered(office)
    assert found is not None
    assert isinstance(found.doubt, IndexBehind)
    assert git_command(office, "log", "-1", "--format=%s").strip() == WISH.message
    again = recovered(office)
    assert again is not None
    assert (again.doubt, status(office)) == (None, "")


def test_a_folder_of_refs_that_cannot_be_kept_takes_nothing_back(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = files.sync_folder

    def full(folder: Path) -> None:
        if folder.name == "heads":
            raise OSError(28, "No space left on device")
        real(folder)

    monkeypatch.setattr(files, "sync_folder", full)
    written(office)
    assert not status(office)


def merged(folder: Path) -> Intent:
    """A commit of others on top of this one, which puts NEW in."""
    git = Git.discover(folder)
    assert git is not None
    intent = commits.plan(git, {NEW: b"nc\n"}, WISH)
    assert intent is not None
    return Intent(intent.branch, intent.parent, intent.commit, intent.turns, "sync")


def test_where_the_branch_cannot_be_brought_to_a_commit_of_others_nothing_changes(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commits, "_PAUSES", (0.0, 0.01))
    intent = merged(office)
    (office / ".git/refs/heads/main.lock").touch()
    with Writer(office, Git.discover(office)) as writer, pytest.raises(Refusal, match="The branch could not be moved: .*Nothing was changed"):
        writer.write(Edit((FileChange(NEW, None, b"nc\n"),), _("sync")), intent)
    assert not writer.wrote
    assert not status(office)
    assert not was_interrupted(office, Git.discover(office))


def test_a_merge_that_died_is_finished_by_whoever_comes(office: Path) -> None:
    intent = merged(office)
    real = commits.publish

    def act() -> None:
        commits.publish = lambda *_given: os._exit(9)
        with Writer(office, Git.discover(office)) as writer:
            writer.write(Edit((FileChange(NEW, None, b"nc\n"),), _("sync")), intent)

    assert in_child(act) == 9
    assert commits.publish is real
    assert recovered(office) == Finished((NEW,), intent.commit)
    assert not status(office)


def test_the_mode_of_a_program_is_kept(office: Path) -> None:
    (office / ONE).chmod(0o755)
    commit_all(office)
    written(office)
    assert git_command(office, "ls-tree", "HEAD", ONE).startswith("100755")


def test_a_git_that_does_not_name_the_branch_is_no_reason_to_leave_the_commit_out(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = Git.discover(office)
    assert git is not None
    with Writer(office, git) as writer:
        real = Plumbing.ask
        monkeypatch.setattr(Plumbing, "ask", lambda self, *words, **given: None if {"symbolic-ref", "--symbolic"} & {*words} else real(self, *words, **given))
        with pytest.raises(Refusal, match="No branch is checked out"):
            writer.write(change(), WISH)
    assert not is_made(office)


def test_missing_folders_are_no_empty_ones(office: Path) -> None:
    """A commit that took them for empty would delete what is in them."""
    tree = git_command(office, "rev-parse", "HEAD:records").strip()
    (office / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(Exception, match="of the last commit a folder is missing, records"):
        written(office)
    assert not is_made(office)
