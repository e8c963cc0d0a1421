"""In which roles a sign-off has to be given: by the approval matrix of its day, or by the state of the record."""

from __future__ import annotations

from collections.abc import Iterable

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.office.matrix import ANY_ROLE
from qmsctl.core.proof.filing import type_of
from qmsctl.core.signoffs.approval import by_author, day_of
from qmsctl.core.signoffs.state_roles import state_roles
from qmsctl.core.strictness import is_strict
from qmsctl.core.types.record_type import RecordType

_MATRIX = ("review", "approve", "withdraw", "adopt", "return")


def roles_asked(signoff: SignOff, dossier: Dossier, library: Library) -> tuple[str, ...]:
    """The roles of which the sign-off needs one; empty where it needs none."""
    kind = type_of(dossier, library)
    if kind is None or signoff.meaning == "acknowledge":
        return ()
    if kind.kind != "document":
        return _by_state(signoff, dossier, kind, library)
    entry = library.config.matrix(kind.name, day_of(signoff, library.config)) if signoff.meaning in _MATRIX else None
    slots: Iterable[ANY_ROLE] = ()
    if entry:
        match signoff.meaning:
            case "review":
                slots = entry.review
            case "approve" | "withdraw":
                slots = entry.approve
            case "adopt":
                slots = (tuple(sorted(entry.adopting_roles(is_strict(library, signoff.path, day_of(signoff, library.config))))),)
            case "return" if not by_author(signoff, dossier, library.config):
                slots = (*entry.review, *entry.approve)
    return tuple(role for slot in slots for role in slot)


def _by_state(signoff: SignOff, dossier: Dossier, kind: RecordType, library: Library) -> tuple[str, ...]:
    if signoff.meaning == "reopen":
        return kind.reopening.roles if kind.reopening else ()
    state = kind.states.get(dossier.state)
    if state is None or state.signoff is None or state.signoff.meaning != signoff.meaning:
        return ()
    return state_roles(kind, state, day_of(signoff, library.config), library.config)
