"""The narrow look: at one file, with the office it lies in and nothing else, so that what was seen holds until either changes."""

from __future__ import annotations

from collections.abc import Callable

from qmsctl.core.model import Item
from qmsctl.core.office.config import Config
from qmsctl.core.standards.standard import Standard
from qmsctl.core.types.kinds import Names
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """What a narrow look is given besides the file: configuration, names and standards. No day, no base, no other file."""

    config: Config
    names: Names
    standards: tuple[Standard, ...]


Look = Callable[[Item], bool]
"""True where a rule may have something to say of a file. It may be wrong in saying so, never in denying it."""

Suspect = Callable[[Office], Look]
"""Makes the look of a rule for one office; the rule is the module it stands in."""
