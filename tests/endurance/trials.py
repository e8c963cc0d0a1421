"""What goes wrong while a command is at work: a death at a moment or at a call, a call or a git that fails.

A trial is told in one line from which it can be done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from qmsctl.store.machine.user_state import user_state
from tests.endurance import children
from tests.endurance.bench import Bench, Result, bench
from tests.endurance.children import FAULTS, Prepare, cold, warm
from tests.endurance.facts import Said
from tests.endurance.memory import Memory
from tests.endurance.poised import Poised
from tests.endurance.works import Work

_CALLS = 100_000
_MEASURED = 40
"""Of so many trials one is left alone, so that it is known how long the command takes now."""
_EVENLY = (5**0.5 - 1) / 2
"""Multiples of it, without what is before the point, lie evenly however many there are."""


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
            said, at_work[0] = cold(root, work.words, moment, work.carry)
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
    """A git that is started fails, before or after it has done what it was started for, once or for good."""
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
    """Every ``every``-th call fails in each of the ways, and git in all of its own."""
    for number, fault in enumerate(FAULTS):
        yield from sweep(partial(failed, work, offices, fault=fault), every, number % every)
    for how in ("before", "after", "before, for good", "after, for good"):
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
