"""Of many inputs to one measurement ``make test`` takes every third; ``make growth`` takes all."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_SHARE = 3


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out those whose turn it is not."""
    if "QMSCTL_GROWTH" in os.environ:
        return
    seen: Counter[str] = Counter()
    left_out = []
    for item in items:
        if _HERE in item.path.parents:
            name = f"{item.path.name}::{getattr(item, 'originalname', item.name)}"
            left_out += [item] if seen[name] % _SHARE else []
            seen[name] += 1
    config.hook.pytest_deselected(items=left_out)
    without = {id(item) for item in left_out}
    items[:] = [item for item in items if id(item) not in without]
