"""The check of a library, in two processes where it is large."""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.core.engine import CheckResult, Rule, merged, run
from qmsctl.core.library import Library
from qmsctl.store.parallel import THRESHOLD, in_two


def check_all(library: Library, rules: Sequence[Rule]) -> CheckResult:
    """What :func:`~qmsctl.core.engine.run` gives, sooner. Raises :class:`RuleCrashed` as it does."""
    if len(library.parsed) < THRESHOLD or not rules:
        return run(library, rules)
    _work_out(library)
    return merged(in_two(lambda rule: run(library, (rule,)), rules))


def _work_out(library: Library) -> None:
    """What many rules ask for, before there are two processes that would each work it out."""
    for shared in ("by_id", "by_type", "judged", "links"):
        getattr(library, shared)
