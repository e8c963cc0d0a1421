"""Whether the time a piece of work takes grows in proportion to its size.

Of the processor time of one size and of twice the size only the ratio is judged, so neither a slow machine nor a busy one
changes anything. Where it is too high both are measured again, and the least that each ever took counts.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable

import pytest

SCALE = int(os.environ.get("QMSCTL_GROWTH", "1"))
"""So many times as large as in ``make test``."""

STEEPEST = 2.5
"""Between 2, which is linear, and 4, which is quadratic."""

_UNMEASURABLE = 0.005
_TRIES = 8

Work = Callable[[], object]


def grows_evenly(prepare: Callable[[int], Work], size: int) -> None:
    """``prepare`` makes for a size the work to be measured; fails if that of twice ``size`` takes more than its share."""
    size *= SCALE
    small = large = float("inf")
    for _try in range(_TRIES):
        small, large = min(small, _seconds(prepare(size))), min(large, _seconds(prepare(2 * size)))
        if large < max(STEEPEST * small, _UNMEASURABLE):
            return
    pytest.fail(f"twice {size} took {large / small:.2f} times as long: {small:.3f} s, {large:.3f} s")


def _seconds(work: Work) -> float:
    """Of processor, without what the collector of garbage does meanwhile."""
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        work()
        return time.process_time() - begun
    finally:
        gc.enable()
