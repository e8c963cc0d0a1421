"""One thing that goes wrong while a command is at work, and what is found afterwards.

A trial brings an office back to what it was, carries the command out under its mishap, holds what it said against the facts, has
the next command carried out, and looks again. What said the same and left the same bytes is judged once. A trial is told in
one line from which it can be done again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from qmsctl.store.user_state import user_state
from tests.desk import qmsctl
from tests.endurance import children
from tests.endurance.children import FAULTS, Prepare, cold, warm
from tests.endurance.facts import Facts, Said, facts, unsettled, untrue
from tests.endurance.memory import Memory
from tests.endurance.poised import Poised
from tests.endurance.works import NEXT, Work, made_ready

_CALLS = 100_000
_MEASURED = 40
"""Of so many trials one is left alone, so that it is known how long the command takes now."""
_EVENLY = (5**0.5 - 1) / 2
"""Multiples of it, without what is before the point, lie evenly however many there are."""
_OF_A_DRAFT = re.compile(r"[0-9a-f]{8,16}(?=\.qmsctl-tmp)|(?<=/qmsctl-)\w{8}")
CHECK = ("check", "--format", "json")


@dataclass(frozen=True)
class Result:
    """What became of a trial: ``told`` is false where its mishap never came, for the command was done before; ``begun`` says that it left something behind.

    ``state`` is the digest of what was said and left.
    """

    name: str
    faults: tuple[str, ...]
    told: bool = True
    begun: bool = True
    state: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {'; '.join(self.faults)}"


Run = Callable[[Path, Path], Said]
"""Carries a command out in an office; the second folder is for its tools."""


class Bench:
    """Where a work is done again and again: its office as it stands, what becomes of it undisturbed, and what was judged up to now.

    ``whole`` are the paths that the work writes, ``errors`` the rules that speak then.
    """

    def __init__(self, work: Work, offices: Path) -> None:
        self.work = work
        self.place = offices / "bench" / work.name.replace(" ", "-")
        self.root = _copied(work, offices, self.place)
        self._judged: dict[tuple[Said, str], tuple[tuple[str, ...], bool]] = {}
        children.set_clock()
        self.standing = facts(self.root)
        self.memory = Memory((self.place, user_state()))
        with chdir(self.root):
            for words in (work.words, work.then, CHECK):  # imports what a child needs
                qmsctl("-C", self.root, "--lang", "en", *words)
        self.memory.bring_back()
        said = self.left_alone(self.root, self.root)
        after = facts(self.root)
        assert said.code == 0, said.err
        assert not [*untrue(self.standing, after, said, commits=work.commits)], said
        self.whole = after.differing(self.standing)
        self.errors = frozenset(_errors(warm(self.root, CHECK)))
        self.memory.bring_back()

    def left_alone(self, root: Path, _tools: Path) -> Said:
        return warm(root, self.work.words, carry=self.work.carry)

    def trial(self, name: str, run: Run) -> Result:
        """The work done by ``run``, and what is wrong afterwards; then all is as it was."""
        with TemporaryDirectory() as tools:
            said = run(self.root, Path(tools))
            found = self.found(name, said)
            self.memory.bring_back()
            return replace(found, told=any(Path(tools).rglob("told")))

    def found(self, name: str, said: Said) -> Result:
        """What is wrong with what was said and lies there now; the office is not brought back from what the next command did."""
        digest = self.memory.digest()
        key = said._replace(out=_OF_A_DRAFT.sub("", said.out), err=_OF_A_DRAFT.sub("", said.err)), digest
        if key not in self._judged:
            self._judged[key] = self._judge(said)
        return Result(name, *self._judged[key][:1], begun=self._judged[key][1], state=f"{digest} {hash(key)}")

    def _judge(self, said: Said) -> tuple[tuple[str, ...], bool]:
        after = facts(self.root)
        found = [*untrue(self.standing, after, said, commits=self.work.commits)] if said.code is not None else []
        found += [] if after == self.standing else self._next(after, said)
        return tuple(found), after != self.standing

    def _next(self, after: Facts, said: Said) -> Iterator[str]:
        """What is wrong once the next command has been carried out."""
        root, work, before = self.root, self.work, self.standing
        for lock in (root / ".git").rglob("*.lock"):
            lock.unlink()  # git's own, of a git that was killed: a person is told to
        for draft in root.rglob("*.qmsctl-tmp"):
            os.utime(draft, (0, 0))  # nobody is at work on it any more
        if not work.locks and after.differing(before) == self.whole:
            return  # an output that is there is not written again
        then = warm(root, work.then)
        if then.code != 0:
            yield f"the next command is refused ({then.code}): {' '.join(then.err.split())[:300]}"
        now = _without_next(facts(root), before)
        by_hand = said.code is not None and "not committed" in said.words
        if work.then[0] != "sync":
            yield from unsettled(before, now, self.whole, commits=work.commits and not by_hand)
        elif now.unsaved or now.journal or now.fsck:
            yield f"after the next sync: {sorted(now.unsaved)} {now.fsck}"
        if work.locks and said.code is None and after.differing(before) and after.unsaved and "interrupted" not in then.err:
            yield "the next command says nothing of the interrupted one"
        check = warm(root, CHECK)
        if check.code not in (0, 1) or not self.errors.issuperset(_errors(check)):
            yield f"check: {check.code} {sorted(_errors(check))} {check.err[:200]}"


@cache
def bench(work: Work, offices: Path) -> Bench:
    return Bench(work, offices)


def in_a_state(name: str, work: Work, offices: Path, state: Callable[[Path], None], run: Run) -> Result:
    """The work done by ``run`` in an office in a ``state`` that stays, so that the next command is not asked for."""
    there = bench(work, offices)
    state(there.root)
    before = facts(there.root)
    said = run(there.root, there.place)
    after = facts(there.root)
    there.memory.bring_back()
    return Result(name, tuple(untrue(before, after, said, commits=work.commits)), begun=after != before)


def _errors(check: Said) -> set[str]:
    return {each["rule"] for each in json.loads(check.out or "{}").get("diagnostics", ()) if each["severity"] == "error"}


def _without_next(found: Facts, before: Facts) -> Facts:
    """The facts, but for what the next command wrote."""
    files = {path: digest for path, digest in found.files.items() if path != NEXT}
    return replace(found, files=files | {path: digest for path, digest in before.files.items() if path == NEXT})


def _copied(work: Work, offices: Path, place: Path) -> Path:
    made = made_ready(work, offices)
    shutil.copytree(made, place, symlinks=True)
    root = place / "office"
    if (place / "server.git").exists():
        text = (root / ".git/config").read_text(encoding="utf-8")
        (root / ".git/config").write_text(text.replace(str(made), str(place)), encoding="utf-8")
    return root


class _Moments:
    """Moments spread evenly over the time that a command takes, which is measured again and again: a machine has other things to do, too."""

    def __init__(self, begin: int) -> None:
        self._begin, self._taken = begin, list[float]()

    def at(self, number: int) -> float | None:
        """When to kill; nothing where the command is to be left alone."""
        if number % _MEASURED == 0:
            return None
        return (self._begin + number) * _EVENLY % 1 * 1.05 * median(self._taken[-5:])

    def note(self, seconds: float) -> None:
        self._taken.append(seconds)


def kills(work: Work, offices: Path, number: int, begin: int = 1) -> Iterator[Result]:
    """Killed so many times with all it started, a copy of a process that is warm from when it has the lock."""
    there = bench(work, offices)
    with Poised(there.root, work.words, work.carry, locks=work.locks) as poised:
        memory = Memory((there.place, user_state()))
        moments = _Moments(begin)
        for each in range(number):
            moment = moments.at(each)
            said, at_work = poised.killed(moment, memory.anew)
            if moment is None:
                moments.note(at_work)
            yield there.found(f"{work.name}, warm, killed after {at_work:.4f} s (number {each})", said)
            memory.bring_back()
    there.memory.bring_back()


def program_kills(work: Work, offices: Path, number: int, begin: int = 1) -> Iterator[Result]:
    """The program killed so many times, with all it started, at any moment from its beginning."""
    moments = _Moments(begin)
    for each in range(number):
        at_work = [0.0]

        def run(root: Path, _tools: Path, moment: float | None = moments.at(each), at_work: list[float] = at_work) -> Said:
            said, at_work[0] = cold(root, work.words, moment)
            return said

        result = bench(work, offices).trial("", run)
        if each % _MEASURED == 0:
            moments.note(at_work[0])
        yield replace(result, name=f"{work.name}, program, killed after {at_work[0]:.4f} s (number {each})")


def died(work: Work, offices: Path, call: int, *, after: bool) -> Result:
    """Killed at a call to the system, itself alone: what git was started for goes on."""
    return _prepared(f"{work.name}, died {'after' if after else 'before'} call {call}", work, offices,
                     lambda root, told: children.dying(root, call, told, after=after))


def failed(work: Work, offices: Path, call: int, fault: str) -> Result:
    """A call to the system fails."""
    return _prepared(f"{work.name}, {fault} at call {call}", work, offices, lambda root, told: children.failing(root, call, fault, told))


def _prepared(name: str, work: Work, offices: Path, prepare: Callable[[Path, Path], Prepare]) -> Result:
    return bench(work, offices).trial(name, lambda root, tools: warm(root, work.words, prepare(root, tools / "told"), carry=work.carry))


def git_failed(work: Work, offices: Path, call: int, how: str) -> Result:
    """A git that is started fails, before or after it has done what it was started for."""
    def run(root: Path, tools: Path) -> Said:
        return warm(root, work.words, path=children.git_that_fails(tools / "bin", call, how), carry=work.carry)

    return bench(work, offices).trial(f"{work.name}, git number {call} fails {how}", run)


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
        yield from sweep(partial(failed, work, offices, fault=fault), every, number % every)
    for how in ("before", "after"):
        yield from sweep(partial(git_failed, work, offices, how=how), max(1, every // 10))


def deaths_of(work: Work, offices: Path) -> Iterator[Result]:
    """It dies before and after every call. What would lie there then is seen while it goes on; it really dies where that was not seen before."""
    there = bench(work, offices)
    seen: dict[str, Result] = {}
    for line, digest in enumerate(_watched(there)):
        if digest not in seen:
            found = died(work, offices, line // 2, after=bool(line % 2))
            seen[digest] = found if found.state.startswith(digest) else replace(found, faults=(*found.faults, "it left something else than was seen there"))
        yield replace(seen[digest], name=f"{work.name}, died {'after' if line % 2 else 'before'} call {line // 2}")


def _watched(there: Bench) -> list[str]:
    """The digest of what lies there before and after each call."""
    with TemporaryDirectory() as folder:
        told = Path(folder) / "told"
        warm(there.root, there.work.words, children.watched(there.root, there.memory.digest, told), carry=there.work.carry)
        there.memory.bring_back()
        return told.read_text().splitlines()
