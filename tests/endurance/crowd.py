"""Many processes that write at once."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.endurance.children import warm
from tests.endurance.facts import facts
from tests.endurance.works import WORKS, made_ready

WORDS = ("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--set", "owner=hoa")


def crowd(offices: Path, processes: int, each: int, *, commit: bool) -> Iterator[str]:
    """``processes`` log ``each`` nonconformities at the same time: what is wrong afterwards."""
    with TemporaryDirectory() as scratch:
        root = Path(scratch) / "office"
        shutil.copytree(made_ready(WORKS[0], offices) / "office", root, symlinks=True)
        before = facts(root)
        told = _all(root, Path(scratch), processes, [*WORDS, "--commit"] if commit else list(WORDS), each)
        after = facts(root)
        refused = [err for code, _out, err in told if code != 0]
        made = [found for _code, out, _err in told for found in re.findall(r"NC-\d{4}-\d+", out)]
        if refused:
            yield f"{len(refused)} of {processes * each} refused: {' '.join(refused[0].split())[:300]}"
        if len(set(made)) != len(made) or len(after.differing(before)) != len(told) - len(refused):
            yield f"{len(set(made))} ids in {len(after.differing(before))} files for {len(told)} commands"
        if commit and (after.unsaved or after.lagging):
            yield f"not committed: {len(after.unsaved)}, not in the index: {len(after.lagging)}"
        if after.fsck or after.journal or after.left:
            yield f"{after.fsck} {sorted(after.left)} journal: {after.journal}"


def _all(root: Path, scratch: Path, processes: int, words: list[str], each: int) -> list[tuple[int | None, str, str]]:
    children = []
    for number in range(processes):
        child = os.fork()
        if child == 0:
            try:
                said = [warm(root, words) for _turn in range(each)]
                (scratch / f"{number}.json").write_text(json.dumps([(one.code, one.out, one.err) for one in said]))
            finally:
                os.kill(os.getpid(), signal.SIGKILL)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    return [tuple(one) for number in range(processes) for one in json.loads((scratch / f"{number}.json").read_text())]
