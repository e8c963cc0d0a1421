"""The documents and records an edition asks for by name, and what the office has of each."""

from __future__ import annotations

from collections.abc import Iterable

from qmsctl.core.coverage.evidence import Kept
from qmsctl.core.coverage.requirement import RequiredDocument, RequiredRecord
from qmsctl.core.standards.standard import RequiredItem
from qmsctl.message import Label, Message, _
from qmsctl.reports.parts.state import BAD, GOOD, OFF, WAIT, State
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class RequiredLine:
    """A document or record an edition asks for; ``why`` are the records that made it necessary."""

    clause: str
    name: Label
    when: Message
    answers: tuple[str, ...]
    kept: tuple[Kept, ...]
    why: tuple[str, ...]
    state: State


def document_lines(found: Iterable[RequiredDocument]) -> tuple[RequiredLine, ...]:
    """The documents that are asked for."""
    return tuple(
        RequiredLine(
            each.required.clause,
            each.required.name,
            _when(each.required),
            tuple(sorted(item.id for item in each.in_force or each.coming or each.items)),
            (),
            (),
            _document_state(each),
        )
        for each in found
    )


def record_lines(found: Iterable[RequiredRecord]) -> tuple[RequiredLine, ...]:
    """The records that are asked for."""
    return tuple(
        RequiredLine(
            each.required.clause,
            each.required.name,
            _when(each.required),
            tuple(sorted(item.id for item in each.items)),
            each.kept,
            tuple(sorted(item.id for item in each.events)),
            _record_state(each),
        )
        for each in found
    )


def _when(required: RequiredItem) -> Message:
    return {
        "always": _("always"),
        "conditional": _("where the clause applies"),
        "as-needed": _("as far as needed"),
        "as-applicable": _("where it applies"),
        "on-event": _("when it happens"),
    }[required.when]


def _document_state(found: RequiredDocument) -> State:
    if found.in_force:
        return State(_("in force"), GOOD)
    if found.coming:
        return State(_("approved for a later day"), WAIT)
    if found.items:
        return State(_("not in force yet"), WAIT)
    if found.required.when == "always":
        return State(_("missing"), BAD)
    return State(_("none; asked for only where it applies"), OFF)


def _record_state(found: RequiredRecord) -> State:
    if found.is_complete:
        return State(_("in the system"), GOOD) if found.items else State(_("kept elsewhere"), GOOD)
    if found.missing and found.items:
        return State(_("in part"), BAD)
    if found.missing:
        return State(_("missing"), BAD)
    if found.required.when == "always":
        return State(_("none yet"), WAIT)
    if found.required.when == "on-event":
        return State(_("none; nothing in the system asks for it"), OFF)
    return State(_("none; asked for only where it applies"), OFF)
