"""Whether the time a piece of work takes grows in proportion to its size.

Of the processor time of one size and of twice the size only the ratio is judged, so neither a slow machine nor a busy one
changes anything. Where it is too high both are measured again, and the least that each ever took counts.
"""

from __future__ import annotations

import fcntl
import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SCALE = int(os.environ.get("QMSCTL_GROWTH", "1"))
"""So many times as large as in ``make test``."""

STEEPEST = 2.5
"""Between 2, which is linear, and 4, which is quadratic."""

_UNMEASURABLE = 0.005
_TRIES = 8
_PLACE = Path(tempfile.gettempdir()) / f"qmsctl-growth-{os.getuid()}"

Work = Callable[[], object]


def grows_evenly(prepare: Callable[[int], Work], size: int) -> None:
    """``prepare`` makes for a size the work to be measured; fails if that of twice ``size`` takes more than its share.

    What outgrows a cache of the processor takes one step, and goes on evenly: that is no growth. Where an input is too
    large to be worked on, twice as much takes less, and nothing is excused by that.
    """
    size *= SCALE
    found = _steep(prepare, size)
    if found is None or (_steep(prepare, 2 * size) is None and _least(prepare, 4 * size) > found[1]):
        return
    small, large = found
    pytest.fail(f"twice {size} took {large / small:.2f} times as long: {small:.3f} s, {large:.3f} s")


def _steep(prepare: Callable[[int], Work], size: int) -> tuple[float, float] | None:
    """The seconds of ``size`` and of twice as much where that is more than its share."""
    small = large = float("inf")
    for number in range(_TRIES):
        with _measuring(alone=number > 0):
            small, large = min(small, _seconds(prepare(size))), min(large, _seconds(prepare(2 * size)))
        if large < max(STEEPEST * small, _UNMEASURABLE):
            return None
    return small, large


def _least(prepare: Callable[[int], Work], size: int) -> float:
    """The seconds of a size, a few times over."""
    with _measuring(alone=True):
        return min(_seconds(prepare(size)) for _try in range(3))


@contextmanager
def _measuring(*, alone: bool) -> Iterator[None]:
    """Beside other measurements, or ``alone``: two at once fight for the memory, which costs the larger one more."""
    with _PLACE.open("a", encoding="utf-8") as place:
        fcntl.flock(place, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield


def _seconds(work: Work) -> float:
    """Of processor, without what the collector of garbage does meanwhile; what was there before is not looked through again."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        begun = time.process_time()
        work()
        return time.process_time() - begun
    finally:
        gc.enable()
