"""Whatever a machine, a shell or a person does around a command: the documented exit code and one plain sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from qmsctl import __main__ as entry
from qmsctl.store.git.scratch import clear_scratch, scratch, temporary
from qmsctl.store.machine.kernel_lock import try_lock
from tests.desk import Desk, environment, process, qmsctl

_INTERRUPT = """\
import sys
event, number = sys.argv[1], int(sys.argv[2])
del sys.argv[1:3]
seen = 0
def interrupt(name, _arguments):
    global seen
    if name == event:
        seen += 1
        if seen == number:
            raise KeyboardInterrupt
from qmsctl.__main__ import main
sys.addaudithook(interrupt)
code = main()
sys.exit(code if seen >= number else 77)
"""
"""A Ctrl-C at the n-th of something that the program does; 77 where it does it less often."""


@pytest.mark.parametrize("words", [("check",), ("report", "register", "-o", "-"), ("new", "nonconformity", "--title", "x", "--dry-run")], ids=" ".join)
@pytest.mark.parametrize("event", ["import", "open", "os.scandir", "subprocess.Popen"])
def test_ctrl_c_at_any_moment(office: Desk, event: str, words: tuple[str, ...]) -> None:
    """Before the command is imported, while files are read, and while git is at work."""
    before = office.tree()
    for number in (1, 3, 30, 300):
        command = [sys.executable, "-c", _INTERRUPT, event, str(number), "-C", str(office.root), "--lang", "en", *words]
        done = subprocess.run(command, env=environment(), capture_output=True, check=False)
        if done.returncode == 77:
            break
        assert done.returncode == 130, done.stderr.decode()
        assert done.stderr.decode().split() == ["interrupted"]
    assert office.tree() == before


ODD: Mapping[str, Mapping[str, str]] = {
    "a zone that is not there": {"TZ": ":/nonexistent"},
    "a zone that is none": {"TZ": "garbage"},
    "a zone that no clock can show": {"TZ": "UTC+99"},
    "an empty zone": {"TZ": ""},
    "a zone far away": {"TZ": "Pacific/Kiritimati"},
    "no columns": {"COLUMNS": "0"},
    "fewer than none": {"COLUMNS": "-5"},
    "one column": {"COLUMNS": "1"},
    "columns that are no number": {"COLUMNS": "wide"},
    "more columns than can be": {"COLUMNS": "99999999999999999999"},
    "the plainest locale": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    "the locale of POSIX": {"LC_ALL": "POSIX"},
    "a locale that is not there": {"LC_ALL": "xx_XX.ISO8859-1", "LANG": ""},
    "a home that is not there": {"HOME": "/nonexistent/home"},
    "a home that is a file": {"HOME": "/dev/null"},
    "no path to programs": {"PATH": os.environ["PATH"] + ":"},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
def test_odd_variables_change_nothing(office: Desk, odd: Mapping[str, Any]) -> None:
    for words in (("list",), ("check",), ("new", "nonconformity", "--title", "Sai hẹn", "--by", "hoa", "--set", "owner=hoa", "--dry-run")):
        said = process("-C", office.root, "--lang", "en", *words, **odd)
        assert said.returncode == 0, said.stderr.decode()
        assert "hẹn" in said.stdout.decode() or words[0] != "new"


@pytest.mark.parametrize(("found", "kept"), [(":.:bin:/usr/bin:", "/usr/bin"), ("", os.devnull), (".", os.devnull)])
def test_no_program_is_looked_for_in_the_current_folder(monkeypatch: pytest.MonkeyPatch, found: str, kept: str) -> None:
    monkeypatch.setenv("PATH", found.replace(":", os.pathsep))
    entry._look_nowhere_relative()
    assert os.environ["PATH"] == kept


LOG = ("nc", "log", "Sai hẹn", "--set", "owner=hoa", "--commit")


def test_a_commit_amid_the_variables_of_another_git(office: Desk, tmp_path: Path) -> None:
    names = ("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "COMMON_DIR", "NAMESPACE", "CEILING_DIRECTORIES", "TRACE", "TRACE_SETUP", "CONFIG")
    with patch.dict(os.environ, {f"GIT_{name}": str(tmp_path / name) for name in names} | {"GIT_DEFAULT_HASH": "sha256", "TMPDIR": "/nonexistent"}):
        assert "committed as" in office.run(*LOG).err
    assert not [name for name in names if (tmp_path / name).exists()]
    assert office.git("status", "--porcelain") == ""


def test_a_commit_amid_odd_settings_and_locks_of_others(office: Desk, tmp_path: Path) -> None:
    for name in ("pre-commit", "reference-transaction", "post-index-change"):
        (tmp_path / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    office.git("pack-refs", "--all")
    with (office.root / ".git/config").open("a") as file:
        file.write(f"[core]\n\tfsmonitor = /bin/false\n\thooksPath = {tmp_path}\n\tautocrlf = true\n\tsafecrlf = true\n\tignoreCase = true\n\tfileMode = false\n")
        file.write("[commit]\n\tgpgSign = true\n[user]\n\tsigningKey = none\n")
    for name in ("packed-refs.lock", "config.lock", "shallow.lock"):
        (office.root / ".git" / name).touch()
    assert "committed as" in office.run(*LOG).err
    assert not (tmp_path / "ran").exists()
    office.git("fsck", "--strict", "--no-dangling")


@pytest.mark.parametrize("words", [("check",), ("init", "x")], ids=" ".join)
def test_a_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    said = qmsctl("--lang", "en", *words)
    assert (said.code, said.err.splitlines()[0]) == (3, "error: the folder that you are in is not there any more")


def test_a_name_that_is_too_long(home: Path, tmp_path: Path) -> None:
    said = qmsctl("--lang", "en", "init", tmp_path / ("x" * 300))
    assert said.code == 3
    assert "file name too long" in said.err
    assert "choose a shorter name" in said.err


def test_no_data_on_time_zones(office: Desk) -> None:
    said = process("-C", office.root, "--lang", "en", "check", PYTHONTZPATH="")
    assert said.returncode in (0, 1)
    assert b"Traceback" not in said.stderr
    assert b"fault" not in said.stderr


@pytest.mark.parametrize("stream", [0, 1, 2])
@pytest.mark.skipif(sys.platform == "win32", reason="a shell there cannot close them")
def test_closed_streams(office: Desk, stream: int) -> None:
    command = [sys.executable, "-m", "qmsctl", "-C", str(office.root), "--lang", "en", "list"]
    done = subprocess.run(["sh", "-c", f'exec "$@" {stream}>&-', "sh", *command], env=environment(), capture_output=True, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_words_and_file_names_are_utf_8_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[tuple[str, list[str], str]] = []

    def again(program: str, words: list[str], variables: Mapping[str, str]) -> None:
        begun.append((program, words, variables["PYTHONUTF8"]))
        raise SystemExit

    monkeypatch.setattr(sys, "orig_argv", ["python", "/usr/bin/qmsctl", "list"])
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "iso8859-1")
    monkeypatch.setattr(os, "execve", again)
    monkeypatch.delenv("PYTHONUTF8", raising=False)
    with pytest.raises(SystemExit):
        entry.main()
    assert begun == [(sys.executable, [sys.executable, "/usr/bin/qmsctl", "list"], "1")]


@pytest.fixture
def unprivileged() -> list[str]:
    """What takes from root the right to read everything; nothing where nobody has it."""
    if sys.platform == "win32":
        pytest.skip("files there have other rights")
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may read everything")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]


@pytest.fixture
def closed(office: Desk, request: pytest.FixtureRequest) -> Iterator[str]:
    """A file or folder of an office that nobody may read."""
    path = office.root / request.param
    mode = path.stat().st_mode
    path.chmod(0)
    yield request.param
    path.chmod(mode)


CLOSED = ("documents/procedures", "documents/procedures/QT-01.md", "signoffs/QT-01", "qms.yaml", "people.yaml", ".git", ".git/objects", ".git/HEAD", ".git/config", ".git/refs", ".git/refs/heads/main")


@pytest.mark.parametrize("closed", CLOSED, indirect=True)
def test_what_nobody_may_read_is_said(office: Desk, unprivileged: list[str], closed: str) -> None:
    for words in (("check",), ("verify",), ("list",)):
        command = [*unprivileged, sys.executable, "-m", "qmsctl", "-C", str(office.root), "--lang", "en", *words]
        done = subprocess.run(command, env=environment(), capture_output=True, check=False)
        text = (done.stdout + done.stderr).decode()
        assert "Traceback" not in text
        if words == ("list",) and closed.startswith(".git/"):
            assert done.returncode == 0  # it asks git for nothing
            continue
        assert done.returncode in (1, 3), text
        assert "ermission denied" in text or "closed to you" in text, text


def test_what_the_dead_left_in_gits_folder_goes_with_the_next_writer(office: Desk) -> None:
    git_dir = office.root / ".git"
    dead, young = git_dir / "qmsctl-dead", git_dir / "qmsctl-young"
    for each in (dead, young):
        (each / "objects").mkdir(parents=True)
    long_ago = time.time() - 3600
    os.utime(dead, (long_ago, long_ago))
    with scratch(git_dir) as living:
        os.utime(living, (long_ago, long_ago))
        office.run("new", "nonconformity", "--title", "Sai hẹn", "--by", "hoa", "--set", "owner=hoa")
        assert living.is_dir()
    assert not living.exists()
    assert not dead.exists()
    assert young.is_dir()


def test_a_link_among_them_leads_nowhere(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "kept").write_text("")
    (tmp_path / "qmsctl-link").symlink_to(other)
    os.utime(tmp_path / "qmsctl-link", (0, 0), follow_symlinks=False)
    clear_scratch(tmp_path)
    assert (other / "kept").exists()
    descriptor = os.open(other, os.O_RDONLY)
    assert try_lock(descriptor)
    os.close(descriptor)


def test_a_system_whose_configuration_is_gone_is_not_founded_anew(desk: Desk) -> None:
    (desk.root / "qms.yaml").unlink()
    line = desk.run("check", code=3).err.partition("the last commit has it: ")[2].split()
    desk.git(*line[1:])
    desk.run("check")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda root: (root / "records").symlink_to(root / "documents"), "leads over records, which is a link"),
        (lambda root: (root / ".git/info/exclude").write_text("records/\n"), "check-ignore --verbose -- records/"),
        (lambda root: (root / ".git/HEAD").write_text("ref: refs/tags/x\n"), "No branch is checked out"),
    ],
)
def test_why_nothing_can_be_written_is_told_as_it_is(desk: Desk, spoil: Callable[[Path], object], says: str) -> None:
    shutil.rmtree(desk.root / "records", ignore_errors=True)
    (desk.root / ".git/info").mkdir(exist_ok=True)
    spoil(desk.root)
    assert says in desk.refused("new", "action", "--title", "x", "--set", "owner=minh", "--set", "due=2027-01-01").err


def test_of_the_temporary_folders_only_old_ones_of_the_user_by_that_name_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [tmp_path / name for name in ("qmsctl-scratch-notes", "qmsctl-backup", "qmsctl-scratch-young000", "qmsctl-scratch-link0000", "qmsctl-scratch-file0000")]
    for each in (tmp_path / "qmsctl-scratch-old00000", *kept[:3]):
        (each / "profile").mkdir(parents=True)
    kept[3].symlink_to(kept[1])
    kept[4].write_text("x", encoding="utf-8")
    for each in tmp_path.iterdir():
        if each != kept[2]:
            os.utime(each, (1, 1), follow_symlinks=False)
    with temporary(tmp_path) as held:
        os.utime(held, (1, 1))
        with monkeypatch.context() as patch, temporary(tmp_path):
            patch.setattr("os.geteuid", lambda: 12345)
            os.utime(kept[2], (1, 1))
            with temporary(tmp_path):
                assert kept[2].exists(), "another's"
        os.utime(kept[2])
        assert {*tmp_path.iterdir()} == {held, *kept}
    assert {*tmp_path.iterdir()} == {*kept}
