"""The order in which lists name the types."""

from __future__ import annotations

from qmsctl.core.types.record_type import MIDDLE, RecordType


def type_rank(found: RecordType | None, name: str) -> tuple[bool, int, str]:
    """The place of a type: documents by their rank, then records, each by name where that says nothing."""
    document = found is not None and found.kind == "document"
    return (not document, found.rank if found else MIDDLE, name)
