"""Many processes that write at once."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple

from tests.endurance.bench import bench
from tests.endurance.children import warm
from tests.endurance.facts import Facts, facts
from tests.endurance.works import WORKS, made_ready

WORDS = ("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--set", "owner=hoa")
_PART = 10
"""Of the records the first and the last part, by which growth is told."""


class Told(NamedTuple):
    """How one command of the crowd ended, and when it began and ended, in seconds of one clock."""

    code: int | None
    out: str
    err: str
    began: float
    ended: float


@dataclass(frozen=True)
class Crowd:
    """What came of a crowd: what is wrong, and what it took: ``processor`` is in seconds, too."""

    faults: tuple[str, ...]
    told: Sequence[Told]
    processor: float

    def __str__(self) -> str:
        """How long it took in all, how long a command was under way at the median and at most, and how the last tenth of the records compares with the first."""
        moments = sorted(each.ended for each in self.told)
        begun = min(each.began for each in self.told)
        part = max(1, len(moments) // _PART)
        waits = [each.ended - each.began for each in self.told]
        growth = (moments[-1] - moments[-1 - part]) / (moments[part - 1] - begun) if len(moments) > part else 1
        return (
            f"{len(moments)} records in {moments[-1] - begun:.0f} s, {self.processor:.0f} s of processor; a command takes {median(waits):.1f} s at the median, "
            f"{max(waits):.1f} s at most; the last tenth takes {growth:.1f} times as long as the first"
        )


def crowd(offices: Path, processes: int, each: int, *, commit: bool) -> Crowd:
    """``processes`` log ``each`` nonconformities at the same time: what is wrong afterwards."""
    with TemporaryDirectory() as scratch:
        root = Path(scratch) / "office"
        bench(WORKS[0], offices)  # imports what a child needs
        shutil.copytree(made_ready(WORKS[0], offices) / "office", root, symlinks=True)
        before, used = facts(root), _used()
        told = _all(root, Path(scratch), processes, [*WORDS, "--commit"] if commit else list(WORDS), each)
        used = _used() - used
        return Crowd(tuple(_wrong(before, facts(root), told, commit=commit)) + tuple(_unclean(root)), told, used)


def _wrong(before: Facts, after: Facts, told: Sequence[Told], *, commit: bool) -> list[str]:
    refused = [each.err for each in told if each.code != 0]
    made = [found for each in told for found in re.findall(r"NC-\d{4}-\d+", each.out)]
    written = len(after.differing(before))
    found = [f"{len(refused)} of {len(told)} refused: {' '.join(refused[0].split())[:300]}"] if refused else []
    if len(set(made)) != len(made) or written != len(told) - len(refused):
        found.append(f"{len(set(made))} ids in {written} files for {len(told)} commands")
    if commit and (after.unsaved or after.lagging):
        found.append(f"not committed: {len(after.unsaved)}, not in the index: {len(after.lagging)}")
    if after.fsck or after.journal or after.left:
        found.append(f"{after.fsck} {sorted(after.left)} journal: {after.journal}")
    return found


def _unclean(root: Path) -> list[str]:
    check = warm(root, ("check", "--format", "json"))
    return [f"check: {check.code} {check.err[:200]}"] if check.code != 0 or '"severity": "error"' in check.out else []


def _used() -> float:
    """Processor time of all children that have ended, in seconds."""
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def _all(root: Path, scratch: Path, processes: int, words: list[str], each: int) -> list[Told]:
    children = []
    for number in range(processes):
        child = os.fork()
        if child == 0:
            try:
                (scratch / f"{number}.json").write_text(json.dumps([_timed(root, words) for _turn in range(each)]))
            finally:
                os.kill(os.getpid(), signal.SIGKILL)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    return [Told(*one) for number in range(processes) for one in json.loads((scratch / f"{number}.json").read_text())]


def _timed(root: Path, words: list[str]) -> Told:
    began = monotonic()
    said = warm(root, words)
    return Told(said.code, said.out, said.err, began, monotonic())
