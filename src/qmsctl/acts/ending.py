"""How an act is to end."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ending:
    """As a proposal that writes nothing, or with a commit of exactly what it writes."""

    dry_run: bool = False
    commit: bool = False
