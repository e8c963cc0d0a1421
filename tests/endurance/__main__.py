"""``python -m tests.endurance``: the long run, a line for every kind of mishap, and all that was wrong.

``--kills`` of every command, ``--every`` so many calls one that fails, ``--crowd`` processes with ``--each`` records.
``TMPDIR`` says on which file system the offices lie. ``--only`` names commands.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.desk import own_home
from tests.endurance.bench import Result
from tests.endurance.children import by_words
from tests.endurance.crowd import crowd
from tests.endurance.disks import DISKS, can_mount, on_disk
from tests.endurance.states import OUTPUTS, STATES, in_state, into
from tests.endurance.trials import deaths_of, faults_of, kills, program_kills
from tests.endurance.works import WORKS, Work

PARTS = ("kills", "program", "deaths", "faults", "states", "disks", "crowd")


def _trials(part: str, work: Work, offices: Path, given: argparse.Namespace) -> Iterator[Result]:
    match part:
        case "kills":
            yield from kills(work, offices, given.kills, given.seed)
        case "program":
            yield from program_kills(work, offices, given.kills // 10, given.seed)
        case "deaths":
            yield from deaths_of(work, offices)
        case "faults":
            yield from faults_of(work, offices, given.every)
        case "states":
            yield from (in_state(work, offices, name) for name in STATES)
            yield from (into(work, offices, name) for name in OUTPUTS if work.carry is by_words)
        case "disks":
            yield from (on_disk(work, offices, name) for name in DISKS if can_mount())


def _told(part: str, name: str, results: Iterable[Result]) -> int:
    """Print how many trials there were, in how many states they ended, and how many went wrong; of these one of each state. How many were wrong."""
    number = begun = wrong = 0
    states: set[str] = set()
    for number, result in enumerate(results, 1):  # noqa: B007
        begun += result.begun
        wrong += bool(result.faults)
        if result.faults and result.state not in states:
            print(f"  {result}", flush=True)
        states.add(result.state)
    ended = f", {len(states)} states" if states != {""} else ""
    print(f"{part:8} {name:20} {number:6} trials{ended}, {begun} of them after something was done, {wrong} wrong", flush=True)
    return wrong


def _crowds(offices: Path, given: argparse.Namespace) -> int:
    wrong = 0
    for commit in (False, True):
        found = crowd(offices, given.crowd, given.each, commit=commit)
        wrong += bool(found.faults)
        head = f"crowd    {given.crowd} × {given.each}{' --commit' if commit else ''}: {len(found.faults)} wrong; {found}"
        print(*(f"  {each}" for each in found.faults), head, sep="\n", flush=True)
    return wrong


def main() -> int:
    """Run it; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance", description=__doc__)
    for name, value in {"kills": 2000, "every": 1, "crowd": 32, "each": 100, "seed": 1}.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--only", nargs="+", choices=[work.name for work in WORKS])
    given = parser.parse_args()
    works = [work for work in WORKS if not given.only or work.name in given.only]
    with TemporaryDirectory() as folder:
        home, offices = Path(folder) / "home", Path(folder) / "offices"
        home.mkdir()
        with own_home(home):
            wrong = sum(_told(part, work.name, _trials(part, work, offices, given)) for work, part in product(works, given.parts) if part != "crowd")
            wrong += _crowds(offices, given) if "crowd" in given.parts else 0
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    os.environ.setdefault("QMSCTL_LANG", "en")
    sys.exit(main())
