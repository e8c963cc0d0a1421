"""How an act is to end."""

from __future__ import annotations

from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Ending:
    """As a proposal that writes nothing, or with a commit of exactly what it writes.

    It may ``wait`` so many seconds while others write; without a number as long as those before it get on.
    """

    dry_run: bool = False
    commit: bool = False
    wait: float | None = None
