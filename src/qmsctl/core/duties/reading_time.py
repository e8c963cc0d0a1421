"""How soon a revision is to be read by all it concerns: as ``qms.yaml`` says, or as the type does."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.office.config import DEFAULT
from qmsctl.core.office.duration import Duration
from qmsctl.core.types.record_type import NOT_READ, RecordType

BY_TYPE = "type"
"""In ``qms.yaml``: what the type itself says."""


def reading_period(library: Library, kind: RecordType) -> Duration | None:
    """The time for a document of this type, ``None`` where nothing is asked; a type that is never asked for by default has to be named."""
    asked = library.config.acknowledge_within
    given = asked.get(kind.name) or asked.get(DEFAULT, "")
    by_type = given == BY_TYPE or (kind.acknowledge_within == NOT_READ and kind.name not in asked)
    return Duration.parse(kind.acknowledge_within if by_type else given)
