"""Gives a generated QMS a past.

    python benchmarks/past.py FOLDER --commits 2000

Commits that each revise a few documents, and bring its sign-offs one after the other.
"""

from __future__ import annotations

import argparse
import random
import subprocess
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

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
    parser.add_argument("folder", type=Path)
    parser.add_argument("--commits", type=int, default=2000)
    chosen = parser.parse_args(arguments)
    give_past(chosen.folder, chosen.commits)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
