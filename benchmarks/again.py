"""Measures what a command costs that comes after another, in systems of several sizes, and prints the ratios.

    python benchmarks/again.py --documents 1000 10000
    python benchmarks/again.py --documents 1000 10000 --peers DIR

Before every run a line is added to one document. Of all runs of a command the one counts that took the least time of
processor: whatever else the machine does only adds to it. ``DIR`` holds the programs of peers (rumdl, yamllint); those
that are there are measured in the same run, without a cache and with their own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from generate import generate
from run import DAY, FLOOR, QMSCTL, timed

COMMANDS = {
    "check --no-cache": ("--no-cache", "check"),
    "check": ("check",),
    "list": ("list",),
    "show": ("show", "QT-07"),
    "todo": ("todo",),
    "check --base, 10 changed": ("check", "--base", "HEAD"),
    "new": ("new", "nonconformity", "--title", "Trễ hẹn", "--dry-run"),
    "set": ("set", "NC-2026-001", "severity=major", "--dry-run"),
    "submit": ("submit", "QT-02", "--dry-run"),
}
PEERS = {
    "rumdl, no cache": ("rumdl", "check", "--no-cache", "."),
    "rumdl, its cache": ("rumdl", "check", "."),
    "yamllint": ("yamllint", "-d", "{extends: relaxed, yaml-files: ['*.md', '*.yaml']}", "."),
}
GIT = ("git", "-C")
_CHANGED = 10


class Office:
    """A generated system, its own cache beside it, and how it is changed."""

    def __init__(self, base: Path, documents: int) -> None:
        self.documents = documents
        self.folder = base / f"documents-{documents}"
        self.cache = base / f"cache-{documents}"
        if not self.folder.exists():
            generate(self.folder, documents, seed=1)
        for key, value in (("name", "Hoa"), ("email", "hoa@tan-an.example")):
            subprocess.run([*GIT, str(self.folder), "config", f"user.{key}", value], check=True)
        self._papers = sorted((self.folder / "documents/instructions").glob("*.md"))[:_CHANGED]
        self._lines = count()

    def change(self) -> None:
        """Write a line more into the next of a few documents."""
        number = next(self._lines)
        with self._papers[number % len(self._papers)].open("a", encoding="utf-8") as paper:
            paper.write(f"\nThêm {number}.\n")

    def seconds(self, command: Sequence[str], rounds: int) -> float:
        """The least time of processor of a command, each time with one document changed since."""
        return min(self._one(command) for _round in range(rounds))

    def _one(self, command: Sequence[str]) -> float:
        self.change()
        return timed(command, QMSCTL_CACHE="", CI="", XDG_CACHE_HOME=str(self.cache)).processor

    def kilobytes(self) -> float:
        """What is kept of a document."""
        return sum(each.stat().st_size for each in self.cache.rglob("*.sqlite")) / 1000 / self.documents


def measured(office: Office, rounds: int, peers: Path | None) -> Iterator[tuple[str, float]]:
    """Seconds of processor of everything, by name."""
    for _time in range(_CHANGED):
        office.change()
    there = [*QMSCTL, *DAY, "-C", str(office.folder)]
    yield "F", office.seconds([*FLOOR, str(office.folder)], rounds)
    yield "git status", office.seconds([*GIT, str(office.folder), "status"], rounds)
    office.seconds([*there, "check"], 2)
    yield from ((name, office.seconds([*there, *words], rounds)) for name, words in COMMANDS.items())
    for name, (program, *words) in PEERS.items() if peers else ():
        if peers and (peers / program).exists():
            there = ["sh", "-c", 'cd "$0" && exec "$@"', str(office.folder)]
            yield name, office.seconds([*there, str(peers / program), *words], rounds)


def table(columns: dict[int, dict[str, float]], kept: dict[int, float]) -> Iterator[str]:
    """The rows in Markdown: seconds at each size, how they grow, and at the largest how they compare."""
    largest = columns[max(columns)]
    yield "| | " + " | ".join(f"{size:,} documents" for size in columns) + " | growth | over F | over `git status` |"
    yield "|---" * (len(columns) + 4) + "|"
    for name in largest:
        figures = " | ".join(f"{each.get(name, 0):.2f} s" for each in columns.values())
        floors = columns[min(columns)][name], largest["F"], largest["git status"]
        growth, over_f, over_git = (largest[name] / floor for floor in floors)
        yield f"| {name} | {figures} | {growth:.1f} | {over_f:.2f} | {over_git:.1f} |"
    yield f"| kept of a document | {' | '.join(f'{each:.2f} kB' for each in kept.values())} | | | |"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line of this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the generated systems here, and use those that are there")
    parser.add_argument("--peers", type=Path, help="the folder of the programs to compare with")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        offices = [Office(chosen.folder or Path(temporary), size) for size in sorted(chosen.documents)]
        columns = {each.documents: dict(measured(each, chosen.rounds, chosen.peers)) for each in offices}
        print(f"{os.cpu_count()} processors, the least of {chosen.rounds} runs each, seconds of processor\n")
        print("\n".join(table(columns, {each.documents: each.kilobytes() for each in offices})))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
