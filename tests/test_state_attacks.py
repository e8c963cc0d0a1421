"""What somebody puts where qmsctl keeps its own lock and journal, in a copy without git and in a repository handed over.

Each wrong thing is named and never obeyed, by commands that write and by those that would be refused anyway; what
qmsctl itself left there, and what its user left, goes on silently.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from qmsctl.errors import QmsError, Refusal
from qmsctl.store.git.repository import Git
from qmsctl.store.machine import user_state
from qmsctl.store.writing import journal_key
from qmsctl.store.writing.journal import Journal, Step, digest
from qmsctl.store.writing.lock import Lock, Waiting
from qmsctl.store.writing.state import make_state_folder, state_folder
from qmsctl.store.writing.writer import Writer
from tests.desk import Desk, Said, assert_plain, git, without_git

QT, PEOPLE = "documents/procedures/QT-01.md", "people.yaml"
CLERK, DIRECTOR = "{role: clerk, from: 2025-01-01}]}\n  - {id: tuan", "{role: director, from: 2025-01-01}]}\n  - {id: tuan"
CHANGE = ("set", "QT-01", "owner=clerk")
REFUSED = ("set", "QT-01", "owner=nobody")

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs the files of Unix")


@pytest.fixture(params=["zip", "git"])
def there(request: pytest.FixtureRequest, desk: Desk, tmp_path: Path) -> Desk:
    """The office as it comes out of a zip, and as a repository handed over with its ``.git``."""
    git(tmp_path, "config", "--global", "user.name", "Đỗ Văn Minh")
    git(tmp_path, "config", "--global", "user.email", "minh@tan-an.example")
    return without_git(desk, tmp_path / "zip") if request.param == "zip" else desk.copied(tmp_path / "copied")


def folder_of(desk: Desk) -> Path:
    return state_folder(desk.root, Git.discover(desk.root))


def everything(root: Path) -> dict[str, object]:
    """Every path with what it is: the bytes of a file, where a link leads, else its kind."""
    return {str(each): each.readlink() if each.is_symlink() else each.read_bytes() if each.is_file() else each.is_dir() for each in sorted(root.rglob("*"))}


def refused(desk: Desk, *words: str) -> Said:
    before = everything(desk.root.parent)
    said = desk.run(*words, code=3)
    now = everything(desk.root.parent)
    own = folder_of(desk)
    made = {str(each) for each in (own.parent, own, own / "lock", own / ".gitignore")}
    assert {path for path, what in now.items() if before.get(path) != what} <= made
    assert before.keys() <= now.keys()
    assert_plain(said)
    return said


# -- the lock -------------------------------------------------------------------------------------


def link(lock: Path, victim: Path) -> None:
    lock.symlink_to(victim)


def dangling_link(lock: Path, victim: Path) -> None:
    lock.symlink_to(victim.parent / "new-file")


def hard_link(lock: Path, victim: Path) -> None:
    os.link(victim, lock)


def pipe(lock: Path, _victim: Path) -> None:
    os.mkfifo(lock)


def folder(lock: Path, _victim: Path) -> None:
    lock.mkdir()


def text_of_somebody(lock: Path, _victim: Path) -> None:
    lock.write_text("my notes\n")


def text_that_begins_like_a_lock(lock: Path, _victim: Path) -> None:
    lock.write_text('{"pid": 7}\nmy notes\n')


STRANGE = (link, dangling_link, hard_link, pipe, folder, text_of_somebody, text_that_begins_like_a_lock)


@pytest.mark.parametrize("words", [CHANGE, REFUSED], ids=["change", "refused"])
@pytest.mark.parametrize("strange", STRANGE, ids=lambda each: each.__name__)
def test_a_strange_lock_is_named_and_left(there: Desk, strange: Callable[[Path, Path], None], words: tuple[str, ...]) -> None:
    lock = folder_of(there) / "lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.unlink(missing_ok=True)
    victim = there.root.parent / "authorized_keys"
    victim.write_text("ssh-ed25519 AAAA\n")
    strange(lock, victim)
    said = refused(there, *words)
    assert f"{lock}" in said.err
    assert "delete" in said.err
    assert victim.read_text() == "ssh-ed25519 AAAA\n"
    shutil.rmtree(lock) if lock.is_dir() and not lock.is_symlink() else lock.unlink()
    there.run(*CHANGE)


@pytest.mark.parametrize("content", [b"", b'{"pid": 1, "user": "lan", "since": "2026-01-01T08:00:00+07:00"}', b'{"pid": 12', b"\0\0\0\0"])
def test_what_a_lock_of_ours_left_is_taken_up(there: Desk, content: bytes) -> None:
    there.run(*CHANGE)
    lock = folder_of(there) / "lock"
    lock.write_bytes(content)
    there.run("set", "QT-01", "owner=unit-head")
    assert json.loads(lock.read_bytes())["pid"] == os.getpid()
    assert there.errors() == []


@pytest.mark.parametrize("depth", [0, 1])
def test_a_state_folder_that_is_a_link_is_not_followed(there: Desk, depth: int) -> None:
    """``.qms`` or ``.qms/state``; ``.git/qmsctl`` or the folder in it."""
    place = folder_of(there) if depth else folder_of(there).parent
    elsewhere = there.root.parent / "elsewhere"
    (elsewhere / "state").mkdir(parents=True)
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(elsewhere)
    for words in (CHANGE, REFUSED):
        assert str(place) in refused(there, *words).err
    there.run("list")
    assert sorted(elsewhere.rglob("*")) == [elsewhere / "state"]
    place.unlink()
    there.run(*CHANGE)


def test_a_state_folder_that_is_a_file_is_named(there: Desk) -> None:
    place = folder_of(there)
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("x")
    assert str(place) in refused(there, *CHANGE).err


def test_an_ignore_file_that_is_a_link_makes_no_file_elsewhere(there: Desk) -> None:
    place = folder_of(there)
    place.mkdir(parents=True, exist_ok=True)
    (place / ".gitignore").symlink_to(there.root.parent / "new-file")
    there.run(*CHANGE)
    assert not (there.root.parent / "new-file").exists()


def test_a_lock_deleted_while_one_waits_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two who wait for the same name never hold two files."""
    path = tmp_path / "lock"
    real, turns = Lock._wait, iter((path.unlink, lambda: None, lambda: None))

    def wait(lock: Lock, *more: Any) -> None:
        next(turns)()
        real(lock, *more)

    monkeypatch.setattr(Lock, "_wait", wait)
    with Lock(path), pytest.raises(Refusal, match=f"process {os.getpid()}"):
        Lock(path, Waiting(most=0)).__enter__()
    assert next(turns, None) is None


@contextmanager
def user(name: str, home: Path) -> Iterator[None]:
    """Somebody else at the same machine."""
    home.mkdir(exist_ok=True)
    with patch.dict(os.environ, {"HOME": str(home), "USER": name, "XDG_STATE_HOME": str(home / "state")}):
        yield


def test_two_users_of_one_share_meet_at_the_lock(there: Desk, tmp_path: Path) -> None:
    found = Git.discover(there.root)
    with user("minh", tmp_path / "minh"), Writer(there.root, found):
        with user("lan", tmp_path / "lan"), pytest.raises(Refusal, match="Another qmsctl command") as caught:
            Lock(make_state_folder(there.root, found) / "lock", Waiting(most=0)).__enter__()
        assert "of minh" in str(caught.value)


def test_two_users_of_one_share_write_one_after_the_other(there: Desk, tmp_path: Path) -> None:
    shutil.copy(Path(os.environ["HOME"]) / ".gitconfig", tmp_path)
    for name, owner in (("minh", "clerk"), ("lan", "unit-head"), ("minh", "clerk")):
        with user(name, tmp_path / name), patch.dict(os.environ, {"GIT_CONFIG_GLOBAL": str(tmp_path / ".gitconfig")}):
            said = there.run("set", "QT-01", f"owner={owner}")
            assert "journal" not in said.err


# -- the journal ----------------------------------------------------------------------------------


def grant(desk: Desk) -> list[Step]:
    """A clerk becomes a director."""
    before = desk.read(PEOPLE)
    assert CLERK in before
    return [Step(PEOPLE, digest(before.encode()), before.replace(CLERK, DIRECTOR).encode())]


def left_by(desk: Desk, steps: list[Step]) -> Journal:
    """What a command leaves that is killed once it has written its journal, by whoever is the user now."""
    found = Git.discover(desk.root)
    left = Journal(make_state_folder(desk.root, found), Path(os.path.realpath(desk.root)))
    left.write(steps)
    return left


def forged_in_the_old_form(desk: Desk) -> None:
    """As a version wrote it that knew no seal; it made a clerk a director."""
    (step,) = grant(desk)
    assert step.after
    listed = {"path": step.path, "before": step.before, "after": digest(step.after), "size": len(step.after)}
    place = folder_of(desk)
    place.mkdir(parents=True, exist_ok=True)
    (place / "journal").write_bytes(json.dumps({"version": 1, "steps": [listed]}).encode() + b"\n" + step.after)


def forged_with_my_name(desk: Desk) -> None:
    left_by_somebody_else(desk)
    text = (folder_of(desk) / "journal").read_bytes()
    (folder_of(desk) / "journal").write_bytes(text.replace(b'"lan"', b'"minh"'))


def left_by_somebody_else(desk: Desk) -> None:
    with user("lan", desk.root.parent / "home-of-lan"):
        left_by(desk, grant(desk))


def copied_from_another_folder(desk: Desk) -> None:
    """One's own, of a copy of the same files that is the attacker's to choose."""
    twin = desk.copied(desk.root.parent / "twin")
    left = left_by(twin, grant(twin))
    target = folder_of(desk)
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(left.path, target / "journal")


def left_on_another_machine(desk: Desk) -> None:
    with patch.object(journal_key, "_machine", lambda: "other"):
        left_by(desk, grant(desk))


def old_one_put_back(desk: Desk) -> None:
    """One's own, finished long ago, and its change taken back since."""
    before = desk.read(PEOPLE)
    left = left_by(desk, grant(desk))
    kept = left.path.read_bytes()
    desk.run(*CHANGE)
    assert DIRECTOR in desk.read(PEOPLE)
    desk.write(PEOPLE, before)
    desk.run("set", "QT-01", "owner=unit-head")
    left.path.write_bytes(kept)


def one_given_up_put_back(desk: Desk) -> None:
    """One's own that was deleted in place of being finished."""
    left = left_by(desk, grant(desk))
    kept = left.path.read_bytes()
    left.path.unlink()
    desk.run(*CHANGE)
    left.path.write_bytes(kept)


def with_another_target(desk: Desk) -> None:
    left = left_by(desk, [Step("attachments/people.yaml", None, b"x")])
    left.path.write_bytes(left.path.read_bytes().replace(b"attachments/people.yaml", b"attachments/people.yam_"))


def cut_off_in_its_list(desk: Desk) -> None:
    left = left_by(desk, grant(desk))
    left.path.write_bytes(left.path.read_bytes()[:150])


def cut_off_in_what_is_to_be_written(desk: Desk) -> None:
    left = left_by(desk, grant(desk))
    left.path.write_bytes(left.path.read_bytes()[:-5])


def empty(desk: Desk) -> None:
    left_by(desk, grant(desk)).path.write_bytes(b"")


def nested_without_end(desk: Desk) -> None:
    left_by(desk, grant(desk)).path.write_bytes(b"[" * 7000 + b"\n" + b"[" * 200_000)


def link_to_a_journal_of_mine(desk: Desk) -> None:
    left = left_by(desk, grant(desk))
    left.path.rename(desk.root.parent / "moved")
    left.path.symlink_to(desk.root.parent / "moved")


def dangling(desk: Desk) -> None:
    left = left_by(desk, grant(desk))
    left.path.unlink()
    left.path.symlink_to("nowhere")


def journal_pipe(desk: Desk) -> None:
    left = left_by(desk, grant(desk))
    left.path.unlink()
    os.mkfifo(left.path)


def journal_folder(desk: Desk) -> None:
    left = left_by(desk, grant(desk))
    left.path.unlink()
    left.path.mkdir()


def the_key() -> Path:
    (found,) = user_state.user_state().glob("*.key")
    return found


def key_others_can_read(desk: Desk) -> None:
    left_by(desk, grant(desk))
    the_key().chmod(0o644)


def key_that_is_a_link(desk: Desk) -> None:
    left_by(desk, grant(desk))
    shutil.copy(the_key(), desk.root.parent / "key")
    the_key().unlink()
    (user_state.user_state() / journal_key._name(Path(os.path.realpath(desk.root)))).symlink_to(desk.root.parent / "key")


def key_of_two_names(desk: Desk) -> None:
    left_by(desk, grant(desk))
    os.link(the_key(), desk.root.parent / "key")


def key_too_short(desk: Desk) -> None:
    left_by(desk, grant(desk))
    the_key().write_bytes(b"")


def key_gone(desk: Desk) -> None:
    left_by(desk, grant(desk))
    the_key().unlink()


UNTRUSTED = (
    forged_in_the_old_form, forged_with_my_name, left_by_somebody_else, copied_from_another_folder, left_on_another_machine,
    old_one_put_back, one_given_up_put_back, with_another_target, cut_off_in_its_list, empty, nested_without_end,
    link_to_a_journal_of_mine, dangling, journal_pipe, journal_folder,
    key_others_can_read, key_that_is_a_link, key_of_two_names, key_too_short, key_gone,
)


@pytest.mark.parametrize("attack", UNTRUSTED, ids=lambda each: each.__name__)
def test_a_journal_that_is_not_mine_is_named_and_never_carried_out(there: Desk, attack: Callable[[Desk], None]) -> None:
    attack(there)
    left = folder_of(there) / "journal"
    for words in (CHANGE, REFUSED, ("submit", "QT-01")):
        said = refused(there, *words)
        assert f"The journal {left}" in said.err
        assert f"Delete {left}" in said.err
        assert "carried out" in said.err
    said = there.run("list")
    assert f"warning: The journal {left}" in said.err
    assert said.err.count("The journal") == 1
    assert DIRECTOR not in there.read(PEOPLE)
    shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
    there.run("set", "QT-01", "title=Khai sinh")
    assert "journal" not in there.run("list").err
    assert DIRECTOR not in there.read(PEOPLE)


def test_it_is_said_who_left_it_and_how_to_go_on(there: Desk) -> None:
    left_by_somebody_else(there)
    said = refused(there, *CHANGE)
    assert "it says that lan left it on" in said.err
    assert f"in {os.path.realpath(there.root)}" in said.err
    assert "run by the one who left it" in said.err


def test_what_a_journal_says_of_itself_cannot_steer_a_terminal(there: Desk) -> None:
    left_by_somebody_else(there)
    left = folder_of(there) / "journal"
    left.write_bytes(left.read_bytes().replace(b'"lan"', b'"\\u001b]0;x\\u0007\\u202elan"'))
    said = refused(there, *CHANGE)
    assert "\x1b" not in said.err
    assert "\u202e" not in said.err


def test_a_damaged_journal_of_mine_is_named(there: Desk) -> None:
    cut_off_in_what_is_to_be_written(there)
    said = refused(there, *CHANGE)
    assert f"The journal {folder_of(there) / 'journal'} of an interrupted command is damaged." in said.err


def test_my_own_journal_is_finished_by_my_next_command(there: Desk, tmp_path: Path) -> None:
    """Even where somebody else has looked at the files meanwhile."""
    left_by(there, grant(there))
    with user("lan", tmp_path / "lan"):
        assert "bears no seal of yours" in there.run("list").err
    assert "the next one that writes finishes its change first" in there.run("list").err
    said = there.run(*CHANGE)
    assert f"its change is finished now: {PEOPLE}" in said.err
    assert DIRECTOR in there.read(PEOPLE)
    assert "owner: clerk" in there.read(QT)
    assert "interrupted" not in there.run("list").err


def test_it_is_finished_through_another_way_to_the_folder(there: Desk, tmp_path: Path) -> None:
    left_by(there, grant(there))
    (tmp_path / "shortcut").symlink_to(there.root)
    assert "its change is finished now" in there.at(tmp_path / "shortcut").run(*CHANGE).err


# -- the folder of one's own ----------------------------------------------------------------------


def test_the_secret_is_nobody_elses_and_does_not_outlive_its_change(there: Desk) -> None:
    left_by(there, grant(there))
    home = user_state.user_state()
    assert home.stat().st_mode & 0o777 == 0o700
    assert the_key().stat().st_mode & 0o777 == 0o600
    assert the_key().stat().st_size == 32
    assert the_key().read_bytes() not in (folder_of(there) / "journal").read_bytes()
    there.run(*CHANGE)
    assert list(home.iterdir()) == []


def test_each_change_has_a_secret_of_its_own(there: Desk) -> None:
    left = left_by(there, grant(there))
    first = the_key().read_bytes()
    left.write(grant(there))
    assert the_key().read_bytes() != first


@pytest.mark.parametrize("strange", ["link", "world-readable", "short"])
def test_what_lies_in_the_place_of_a_new_secret_is_not_used(there: Desk, strange: str) -> None:
    key = user_state.made_user_state() / journal_key._name(Path(os.path.realpath(there.root)))
    victim = there.root.parent / "victim"
    victim.write_bytes(b"v" * 32)
    if strange == "link":
        key.symlink_to(victim)
    else:
        key.write_bytes(b"k" * (32 if strange == "world-readable" else 3))
    left_by(there, grant(there))
    assert victim.read_bytes() == b"v" * 32
    assert the_key().read_bytes() not in (b"v" * 32, b"k" * 32)
    there.run(*CHANGE)
    assert DIRECTOR in there.read(PEOPLE)


def no_home_can_be_made(home: Path) -> None:
    (home / "state").write_text("a file where a folder should be")


def a_link_for_a_folder(home: Path) -> None:
    (home / "state").mkdir()
    (home / "elsewhere").mkdir()
    (home / "state/qmsctl").symlink_to(home / "elsewhere")


def a_file_for_a_folder(home: Path) -> None:
    (home / "state").mkdir()
    (home / "state/qmsctl").write_text("x")


@pytest.mark.parametrize("broken", [no_home_can_be_made, a_link_for_a_folder, a_file_for_a_folder], ids=lambda each: each.__name__)
def test_without_a_folder_of_ones_own_nothing_is_written_and_a_sentence_says_so(there: Desk, home: Path, broken: Callable[[Path], None]) -> None:
    shutil.rmtree(home / "state", ignore_errors=True)
    broken(home)
    said = refused(there, *CHANGE)
    assert str(home / "state/qmsctl") in said.err
    assert "Nothing was changed" in said.err
    assert "XDG_STATE_HOME" in said.err
    assert there.run("list").err == ""
    with patch.dict(os.environ, {"XDG_STATE_HOME": str(home / "other")}):
        there.run(*CHANGE)


def test_a_folder_open_to_others_is_closed(there: Desk, home: Path) -> None:
    (home / "state/qmsctl").mkdir(parents=True, exist_ok=True)
    (home / "state/qmsctl").chmod(0o777)
    there.run(*CHANGE)
    assert (home / "state/qmsctl").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("system", "variables", "folder"),
    [
        ("linux", {}, "{home}/.local/state/qmsctl"),
        ("linux", {"XDG_STATE_HOME": "/var/state"}, "/var/state/qmsctl"),
        ("linux", {"XDG_STATE_HOME": "state"}, "{home}/.local/state/qmsctl"),
        ("darwin", {}, "{home}/Library/Application Support/qmsctl"),
        ("win32", {"LOCALAPPDATA": "/C/Users/lan/AppData/Local"}, "/C/Users/lan/AppData/Local/qmsctl"),
        ("win32", {}, "{home}/AppData/Local/qmsctl"),
    ],
)
def test_each_system_has_its_place(tmp_path: Path, system: str, variables: dict[str, str], folder: str) -> None:
    kept = {key: value for key, value in os.environ.items() if key not in ("XDG_STATE_HOME", "LOCALAPPDATA")}
    with patch.dict(os.environ, kept | {"HOME": str(tmp_path)} | variables, clear=True), patch("sys.platform", system):
        assert str(user_state.user_state()) == folder.format(home=tmp_path)


@pytest.mark.parametrize(("known", "folder"), [(True, "/home/of-root"), (False, "{home}")])
def test_a_home_of_somebody_else_is_not_used(tmp_path: Path, known: bool, folder: str) -> None:
    """As under sudo, where what root makes in a home would lock its user out; somebody with no other home has no choice."""
    entry = {"return_value": type("Entry", (), {"pw_dir": "/home/of-root"})} if known else {"side_effect": KeyError}
    with patch.dict(os.environ, {"HOME": str(tmp_path), "XDG_STATE_HOME": ""}), patch("os.geteuid", lambda: 4242), patch("pwd.getpwuid", **entry), patch("sys.platform", "linux"):
        assert str(user_state.user_state()) == f"{folder.format(home=tmp_path)}/.local/state/qmsctl"


def test_a_user_without_a_home_is_told(tmp_path: Path) -> None:
    with patch.dict(os.environ, {"XDG_STATE_HOME": ""}), patch("os.path.expanduser", lambda path: path), pytest.raises(QmsError, match="where your home is"):
        user_state.user_state()


# -- what a check says ----------------------------------------------------------------------------


def test_a_zip_that_brings_something_there_is_told_of(desk: Desk, tmp_path: Path) -> None:
    out = without_git(desk, tmp_path / "zip")
    assert out.errors() == []
    out.run(*CHANGE)
    assert out.errors() == []
    (out.root / ".qms/state/extra").write_text("x")
    (out.root / ".qms/state/lock").unlink()
    (out.root / ".qms/state/lock").symlink_to("../../people.yaml")
    found = [(each["rule"], each["path"]) for each in out.diagnostics() if each["severity"] == "error"]
    assert found == [("tool-state-tracked", ".qms/state/extra"), ("tool-state-tracked", ".qms/state/lock")]


def test_a_commit_that_would_bring_it_is_refused_by_the_hook(desk: Desk) -> None:
    desk.write(".qms/state/journal", "x")
    desk.git("add", ".qms/state/journal")
    assert "[tool-state-tracked]" in desk.run("hook", "run", code=3).err
    desk.git("rm", "--quiet", "-r", "--force", ".qms/state/journal")
    desk.run("hook", "run")
