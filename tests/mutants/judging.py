"""Which faults the tests notice: pytest collects once, and each fault is tried in a copy of that process."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from typing import NamedTuple, TextIO

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation import trampoline

from qmsctl.rules import rule_names
from tests.mutants.faults import Fault

PATIENCE = 10.0
"""Seconds of processor that a fault may take beyond ten times what the tests take without it."""


MOST_MEMORY = 8 << 30


class TooLongError(BaseException):
    """The tests of a fault came to no end."""


class Seen(NamedTuple):
    """What a test did without faults: the functions it ran, and its seconds of processor."""

    functions: frozenset[str]
    seconds: float


class Judge:
    """A plugin that tries ``faults`` in place of running the tests; ``noticed`` holds by which test, nothing where by none."""

    def __init__(self, faults: Sequence[Fault], tell: Callable[[str], None]) -> None:
        self.faults, self.tell = faults, tell
        self.noticed: dict[str, str] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Of the tests that are made for each rule keep those of a rule with faults."""
        modules = {each.name.rpartition(".")[0].rpartition(".")[2].replace("_", "-") for each in self.faults}
        others = set(rule_names()) - modules if modules & set(rule_names()) else set()
        items[:] = [each for each in items if each.nodeid.partition("[")[2].partition(":")[0].rstrip("]") not in others]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = session.items
        gc.collect()
        gc.freeze()
        seen = self._seen(items)
        by_function: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(seen):
            for function in each.functions:
                by_function[function].append(number)
        for switch, faults in groupby(self.faults, key=lambda each: each.switch):
            asked = sorted(by_function[switch], key=lambda each: seen[each].seconds)
            self._judge([*faults], [items[each] for each in asked], sum(seen[each].seconds for each in asked))
        return True

    def _seen(self, items: Sequence[pytest.Item]) -> list[Seen]:
        """What each test does, found in a process of its own, so that nothing of it is kept in this one."""
        with _elsewhere(lambda say: say(json.dumps([*_watched(items)]))) as said:
            return [Seen(frozenset(functions), seconds) for functions, seconds in json.loads(said.read())]

    def _judge(self, faults: Sequence[Fault], asked: Sequence[pytest.Item], seconds: float) -> None:
        """Try the faults of one function, in a process of its own; one that dies of a fault has noticed it, and another goes on."""
        left = [*faults]
        while left:
            with _elsewhere(partial(_tried, left, asked, 10 * seconds + PATIENCE)) as said:
                found = [line.rstrip("\n") for line in said]
            found += ["the process died of it"] if len(found) < len(left) else []
            for fault, by in zip(left, found, strict=False):
                self.noticed[fault.name] = by
                self.tell(f"{fault.name}: {by}")
            left = left[len(found) :]


@contextmanager
def _elsewhere(work: Callable[[Callable[[str], object]], object]) -> Iterator[TextIO]:
    """What ``work`` says in a copy of this process."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.close(reading)
        with os.fdopen(writing, "w", encoding="utf-8") as say:
            work(partial(print, file=say, flush=True))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as said:
        yield said
    os.waitpid(child, 0)


def _tried(faults: Sequence[Fault], asked: Sequence[pytest.Item], seconds: float, say: Callable[[str], object]) -> None:
    """Say of each fault by which test it is noticed, a line each; nothing where by none."""
    signal.signal(signal.SIGPROF, _too_long)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    order = [*asked]
    for fault in faults:
        trampoline.set_mutant_under_test(fault.name)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        first = next((item for item in order if not _passes(item)), None)
        signal.setitimer(signal.ITIMER_PROF, 0)
        say(first.nodeid if first else "")
        if first:
            order.remove(first)
            order.insert(0, first)


def _too_long(number: int, frame: object) -> None:
    raise TooLongError


def _passes(item: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _watched(items: Sequence[pytest.Item]) -> Iterator[tuple[list[str], float]]:
    hit: set[str] = set()
    trampoline.record_trampoline_hit = lambda name, caller=None: hit.add(name)
    trampoline.set_mutant_under_test("stats")
    for item in items:
        hit.clear()
        began = time.process_time()
        if not _passes(item):
            os.write(2, f"{item.nodeid} fails without a fault\n".encode())
            hit.clear()
        yield sorted(hit), time.process_time() - began
