"""How long a sign-off may take to come to others."""

from __future__ import annotations

from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import SignOff
from qmsctl.core.signoffs.approval import day_of

COMMIT_WITHIN, DAYS = "commit_within", 30
"""The setting of an office that says how many days a sign-off may take to come into git, and how many hold without it."""


def is_aged(signoff: SignOff, day: date, library: Library) -> bool:
    """True for one without a paper that a change of ``day`` could not bring any more."""
    allowed = library.config.settings.get(COMMIT_WITHIN, DAYS)
    return not signoff.has_evidence and (day - day_of(signoff, library.config)).days > allowed
