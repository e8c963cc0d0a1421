"""A program for git to call whose calls this process answers: what git hands over is what a process of its own would get.

The script writes down its words and variables, waits, and gives the answer on. It takes a hundredth of the time in which the
program starts; a test of each kind has the program itself called.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from qmsctl.__main__ import main

SCRIPT = """\
#!/bin/sh
cd '{folder}' || exit 70
{{ echo "$OLDPWD"; printf '%s\\n' "$@"; }} >words
env -0 >variables
echo called >asked
read -r code <answered
cat out
cat err >&2
exit "$code"
"""


@dataclass(frozen=True)
class Answering:
    """The folder of the script and of what is said to and fro; ``first`` are words before those it is called with."""

    folder: Path
    first: Sequence[str] = ()

    def write(self, program: Path) -> None:
        self.folder.mkdir()
        for name in ("asked", "answered"):
            os.mkfifo(self.folder / name)
        program.write_text(SCRIPT.format(folder=self.folder), encoding="utf-8")
        program.chmod(0o755)

    def during(self, command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a command that may call the program."""

        def carried_out() -> subprocess.CompletedProcess[str]:
            try:
                return subprocess.run(command, cwd=folder, env=variables, capture_output=True, encoding="utf-8", check=False)
            finally:
                os.write(asked, b"ended\n")

        asked = os.open(self.folder / "asked", os.O_RDWR)
        with open(asked, encoding="utf-8", buffering=1) as calls, ThreadPoolExecutor(1) as thread:  # noqa: PTH123 — a descriptor
            done = thread.submit(carried_out)
            while calls.readline() == "called\n":
                self._answer()
            return done.result()

    def _answer(self) -> None:
        code = 70
        try:
            code = self._said()
        finally:
            (self.folder / "answered").write_text(f"{code}\n", encoding="utf-8")

    def _said(self) -> int:
        where, *words = (self.folder / "words").read_text(encoding="utf-8").splitlines()
        given = (self.folder / "variables").read_text(encoding="utf-8", errors="surrogateescape").split("\0")
        variables = dict(each.split("=", 1) for each in given if each)
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
        with (
            patch.dict(os.environ, variables, clear=True), contextlib.chdir(where),
            contextlib.redirect_stdout(out), contextlib.redirect_stderr(err),
        ):
            code = main([*self.first, *words])
        for name, stream in {"out": out, "err": err}.items():
            stream.flush()
            (self.folder / name).write_bytes(stream.buffer.getvalue())
        return code
