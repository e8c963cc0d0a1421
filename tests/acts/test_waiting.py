"""A person who thinks about an answer keeps nobody from writing: real processes, real prompts."""

from __future__ import annotations

import fcntl
import os
import pty
import subprocess
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from qmsctl.store import lock
from qmsctl.store.lock import Lock
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
    monkeypatch.setattr(lock, "_PATIENCE", 0.05)
    told: list[None] = []
    with Lock(tmp_path / "lock"), pytest.raises(Exception, match="Another qmsctl command"), Lock(tmp_path / "lock", 0.3, lambda: told.append(None)):
        pass
    assert len(told) == 1
    with Lock(tmp_path / "lock", waits=lambda: told.append(None)):
        assert len(told) == 1
