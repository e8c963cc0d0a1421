"""One thing that goes wrong while a command is at work, and what is found afterwards.

A trial copies an office, carries the command out under its mishap, holds what it said against the facts, has the next command
carried out, and looks again. It is told in one line from which it can be done again.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from tests.desk import qmsctl
from tests.endurance import children
from tests.endurance.children import FAULTS, Prepare, cold, warm
from tests.endurance.facts import Facts, Said, facts, unsettled, untrue
from tests.endurance.works import NEXT, Work, made_ready

_CALLS = 100_000


@dataclass(frozen=True)
class Result:
    """What became of a trial: ``told`` is false where its mishap never came, for the command was done before; ``begun`` says that it left something behind."""

    name: str
    faults: tuple[str, ...]
    told: bool = True
    begun: bool = True

    def __str__(self) -> str:
        return f"{self.name}: {'; '.join(self.faults)}"


@dataclass(frozen=True)
class Reference:
    """The command undisturbed: the paths it writes, and how long it takes."""

    whole: frozenset[str]
    seconds: float


Run = Callable[[Path, Path], Said]
"""Carries a command out in an office; the second folder is for its tools."""


def trial(name: str, work: Work, offices: Path, run: Run, state: Callable[[Path], None] | None = None) -> Result:
    """The work done by ``run``, and what is wrong afterwards.

    The next command is not asked for in a ``state`` of the office that stays, nor where all is as it was.
    """
    whole = reference(work, offices).whole
    with TemporaryDirectory() as scratch:
        root = _copied(work, offices, Path(scratch))
        tools = Path(scratch) / "tools"
        tools.mkdir()
        if state:
            state(root)
        before = facts(root) if state else _standing(work, offices)
        said = run(root, tools)
        after = facts(root)
        found = [*untrue(before, after, said, commits=work.commits)] if said.code is not None else []
        found += [] if state or after == before else _next(work, root, before, after, said, whole)
        return Result(name, tuple(found), any(tools.rglob("told")), after != before)


def _next(work: Work, root: Path, before: Facts, after: Facts, said: Said, whole: frozenset[str]) -> Iterator[str]:
    """What is wrong once the next command has been carried out."""
    for lock in (root / ".git").rglob("*.lock"):
        lock.unlink()  # git's own, of a git that was killed: a person is told to
    then = warm(root, work.then)
    if then.code != 0:
        yield f"the next command is refused ({then.code}): {' '.join(then.err.split())[:300]}"
    now = _without_next(facts(root), before)
    by_hand = said.code is not None and "not committed" in said.words
    if work.name != "sync":
        yield from unsettled(before, now, whole, commits=work.commits and not by_hand)
    elif now.unsaved or now.journal or now.fsck:
        yield f"after the next sync: {sorted(now.unsaved)} {now.fsck}"
    if said.code is None and after.differing(before) and after.unsaved and "interrupted" not in then.err:
        yield "the next command says nothing of the interrupted one"
    check = warm(root, ("check", "--format", "json"))
    if check.code not in (0, 1) or '"severity": "error"' in check.out:
        yield f"check: {check.code} {check.err[:200]}"


def _without_next(found: Facts, before: Facts) -> Facts:
    """The facts, but for what the next command wrote."""
    files = {path: digest for path, digest in found.files.items() if path != NEXT}
    return replace(found, files=files | {path: digest for path, digest in before.files.items() if path == NEXT})


@cache
def _standing(work: Work, offices: Path) -> Facts:
    """The office of a work as every copy of it is."""
    return facts(made_ready(work, offices) / "office")


@cache
def reference(work: Work, offices: Path) -> Reference:
    """The work once with nothing in its way; it has to succeed. Before, everything is imported that a child needs."""
    with TemporaryDirectory() as scratch:
        root = _copied(work, offices, Path(scratch))
        for words in (work.words, work.then, ("check", "--format", "json")):
            qmsctl("-C", root, "--lang", "en", *words)
    with TemporaryDirectory() as scratch:
        root = _copied(work, offices, Path(scratch))
        before = _standing(work, offices)
        begun = monotonic()
        said = warm(root, work.words)
        seconds = monotonic() - begun
        after = facts(root)
        assert said.code == 0, said.err
        assert not [*untrue(before, after, said, commits=work.commits)], said
        return Reference(after.differing(before), seconds)


def _copied(work: Work, offices: Path, scratch: Path) -> Path:
    made = made_ready(work, offices)
    shutil.copytree(made, scratch / "place", symlinks=True)
    root = scratch / "place/office"
    if work.name == "sync":
        text = (root / ".git/config").read_text(encoding="utf-8")
        (root / ".git/config").write_text(text.replace(str(made), str(scratch / "place")), encoding="utf-8")
    return root


def killed(work: Work, offices: Path, seed: int, *, program: bool = False) -> Result:
    """Killed with all it started, at a moment that ``seed`` gives."""
    longest = reference(work, offices).seconds * (3 if program else 1.2)
    moment = random.Random(seed).uniform(0, longest)
    start = cold if program else warm
    name = f"{work.name}, {'program' if program else 'warm'}, killed after {moment:.4f} s (seed {seed})"
    return trial(name, work, offices, lambda root, _tools: start(root, work.words, kill_after=moment))


def died(work: Work, offices: Path, call: int, *, after: bool) -> Result:
    """Killed at a call to the system, itself alone: what git was started for goes on."""
    return _prepared(f"{work.name}, died {'after' if after else 'before'} call {call}", work, offices,
                     lambda root, told: children.dying(root, call, told, after=after))


def failed(work: Work, offices: Path, call: int, fault: str) -> Result:
    """A call to the system fails."""
    return _prepared(f"{work.name}, {fault} at call {call}", work, offices, lambda root, told: children.failing(root, call, fault, told))


def _prepared(name: str, work: Work, offices: Path, prepare: Callable[[Path, Path], Prepare]) -> Result:
    return trial(name, work, offices, lambda root, tools: warm(root, work.words, prepare(root, tools / "told")))


def git_failed(work: Work, offices: Path, call: int, how: str) -> Result:
    """A git that is started fails, before or after it has done what it was started for."""
    def run(root: Path, tools: Path) -> Said:
        return warm(root, work.words, path=children.git_that_fails(tools / "bin", call, how))

    return trial(f"{work.name}, git number {call} fails {how}", work, offices, run)


def sweep(one: Callable[[int], Result], every: int = 1, first: int = 0) -> Iterator[Result]:
    """Trials at each ``every``-th call, until there is none."""
    for call in range(first, _CALLS, every):
        result = one(call)
        if not result.told:
            return
        yield result


def faults_of(work: Work, offices: Path, every: int = 1) -> Iterator[Result]:
    """Every ``every``-th call fails in each of the ways, and git in both."""
    for number, fault in enumerate(FAULTS):
        yield from sweep(lambda call, fault=fault: failed(work, offices, call, fault), every, number % every)  # type: ignore[misc]
    for how in ("before", "after"):
        yield from sweep(lambda call, how=how: git_failed(work, offices, call, how), max(1, every // 10))  # type: ignore[misc]


def deaths_of(work: Work, offices: Path, every: int = 1) -> Iterator[Result]:
    """It dies at every ``every``-th call."""
    for after in (False, True):
        yield from sweep(lambda call, after=after: died(work, offices, call, after=after), every, every // 2 if after else 0)  # type: ignore[misc]
