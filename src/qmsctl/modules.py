"""Modules found by their names, for there is no registry. :mod:`pkgutil` does the same, and imports :mod:`inspect`."""

from __future__ import annotations

import os
from collections.abc import Iterable

_ENDING = ".py"


def modules_in(folders: Iterable[str]) -> frozenset[str]:
    """The names of the modules of a package, given its ``__path__``; packages in it are none."""
    names = (name for folder in folders for name in os.listdir(folder) if name.endswith(_ENDING))  # noqa: PTH208 — paths take longer
    return frozenset(name.removesuffix(_ENDING) for name in names) - {"__init__"}
