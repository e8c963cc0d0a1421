"""What is entered by hand in the list of people."""

from __future__ import annotations

from qmsctl.mend import Mend, advice
from qmsctl.message import _


def enter_holder(role: str) -> Mend:
    """Who holds a role, and since when."""
    return advice(_("enter the holder in people.yaml, with “role: {role}” and “from”, its first day", role=role))
