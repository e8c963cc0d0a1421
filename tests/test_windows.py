"""What can be known here of a machine with Windows: nothing is needed that only POSIX systems have.

No test runs on Windows. In a process of its own the modules that Windows lacks cannot be imported, ``os`` has none of
the calls that it lacks, the platform is called ``win32``, and ``msvcrt`` locks with a lock of this system.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Desk

LIKE_WINDOWS = '''
import importlib, os, pkgutil, sys, types
import qmsctl

names = [each.name for each in pkgutil.walk_packages(qmsctl.__path__, "qmsctl.") if each.name != "qmsctl.__main__"]
for name in names:  # what they import of others is there from now on; it is not what is asked about
    importlib.import_module(name)
import click._termui_impl, git, holidays, qmsctl.__main__
for name in [each for each in sys.modules if each == "qmsctl" or each.startswith("qmsctl.")]:
    del sys.modules[name]

import fcntl
msvcrt = types.ModuleType("msvcrt")
msvcrt.LK_UNLCK, msvcrt.LK_NBLCK = 0, 2
msvcrt.locking = lambda descriptor, mode, count: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB if mode else fcntl.LOCK_UN)
winreg = types.ModuleType("winreg")
winreg.HKEY_LOCAL_MACHINE = 0
def no_key(*_path): raise OSError("no registry")
winreg.OpenKey = no_key
sys.modules.update(msvcrt=msvcrt, winreg=winreg)
sys.modules.update(dict.fromkeys(["fcntl", "pwd", "grp", "termios", "tty", "pty", "resource", "syslog", "posix"]))
LACKING = """chown chroot ctermid fchdir fchmod fchown fork forkpty getegid geteuid getgid getgroups getpgid getuid initgroups killpg
    lchown mkfifo mknod nice openpty posix_spawn setegid seteuid setgid setsid setuid sync uname wait wait3 wait4 WIFEXITED WEXITSTATUS
    O_NOFOLLOW O_NONBLOCK O_CLOEXEC O_DIRECTORY O_SYNC O_NOCTTY""".split()
for name in LACKING:
    if hasattr(os, name):
        delattr(os, name)
sys.platform = "win32"
'''
IMPORT = "for name in names:\n    importlib.import_module(name)\nprint(len(names))\n"
RUN = "import json\nfrom qmsctl.__main__ import main\nprint([main(words) for words in json.loads(sys.argv[1])])\n"


def like_windows(program: str, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a program in a process that has what Windows has."""
    there = Path(__file__).parents[1]
    return subprocess.run([sys.executable, "-c", LIKE_WINDOWS + program, *map(str, words)], cwd=there, capture_output=True, text=True, check=False)


@pytest.mark.process
def test_every_module_can_be_imported() -> None:
    said = like_windows(IMPORT)
    assert said.returncode == 0, said.stderr
    assert int(said.stdout) > 400


@pytest.mark.process
def test_without_the_guard_of_the_lock_it_could_not() -> None:
    """What this file asks can be failed."""
    said = like_windows("import fcntl\n")
    assert "ModuleNotFoundError" in said.stderr or "ImportError" in said.stderr


def test_commands_read_write_and_commit(office: Desk) -> None:
    new = ["new", "procedure", "--title", "Tiếp dân", "--commit"]
    commands = [["check"], new, ["nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor"], ["todo", "--all"], ["verify"]]
    said = like_windows(RUN, json.dumps([["-C", str(office.root), "--lang", "vi", "--today", "2026-06-01", *words] for words in commands]))
    assert said.stdout.endswith(f"{[0] * len(commands)}\n"), said.stdout + said.stderr
    assert "Tiếp dân" in office.git("log", "-1", "--format=%s")
