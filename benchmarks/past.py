"""Measures the history of every document against ``git log --raw`` of the same repository.

    python benchmarks/past.py --documents 1000 --commits 2000

The past of a generated QMS is one of commits that each revise three documents; its sign-offs come one after the other.
What counts is what the histories take once the files are read.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from generate import generate
from run import Run, in_turn, show

HISTORIES = """
import gc
import sys
from itertools import islice
from pathlib import Path
from qmsctl.cli.formats.history_text import history_text
from qmsctl.cli.session import Session
gc.set_threshold(1_000_000, 50, 100)  # as the program does
session = Session(start=Path(sys.argv[1]))
library = session.library(session.place())
for item in islice((each for each in library.items if each.is_document), int((sys.argv + [sys.maxsize])[2])):
    sys.stdout.writelines(history_text(session, library, item))
"""
_BEGAN, _STEP = 1_735_700_000, 9_000
_WHO = b"Bench <bench@tan-an.example>"


def give_past(folder: Path, commits: int, seed: int = 1) -> None:
    """Write a branch ``past`` of so many commits, whose last tree is that of ``HEAD``, and check it out."""
    stream = b"".join(_stream(folder, commits, random.Random(seed)))  # noqa: S311 — repeatable, not secret
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "fast-import", "--quiet"], input=stream, check=True)
    subprocess.run([*git, "symbolic-ref", "HEAD", "refs/heads/past"], check=True)
    subprocess.run([*git, "reset", "--quiet", "--hard"], check=True)


def _stream(folder: Path, commits: int, chance: random.Random) -> Iterator[bytes]:
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
             if path.is_file() and ".git" not in path.parts}
    signed = [path for path in files if path.startswith("signoffs/")]
    documents = [path for path in files if path.startswith("documents/")]
    marks = count(1)
    yield from _commit(next(marks), 0, None, {path: data for path, data in files.items() if path not in signed})
    for number in range(1, commits - 1):
        mark = next(marks)
        first, end = (each * len(signed) // commits for each in (number, number + 1))
        brought = {path: files[path] for path in signed[first:end]}
        revised = {path: files[path] + b"\nNh\xc3\xa1p %d.\n" % number for path in chance.sample(documents, 3)}
        yield from _commit(mark, number, mark - 1, brought | revised)
    yield from _commit(next(marks), commits, commits - 1, files)


def _commit(mark: int, number: int, parent: int | None, changed: dict[str, bytes]) -> Iterator[bytes]:
    words = b"Revise %d" % number
    moment = b"%s %d +0700" % (_WHO, _BEGAN + number * _STEP)
    yield b"commit refs/heads/past\nmark :%d\nauthor %s\ncommitter %s\n" % (mark, moment, moment)
    yield b"data %d\n%s\n" % (len(words), words)
    if parent:
        yield b"from :%d\n" % parent
    for path, data in changed.items():
        yield b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)
    yield b"\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line of this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--commits", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "office"
        generate(folder, chosen.documents, seed=1)
        give_past(folder, chosen.commits)
        program = [sys.executable, "-c", HISTORIES, str(folder)]
        floor, read, told = in_turn(chosen.rounds, ["git", "-C", str(folder), "log", "--raw"], [*program, "0"], program)
    print(f"{chosen.documents} documents, {chosen.commits} commits")
    show("every history / git log --raw", Run(told.wall - read.wall, told.processor - read.processor), floor, 2)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
