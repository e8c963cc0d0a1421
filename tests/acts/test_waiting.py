"""A person who thinks about an answer keeps nobody from writing: real processes, real prompts."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import subprocess
import termios
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from qmsctl.acts.carrying_out import carry_out
from qmsctl.acts.ending import Ending
from qmsctl.cli.waiting import seconds
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.record_way import set_values
from qmsctl.errors import UsageError
from qmsctl.store.loading import locate
from qmsctl.store.writing import lock
from qmsctl.store.writing.holder import Holder
from qmsctl.store.writing.journal import Journal, Step
from qmsctl.store.writing.lock import Lock, Waiting
from qmsctl.store.writing.state import make_state_folder
from qmsctl.store.writing.writer import Writer
from tests.acts.conftest import occasion
from tests.desk import Desk, command, environment
from tests.keys import new_key

EIGHT = 8
FACTS = ("--severity", "minor", "--set", "owner=hoa", "--no-input")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes of Unix")


def words(desk: Desk, *more: object) -> list[str]:
    return command("-C", desk.root, "--lang", "en", "--today", desk.today, *more)


def eight_others(desk: Desk) -> list[str]:
    """Eight commands at once that log and commit a nonconformity each; the ids they took."""
    env = environment(HOME=os.environ["HOME"])
    started = [
        subprocess.Popen(words(desk, "nc", "log", f"Việc {n}", *FACTS, "--commit"), env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for n in range(EIGHT)
    ]
    ended = [(*each.communicate(), each.returncode) for each in started]
    assert [code for _out, _err, code in ended] == [0] * EIGHT, "\n".join(err.decode() for _out, err, _code in ended)
    return sorted(Path(out.decode().strip()).stem for out, _err, _code in ended)


def until(condition: object) -> None:
    """Wait for what another process does."""
    for _turn in range(1200):
        if condition():  # type: ignore[operator]
            return
        time.sleep(0.05)
    pytest.fail("it never happened")


@contextmanager
def at_a_terminal(program: Sequence[str]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    ours, theirs = pty.openpty()
    variables = environment(TERM="xterm", NO_COLOR="1", HOME=os.environ["HOME"])
    with subprocess.Popen(
        program, stdin=theirs, stdout=theirs, stderr=theirs, env=variables, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 — a terminal of its own
    ) as started:
        os.close(theirs)
        try:
            yield started, ours
        finally:
            started.kill()
            os.close(ours)


def test_questions_keep_nobody_waiting(office: Desk) -> None:
    facts = ("--description", "a", "--evidence", "b", "--raised", "2026-05-29", "--unit", "ho-tich", "--severity", "minor", "--source", "process")
    with at_a_terminal(words(office, "nc", "log", "Việc của tôi", *facts, "--set", "owner=hoa", "--commit")) as (asked, terminal):
        seen = b""
        while not seen.endswith(b"> "):
            seen += os.read(terminal, 4096)
        taken = eight_others(office)
        os.write(terminal, b"QT-01\n")
        with pytest.raises(OSError):  # noqa: PT012 — a terminal whose program has ended is none
            while True:
                seen += os.read(terminal, 4096)
        assert asked.wait(60) == 0, seen.decode()
    assert taken == [f"NC-2026-{number:03}" for number in range(1, EIGHT + 1)]
    assert "title: Việc của tôi" in office.read(office.path_of("NC-2026-009"))
    assert office.git("rev-list", "--count", "HEAD").strip() == str(int(office.git("rev-list", "--count", "HEAD~9")) + 9)
    assert office.errors() == []


def test_a_passphrase_keeps_nobody_waiting(desk: Desk, home: Path) -> None:
    line = new_key(home / "minh", passphrase="open sesame")
    text = desk.read("people.yaml")
    (own,) = (each for each in text.splitlines() if "id: minh," in each)
    desk.write("people.yaml", text.replace(own, f'{own[:-1]}, keys: [{{key: "{line}", from: 2025-01-01}}]}}'))
    desk.commit("keys")
    askpass = home / "askpass"
    askpass.write_text(f"#!/bin/sh\necho asked >> {home}/asked\nwhile [ ! -e {home}/go ]; do sleep 0.05; done\necho open sesame\n")
    askpass.chmod(0o755)
    variables = environment(HOME=str(home), SSH_ASKPASS=str(askpass), SSH_ASKPASS_REQUIRE="force")
    variables.pop("SSH_AUTH_SOCK", None)
    program = words(desk, "submit", "QT-01", "--key", home / "minh", "--commit")
    with subprocess.Popen(program, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as waiting:
        until((home / "asked").exists)
        taken = eight_others(desk)
        assert waiting.poll() is None
        (home / "go").touch()
        _out, err = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, err.decode()
    assert len(taken) == EIGHT
    assert (home / "asked").read_text() == "asked\n", "what is signed did not change, so nobody is asked again"
    assert desk.git("log", "-1", "--format=%s").strip() == "QT-01 revision 1 submitted"
    assert desk.run("show", "QT-01", "--format", "json").json["signoffs"][0]["level"] == "signed"
    assert desk.errors() == []


def test_whoever_waits_for_the_lock_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_SILENCE", 0.05)
    told: list[Holder] = []
    waiting = Waiting(most=0.3, tell=told.append)
    with Lock(tmp_path / "lock", Waiting("nc log")), pytest.raises(Exception, match="Another qmsctl command"), Lock(tmp_path / "lock", waiting):
        pass
    assert [(each.pid, each.command) for each in told] == [(os.getpid(), "nc log")]
    with Lock(tmp_path / "lock", waiting):
        assert len(told) == 1


def state(desk: Desk) -> Path:
    place = locate(desk.root)
    assert place.root
    return make_state_folder(place.root, place.git)


def test_behind_others_an_edit_is_made_once(desk: Desk) -> None:
    """What would be made of files that are about to change is not made at all."""
    made: list[Library] = []

    def make(library: Library) -> Edit:
        made.append(library)
        return set_values(library, "QT-01", {"owner": "minh"})

    with Lock(state(desk) / "lock"):
        acting = threading.Thread(target=lambda: carry_out(occasion(desk), make, Ending()))
        acting.start()
        until(lambda: list(state(desk).glob("waiting-*")))
        time.sleep(0.3)
        assert made == []
    acting.join()
    assert len(made) == 1
    assert "owner: minh" in desk.read(desk.path_of("QT-01"))


def test_who_is_at_work_is_said_in_plain_words(desk: Desk) -> None:
    desk.run("set", "QT-01", "owner=minh", "--commit")
    lock_file = state(desk) / "lock"
    assert json.loads(lock_file.read_bytes())["command"] == "set"
    descriptor = os.open(lock_file, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    since = "2026-06-01T08:00:00+07:00"
    for user, shown in (("lan", "lan"), ("\x1b]0;x\x07\nerror: y", "error: y")):
        lock_file.write_text(json.dumps({"pid": 77, "user": user, "command": "nc log", "since": since}))
        said = desk.refused("set", "QT-01", "owner=unit-head", "--wait", "0")
        assert "Another qmsctl command is writing here: nc log, process 77 of" in said.err
        assert shown in said.err
        assert "since 2026-06-01 08:00" in said.err
        assert "\x1b" not in said.err
        assert len([line for line in said.err.splitlines() if line.startswith("error:")]) == 1
    os.close(descriptor)


@pytest.mark.parametrize("text", ["5 days", "-1", "1.5", "", "5mo", "9999999", "٣"])
def test_a_time_to_wait_has_its_form(text: str) -> None:
    with pytest.raises(UsageError, match="such as 0, 90s, 5min or 1h is expected"):
        seconds(text)


@pytest.mark.parametrize(("text", "expected"), [("0", 0), ("90", 90), ("90s", 90), ("5min", 300), ("5m", 300), ("1h", 3600), ("2 MIN", 120)])
def test_times_to_wait(text: str, expected: float) -> None:
    assert seconds(text) == expected


def test_what_a_command_at_work_has_begun_is_not_called_interrupted(desk: Desk) -> None:
    place = locate(desk.root)
    assert place.root
    with Writer(place.root, place.git):
        Journal(state(desk), Path(os.path.realpath(place.root))).write([Step("records/x.md", None, b"x")])
        assert "interrupted" not in desk.run("list").err
    assert "interrupted" in desk.run("list").err


@pytest.mark.parametrize("more", [(), ("--commit",)], ids=["plain", "committed"])
def test_of_a_crowd_nobody_is_refused(desk: Desk, more: tuple[str, ...]) -> None:
    """Twelve at once, two records each one after the other: as many ids as records, one commit each, nothing left behind."""
    env = environment(HOME=os.environ["HOME"])
    before = int(desk.git("rev-list", "--count", "HEAD"))
    script = 'for turn in 1 2; do "$@" || exit 1; done'
    program = ["sh", "-c", script, "sh", *words(desk, "nc", "log", "Việc", *FACTS, *more)]
    started = [subprocess.Popen(program, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _each in range(12)]
    ended = [(*each.communicate(), each.returncode) for each in started]
    assert [code for _out, _err, code in ended] == [0] * 12, "\n".join(err.decode() for _out, err, _code in ended)
    taken = sorted(Path(line).stem for out, _err, _code in ended for line in out.decode().splitlines())
    assert taken == [f"NC-2026-{number:03}" for number in range(1, 25)]
    assert sorted(path.stem for path in (desk.root / "records/nonconformities").iterdir()) == taken
    assert int(desk.git("rev-list", "--count", "HEAD")) == before + (24 if more else 0)
    assert not more or desk.git("status", "--porcelain") == ""
    assert sorted(path.name for path in state(desk).iterdir()) == ["lock"]
    assert desk.errors() == []
