"""One thing that goes wrong while a command is at work, and what is found afterwards.

A trial copies an office, carries the command out under its mishap, holds what it said against the facts, has the next command
carried out, and looks again. It is told in one line from which it can be done again.
"""

from __future__ import annotations

import json
import os
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
from tests.endurance.children import FAULTS, Prepare, by_words, cold, killed_at_work, warm
from tests.endurance.facts import Facts, Said, facts, unsettled, untrue
from tests.endurance.works import NEXT, Work, made_ready

_CALLS = 100_000
_LONGEST = 600
CHECK = ("check", "--format", "json")


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
    """The command undisturbed: the paths it writes, the errors that are there then, how long the program takes at most, and of that a warm child once it has the lock."""

    whole: frozenset[str]
    errors: frozenset[str]
    seconds: float
    at_work: float


Run = Callable[[Path, Path], Said]
"""Carries a command out in an office; the second folder is for its tools."""


def trial(name: str, work: Work, offices: Path, run: Run, state: Callable[[Path], None] | None = None) -> Result:
    """The work done by ``run``, and what is wrong afterwards.

    The next command is not asked for in a ``state`` of the office that stays, nor where all is as it was.
    """
    known = reference(work, offices)
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
        found += [] if state or after == before else _next(work, root, before, after, said, known)
        return Result(name, tuple(found), any(tools.rglob("told")), after != before)


def _next(work: Work, root: Path, before: Facts, after: Facts, said: Said, reference: Reference) -> Iterator[str]:
    """What is wrong once the next command has been carried out."""
    for lock in (root / ".git").rglob("*.lock"):
        lock.unlink()  # git's own, of a git that was killed: a person is told to
    for draft in root.rglob("*.qmsctl-tmp"):
        os.utime(draft, (0, 0))  # nobody is at work on it any more
    if not work.locks and after.differing(before) == reference.whole:
        return  # an output that is there is not written again
    then = warm(root, work.then)
    if then.code != 0:
        yield f"the next command is refused ({then.code}): {' '.join(then.err.split())[:300]}"
    now = _without_next(facts(root), before)
    by_hand = said.code is not None and "not committed" in said.words
    if work.then[0] != "sync":
        yield from unsettled(before, now, reference.whole, commits=work.commits and not by_hand)
    elif now.unsaved or now.journal or now.fsck:
        yield f"after the next sync: {sorted(now.unsaved)} {now.fsck}"
    if work.locks and said.code is None and after.differing(before) and after.unsaved and "interrupted" not in then.err:
        yield "the next command says nothing of the interrupted one"
    check = warm(root, CHECK)
    if check.code not in (0, 1) or not reference.errors.issuperset(_errors(check)):
        yield f"check: {check.code} {sorted(_errors(check))} {check.err[:200]}"


def _errors(check: Said) -> set[str]:
    return {each["rule"] for each in json.loads(check.out or "{}").get("diagnostics", ()) if each["severity"] == "error"}


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
        for words in (work.words, work.then, CHECK):
            qmsctl("-C", root, "--lang", "en", *words)
        if work.carry is not by_words:
            warm(root, work.words, carry=work.carry)
    with TemporaryDirectory() as scratch:
        root = _copied(work, offices, Path(scratch))
        before = _standing(work, offices)
        begun = monotonic()
        said, at_work = killed_at_work(root, work.words, _LONGEST, work.carry, locks=work.locks)
        seconds = monotonic() - begun
        after = facts(root)
        assert said.code == 0, said.err
        assert not [*untrue(before, after, said, commits=work.commits)], said
        return Reference(after.differing(before), frozenset(_errors(warm(root, CHECK))), seconds, at_work)


def _copied(work: Work, offices: Path, scratch: Path) -> Path:
    made = made_ready(work, offices)
    shutil.copytree(made, scratch / "place", symlinks=True)
    root = scratch / "place/office"
    if (root.parent / "server.git").exists():
        text = (root / ".git/config").read_text(encoding="utf-8")
        (root / ".git/config").write_text(text.replace(str(made), str(scratch / "place")), encoding="utf-8")
    return root


def killed(work: Work, offices: Path, seed: int, *, program: bool = False) -> Result:
    """Killed with all it started, at a moment that ``seed`` gives: of the ``program`` at any, of a warm child from when it has the lock."""
    known, share = reference(work, offices), random.Random(seed).random()
    moment = share * (known.seconds * 4 if program else known.at_work * 1.1)
    name = f"{work.name}, {'program' if program else 'warm'}, killed after {moment:.4f} s (seed {seed})"
    if program:
        return trial(name, work, offices, lambda root, _tools: cold(root, work.words, kill_after=moment))
    return trial(name, work, offices, lambda root, _tools: killed_at_work(root, work.words, moment, work.carry, locks=work.locks)[0])


def died(work: Work, offices: Path, call: int, *, after: bool) -> Result:
    """Killed at a call to the system, itself alone: what git was started for goes on."""
    return _prepared(f"{work.name}, died {'after' if after else 'before'} call {call}", work, offices,
                     lambda root, told: children.dying(root, call, told, after=after))


def failed(work: Work, offices: Path, call: int, fault: str) -> Result:
    """A call to the system fails."""
    return _prepared(f"{work.name}, {fault} at call {call}", work, offices, lambda root, told: children.failing(root, call, fault, told))


def _prepared(name: str, work: Work, offices: Path, prepare: Callable[[Path, Path], Prepare]) -> Result:
    return trial(name, work, offices, lambda root, tools: warm(root, work.words, prepare(root, tools / "told"), carry=work.carry))


def git_failed(work: Work, offices: Path, call: int, how: str) -> Result:
    """A git that is started fails, before or after it has done what it was started for."""
    def run(root: Path, tools: Path) -> Said:
        return warm(root, work.words, path=children.git_that_fails(tools / "bin", call, how), carry=work.carry)

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
