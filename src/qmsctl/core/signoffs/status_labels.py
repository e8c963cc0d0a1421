"""What derived states and the levels of sign-offs are called."""

from __future__ import annotations

from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Label, Message, _

DOCUMENT_STATUSES = ("effective", "approved", "withdrawn", "in-review", "returned", "draft", "changed", "absent")


def document_status(status: str) -> Message:
    """A derived status in words."""
    return {
        "effective": _("in force"),
        "approved": _("approved, not yet in force"),
        "withdrawn": _("withdrawn"),
        "in-review": _("in review"),
        "returned": _("returned"),
        "draft": _("draft"),
        "changed": _("changed without a raised revision"),
        "absent": _("without a working text"),
        "superseded": _("superseded"),
        "destroyed": _("destroyed"),
        "overtaken": _("submitted, but the text went on"),
    }.get(status) or Message(status)


def status_words(found: RecordType | None, status: str) -> Message | Label:
    """The status of a document or the state of a record, in words."""
    state = found.states.get(status) if found else None
    return state.label if state else document_status(status)


def level_words(level: str) -> Message:
    """How a sign-off is backed, in words."""
    return {
        "entered": _("entered by somebody else"),
        "declared": _("declared, not signed"),
        "evidenced": _("evidenced in writing"),
        "signed": _("signed with an OpenSSH key"),
    }.get(level) or Message(level)
