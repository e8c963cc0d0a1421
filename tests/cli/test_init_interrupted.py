"""An ``init`` that was ended by force at any step goes on where it stopped when it is run again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.desk import Desk, environment, process, qmsctl

_KILLED = """\
import os, sys
event, number = sys.argv[1], int(sys.argv[2])
del sys.argv[1:3]
seen = 0
def kill(name, arguments):
    global seen
    if name == event and "office" in str(arguments):
        seen += 1
        if seen == number:
            os.kill(os.getpid(), 9)
from qmsctl.__main__ import main
sys.addaudithook(kill)
sys.exit(main())
"""
ME = ("--name", "Đỗ Văn Minh", "--email", "minh@tan-an.example")
WORDS = ("--lang", "en", "--today", "2026-01-05", "init", "--organization", "UBND phường Tân An", *ME, "--commit")


def laid(root: Path) -> Mapping[str, str]:
    return Desk(root).tree()


def assert_stays(root: Path, *other: str, code: int = 3) -> None:
    """The same with ``other`` arguments says what differs, and changes nothing."""
    before = laid(root)
    said = qmsctl(*WORDS, root, *other)
    assert said.code == code
    assert all(each in said.err for each in other)
    assert "nothing was changed" in said.err or code == 0
    assert laid(root) == before
    assert any(root.glob(".git/qmsctl/*/journal"))


@pytest.mark.parametrize("event", ["os.mkdir", "os.rename", "os.remove", "subprocess.Popen"])
def test_goes_on_where_it_stopped(home: Path, tmp_path: Path, event: str) -> None:
    whole = tmp_path / "whole" / "office"
    assert process(*WORDS, whole).returncode == 0
    for number in (1, 2, 4, 9, 16):
        root = tmp_path / str(number) / "office"
        killed = subprocess.run([sys.executable, "-c", _KILLED, event, str(number), *WORDS, str(root)], env=environment(), capture_output=True, check=False)
        if killed.returncode == 0:
            break
        if root.is_dir():
            between = process("-C", root, "--lang", "en", "check")
            assert between.returncode in (0, 1, 3)
            assert between.stdout.count(b": error:") == 0, between.stdout.decode()
        if any(root.glob(".git/qmsctl/*/journal")):
            assert_stays(root, "--standard", "iso9001-2008")
            assert_stays(root, "--organization", "UBND phường Tân Bình")
            assert_stays(root, "--dry-run", code=0)
        again = process(*WORDS, root)
        assert again.returncode == 0, f"{event} {number}: {again.stderr.decode()}"
        desk = Desk(root)
        assert laid(root) == laid(whole)
        assert desk.git("status", "--short") == ""
        assert len(desk.git("log", "--format=%h").split()) == 1
        desk.git("fsck", "--strict")
