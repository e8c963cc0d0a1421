"""A second look at an office costs a small part of the first one.

Ratios of processor time, each a half above what was measured: a regression of 1.5 is red. Where one is too high all is
measured again, and the least that each ever took counts.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.rules import all_rules
from qmsctl.store.loading import load, locate
from tests.growth.offices import documents
from tests.office import PEOPLE_YAML, QMS_YAML

SIZE, TRIES = 300, 8
CLOCK, DAY = datetime(2026, 6, 1, 12, tzinfo=UTC), date(2026, 6, 1)
TEXT = "\n".join(f"## {number}. Mục {number}\n\nXem [QT-{number:02}](QT-{number:02}.md) và làm theo từng bước.\n" for number in range(1, 30))


@pytest.fixture
def folder(tmp_path: Path, home: Path) -> Iterator[Path]:
    """An office without git, its files old enough to be told by their times."""
    office = tmp_path / "office"
    for path, text in {"qms.yaml": QMS_YAML, "people.yaml": PEOPLE_YAML, **documents(SIZE)}.items():
        target = office / path
        target.parent.mkdir(parents=True, exist_ok=True)
        assert isinstance(text, str)
        target.write_text(text + (TEXT if path.endswith(".md") else ""), encoding="utf-8")
    with patch("qmsctl.store.cache.holding.GRANULE", -(10**18)):
        yield office


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    begun = time.process_time()
    work()
    gc.enable()
    return time.process_time() - begun


def read(folder: Path, *, cached: bool) -> Library:
    return load(locate(folder, cached=cached), CLOCK, DAY)


def judged(folder: Path, *, cached: bool) -> None:
    place = locate(folder, cached=cached)
    run(load(place, CLOCK, DAY), all_rules())
    if place.cache:
        place.cache.settle()


@pytest.mark.process
@pytest.mark.parametrize(("work", "most"), [(read, 0.15), (judged, 0.7)])
def test_again_costs_a_part(folder: Path, work: Callable[..., object], most: float) -> None:
    work(folder, cached=True)
    first = second = float("inf")
    for _try in range(TRIES):
        first, second = min(first, seconds(lambda: work(folder, cached=False))), min(second, seconds(lambda: work(folder, cached=True)))
        if second < most * first:
            return
    pytest.fail(f"{work.__name__} took {second / first:.2f} of the time that it takes without a cache; at most {most} is expected")
