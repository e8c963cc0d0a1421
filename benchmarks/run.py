"""Measures qmsctl against floors that any Python program has, and prints the ratios.

    python benchmarks/run.py --documents 10000
    python benchmarks/run.py --documents 100 --records 20000

Each pair of commands runs in turn, so that whatever else the machine does falls on both; a ratio
is that of two medians. The files are in the page cache, nothing else is kept between runs.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generate import generate

SOURCE = Path(__file__).resolve().parent.parent / "src"
QMSCTL = [sys.executable, "-c", "import sys; from qmsctl.__main__ import main; sys.exit(main())"]
NOTHING = [sys.executable, "-c", "pass"]
FLOOR = [
    sys.executable,
    "-c",
    """
import os, sys, yaml
files = 0
for folder, _folders, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith((".md", ".yaml")):
            with open(os.path.join(folder, name), "rb") as file:
                text = file.read().decode()
            front = text[4 : text.index("\\n---\\n", 4) + 1] if text.startswith("---\\n") else text
            yaml.load(front, Loader=yaml.CSafeLoader)
            files += 1
""",
]
DAY = ["--today", "2026-06-01", "--lang", "en"]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "PYTHONPATH": str(SOURCE), "QMSCTL_CACHE": "off"
}
CLEAN_OR_NOT = (0, 1)


class Run(NamedTuple):
    """Seconds on the clock and seconds of processor, of a command and those it started."""

    wall: float
    processor: float


def timed(command: Sequence[str], **variables: str) -> Run:
    """One run of ``command``, its output thrown away."""
    began = time.perf_counter()
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, env=ENVIRONMENT | variables, stdout=silent, stderr=silent) as process:
        _pid, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in CLEAN_OR_NOT:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(wall, usage.ru_utime + usage.ru_stime)


def in_turn(rounds: int, *commands: Sequence[str]) -> list[Run]:
    """The medians of each command over ``rounds`` runs, after one that does not count."""
    runs = [[timed(command) for command in commands] for _ in range(rounds + 1)][1:]
    return [
        Run(*(statistics.median(values) for values in zip(*of_one, strict=True))) for of_one in zip(*runs, strict=True)
    ]


def peak(command: Sequence[str]) -> int:
    """The most memory in kB that ``command`` and its children held at once, pages shared counted once."""
    highest = 0
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        while process.poll() is None:
            highest = max(highest, sum(_held(pid) for pid in (process.pid, *_children(process.pid))))
            time.sleep(0.005)
    return highest


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def show(name: str, measured: Run, floor: Run, aim: float) -> None:
    """One line: the ratio, what it should be, and the milliseconds behind it."""
    ratio, processor = measured.wall / floor.wall, measured.processor / floor.processor
    print(
        f"{name:<34} {ratio:6.2f} x  (aim {aim:g})   {measured.wall * 1000:8.1f} ms over {floor.wall * 1000:8.1f} ms;"
        f" processor {processor:.2f} x"
    )


def start_up(folder: Path, rounds: int) -> None:
    """How long commands take that have next to nothing to do."""
    there = [*DAY, "-C", str(folder)]
    aims = {("--version",): 1.3, ("--help",): 3, ("check", "--help"): 8, (*there, "rules"): 8, (*there, "list"): 8}
    nothing, *measured = in_turn(rounds, NOTHING, *([*QMSCTL, *words] for words in aims))
    for (words, aim), each in zip(aims.items(), measured, strict=True):
        name = " ".join(word for word in words if word not in there)
        show(f"qmsctl {name} / python -c pass", each, nothing, aim)


def check(folder: Path, small: Path, documents: int, rounds: int) -> None:
    """How long a cold check takes, and how much memory."""
    command = [*QMSCTL, *DAY, "-C", str(folder), "check"]
    floor, measured = in_turn(rounds, [*FLOOR, str(folder)], command)
    show("qmsctl check / front matter by C", measured, floor, 1)
    if Path("/proc/self/smaps_rollup").exists():
        above = peak(command) - peak([*QMSCTL, *DAY, "-C", str(small), "list"])
        print(f"{'memory of check above a no-op':<34} {above / documents:6.2f} kB a document  (aim 10)   {above} kB")


def records(folder: Path, rounds: int) -> None:
    """How long commands take that look at every record."""
    names = ("list", "todo", "check")
    commands = ([*QMSCTL, *DAY, "-C", str(folder), name] for name in names)
    floor, *measured = in_turn(rounds, [*FLOOR, str(folder)], *commands)
    for name, each in zip(names, measured, strict=True):
        show(f"qmsctl {name} / front matter by C", each, floor, 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line of this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--records", type=int, default=0, help="measure what looks at so many records instead")
    parser.add_argument(
        "--rounds", type=int, default=5, help="runs of the long commands; short ones run four times as often"
    )
    parser.add_argument("--folder", type=Path, help="keep the generated systems here, and use those that are there")
    parser.add_argument("--only", choices=("start-up", "check"))
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        base: Path = chosen.folder or Path(temporary)
        if chosen.records:
            return _of_records(base, chosen)
        small, large = base / "documents-20", base / f"documents-{chosen.documents}"
        for folder, documents in ((small, 20), (large, chosen.documents)):
            if not folder.exists():
                generate(folder, documents, seed=1)
        print(f"{chosen.documents} documents; Python {platform.python_version()}, {os.cpu_count()} processors")
        if chosen.only != "check":
            start_up(small, chosen.rounds * 4)
        if chosen.only != "start-up":
            check(large, small, chosen.documents, chosen.rounds)
    return 0


def _of_records(base: Path, chosen: argparse.Namespace) -> int:
    folder = base / f"records-{chosen.records}"
    if not folder.exists():
        generate(folder, chosen.documents, seed=1, records=chosen.records)
    about = f"{chosen.documents} documents, {chosen.records} records"
    print(f"{about}; Python {platform.python_version()}, {os.cpu_count()} processors")
    records(folder, chosen.rounds)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
