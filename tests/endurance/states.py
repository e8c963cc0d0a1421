"""States of a repository in which people call a command, and outputs that take nothing."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.desk import command, environment, git
from tests.endurance.bench import Result, bench, in_a_state
from tests.endurance.children import warm
from tests.endurance.facts import Said
from tests.endurance.works import Work


def _merging(root: Path) -> None:
    head = git(root, "rev-parse", "HEAD")
    (root / ".git/MERGE_HEAD").write_text(head)


def _detached(root: Path) -> None:
    git(root, "checkout", "--quiet", "--detach")


def _sparse(root: Path) -> None:
    git(root, "sparse-checkout", "set", "--no-cone", "/*", "!/people.yaml")


def _index_locked(root: Path) -> None:
    (root / ".git/index.lock").touch()


def _ref_locked(root: Path) -> None:
    (root / ".git/refs/heads/main.lock").touch()


def _head_locked(root: Path) -> None:
    (root / ".git/HEAD.lock").touch()


def _staged_by_hand(root: Path) -> None:
    (root / "note.txt").write_text("a person's own\n")
    git(root, "add", "note.txt")


def _object_missing(root: Path) -> None:
    blob = git(root, "rev-parse", "HEAD:people.yaml").strip()
    path = root / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.unlink()


STATES: Mapping[str, Callable[[Path], None]] = {
    each.__name__.strip("_").replace("_", " "): each
    for each in (_merging, _detached, _sparse, _index_locked, _ref_locked, _head_locked, _staged_by_hand, _object_missing)
}


def in_state(work: Work, offices: Path, name: str) -> Result:
    """A command in an office that is in this state: what it says is true, whether it is refused or not."""
    return in_a_state(f"{work.name}, {name}", work, offices, STATES[name], lambda root, _tools: warm(root, work.words, carry=work.carry))


def _full_output(root: Path, words: tuple[str, ...]) -> Said:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command("-C", root, "--lang", "en", *words), cwd=root, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False)
    return Said(done.returncode, "", done.stderr.decode())


def _full_errors(root: Path, words: tuple[str, ...]) -> Said:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command("-C", root, "--lang", "en", *words), cwd=root, env=environment(), stdout=subprocess.PIPE, stderr=full, check=False)
    return Said(0, done.stdout.decode(), "")  # nothing can be said there, so what was done is the answer


def _nobody_reads(root: Path, words: tuple[str, ...]) -> Said:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command("-C", root, "--lang", "en", *words), cwd=root, env=environment(), stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    return Said(0 if done.returncode in (0, 141, -13) else done.returncode, "", done.stderr.decode())


OUTPUTS: Mapping[str, Callable[[Path, tuple[str, ...]], Said]] = {
    "> /dev/full": _full_output, "2> /dev/full": _full_errors, "| true": _nobody_reads,
}


def into(work: Work, offices: Path, name: str) -> Result:
    """A command whose words nobody takes: what it did is whole and committed all the same."""
    return bench(work, offices).trial(f"{work.name} {name}", lambda root, _tools: OUTPUTS[name](root, work.words))
