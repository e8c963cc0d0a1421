"""The order in which lists name the types."""

from __future__ import annotations

from qmsctl.core.types.record_type import RecordType

_FIRST = ("manual", "policy", "objectives-plan", "process", "procedure", "rule", "instruction", "form", "annex")
_LAST = "external-document"


def type_rank(found: RecordType | None, name: str) -> tuple[bool, int, str]:
    """The place of a type: documents from the manual down, those from outside last, then records."""
    document = found is not None and found.kind == "document"
    place = _FIRST.index(name) if name in _FIRST else len(_FIRST) + (name == _LAST)
    return (not document, place, name)
