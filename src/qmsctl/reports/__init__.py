"""The reports: one module each, a pure function from a library to a frozen view model.

A module in this folder with a function ``build(library, result, options)`` is a report; it is
shown by ``templates/reports/<name>.html.j2``. What another command writes is none of ``qmsctl report``'s. ``parts/`` holds the pieces several reports share.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import cast

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.reports.options import ReportOptions

_SHARED = frozenset({"options", "parts"})
_OF_OWN_COMMAND = frozenset({"kit", "transition"})


@cache
def report_names() -> tuple[str, ...]:
    """The names of all reports that ``qmsctl report`` writes, sorted."""
    found = {module.name for module in pkgutil.iter_modules(__path__)} - _SHARED - _OF_OWN_COMMAND
    return tuple(sorted(name.replace("_", "-") for name in found))


def build(name: str, library: Library, result: CheckResult, options: ReportOptions) -> object:
    """The view model of the report called ``name``. Raises ``ModuleNotFoundError`` if there is none."""
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    make = cast("Callable[[Library, CheckResult, ReportOptions], object]", module.build)
    return make(library, result, options)
